"""``radiograph pull``: what is asked of AWS and what becomes of its answers; groups and sampling rules are made so."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from radiograph.cli.pull import pull
from radiograph.cli.terminal import Terminal
from tests.cli.conftest import NOW_S, StubServer

TRACE = "1-6ab13380-0123456789abcdef01234567"
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "any",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    "AWS_DEFAULT_REGION": None,
    "AWS_REGION": None,
    "AWS_PROFILE": None,
}
DEFAULT_RULE = {"RuleName": "Default", "RuleARN": "arn:aws:xray:eu-west-1:111122223333:sampling-rule/Default"} | {
    **dict.fromkeys(("ResourceARN", "ServiceName", "ServiceType", "Host", "HTTPMethod", "URLPath"), "*"),
    **{"Priority": 10000, "FixedRate": 0.05, "ReservoirSize": 1, "Version": 1, "Attributes": {}},
}


def rule(name: str, **members: Any) -> dict[str, Any]:
    arn = f"arn:aws:xray:eu-west-1:111122223333:sampling-rule/{name}"
    return DEFAULT_RULE | {"RuleName": name, "RuleARN": arn, "Priority": 100} | members


def records(*rules: dict[str, Any]) -> dict[str, Any]:
    return {"SamplingRuleRecords": [{"SamplingRule": one, "CreatedAt": 0, "ModifiedAt": 5.5} for one in rules]}


def group(name: str, **members: Any) -> dict[str, Any]:
    arn = f"arn:aws:xray:eu-west-1:111122223333:group/{name}/UNIQUE"
    insights = {"InsightsEnabled": False, "NotificationsEnabled": False}
    return {"GroupName": name, "GroupARN": arn, "InsightsConfiguration": insights} | members


def document(trace: str = TRACE, **members: Any) -> str:
    return json.dumps({"trace_id": trace, "id": "a" * 16, "name": "shop", "start_time": 1.0, "end_time": 2.0} | members)


def traces(*ids: str) -> Callable[[Any], tuple[int, dict[str, str], bytes]]:
    """Answer BatchGetTraces: the traces that are there."""

    def answer(body: Any) -> tuple[int, dict[str, str], bytes]:
        known = [one for one in body["TraceIds"] if one in ids]
        told = [{"Id": one, "Segments": [{"Id": "a" * 16, "Document": document(one)}]} for one in known]
        unknown = [one for one in body["TraceIds"] if one not in ids]
        return 200, {}, json.dumps({"Traces": told, "UnprocessedTraceIds": unknown}).encode()

    return answer


@pytest.fixture
def source() -> Iterator[StubServer]:
    yield from running()


@pytest.fixture
def target() -> Iterator[StubServer]:
    yield from running()


def running() -> Iterator[StubServer]:
    made = StubServer()
    made.answers |= {
        "/Groups": {"Groups": []},
        "/GetSamplingRules": records(DEFAULT_RULE),
        "/ListTagsForResource": {"Tags": []},
        "/TraceSummaries": {"TraceSummaries": []},
        "/Traces": traces(TRACE),
        "/TraceSegments": {"UnprocessedTraceSegments": []},
    }
    for path in ("/CreateGroup", "/UpdateGroup", "/TagResource"):
        made.answers[path] = {}
    for path in ("/CreateSamplingRule", "/UpdateSamplingRule", "/DeleteSamplingRule"):
        made.answers[path] = {}
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.http.shutdown()
    made.http.server_close()
    thread.join()


@pytest.fixture
def pulled(source: StubServer, target: StubServer, tmp_path: Path) -> Callable[..., Result]:
    def run(*arguments: str, code: int = 0, environment: dict[str, str | None] | None = None) -> Result:
        ran = CliRunner(env=CREDENTIALS | (environment or {})).invoke(
            pull,
            [
                *("--from-aws", "--endpoint-url", source.url, "--endpoint", target.url),
                *("--state", str(tmp_path / "state.jsonl"), *arguments),
            ],
            obj=Terminal(clock=lambda: NOW_S),
        )
        assert ran.exit_code == code, ran.output
        return ran

    return run


def asked(server: StubServer, path: str) -> list[Any]:
    return [body for one, body in server.asked if one == path]


def summary(trace: str = TRACE, **members: Any) -> dict[str, Any]:
    return {"Id": trace, "Duration": 1.0, "ResponseTime": 1.0, "IsPartial": False, "Revision": 1} | members


# Traces


def test_windows_are_asked_for_by_trace_id_and_of_six_hours_at_most(
    source: StubServer, pulled: Callable[..., Result]
) -> None:
    pulled("--since", "3d", "--filter", 'service("cart")')
    windows = asked(source, "/TraceSummaries")
    assert windows[0]["StartTime"] == NOW_S - 3 * 86_400
    assert {one["TimeRangeType"] for one in windows} == {"TraceId"}
    assert {one["FilterExpression"] for one in windows} == {'service("cart")'}
    assert all(0 < one["EndTime"] - one["StartTime"] <= 6 * 3600 for one in windows)


def test_every_page_is_read_and_traces_are_got_five_at_a_time(
    source: StubServer, target: StubServer, pulled: Callable[..., Result]
) -> None:
    ids = [f"1-6ab13380-{number:024x}" for number in range(12)]
    pages = {None: (ids[:7], "more"), "more": (ids[7:], None)}

    def answer(body: Any) -> tuple[int, dict[str, str], bytes]:
        found, token = pages[body.get("NextToken")] if body["StartTime"] == NOW_S - 7200 else ([], None)
        told: dict[str, Any] = {"TraceSummaries": [summary(one) for one in found]}
        return 200, {}, json.dumps(told | ({"NextToken": token} if token else {})).encode()

    source.answers |= {"/TraceSummaries": answer, "/Traces": traces(*ids)}
    told = pulled("--since", "2h")
    assert [len(one["TraceIds"]) for one in asked(source, "/Traces")] in ([5, 5, 2], [5, 2, 5], [2, 5, 5])
    sent = [text for one in asked(target, "/TraceSegments") for text in one["TraceSegmentDocuments"]]
    assert sorted(sent) == sorted(map(document, ids))
    assert "Traces: 12." in told.output
    assert "12 documents" in told.output


def test_the_same_command_takes_nothing_twice(
    source: StubServer, target: StubServer, pulled: Callable[..., Result]
) -> None:
    source.answers["/TraceSummaries"] = {"TraceSummaries": [summary()]}
    pulled("--since", "10m")
    pulled("--since", "10m")
    assert len(asked(target, "/TraceSegments")) == 1
    pulled("--since", "10m", "--anew")
    assert len(asked(target, "/TraceSegments")) == 2


def test_a_source_that_throttles_is_waited_for(source: StubServer, pulled: Callable[..., Result]) -> None:
    times = 0

    def answer(body: Any) -> tuple[int, dict[str, str], bytes]:
        nonlocal times
        times += 1
        if times == 1:
            return 429, {"x-amzn-ErrorType": "ThrottledException"}, b'{"Message":"slower"}'
        return 200, {}, b'{"TraceSummaries":[]}'

    source.answers["/TraceSummaries"] = answer
    pulled("--since", "10m")
    assert times > 1


def test_a_source_that_refuses_ends_the_pull_which_goes_on_from_there(
    source: StubServer, target: StubServer, pulled: Callable[..., Result]
) -> None:
    source.answers["/TraceSummaries"] = {"TraceSummaries": [summary()]}
    allowed = source.answers["/Traces"]
    source.answers["/Traces"] = lambda _: (403, {"x-amzn-ErrorType": "AccessDeniedException"}, b'{"Message":"no"}')
    told = pulled("--since", "10m", code=1)
    assert "AccessDeniedException" in told.output
    assert "the same command goes on from there" in told.output
    source.answers["/Traces"] = allowed
    pulled("--since", "10m")
    assert len(asked(target, "/TraceSegments")) == 1


def test_refused_documents_are_told(source: StubServer, target: StubServer, pulled: Callable[..., Result]) -> None:
    source.answers["/TraceSummaries"] = {"TraceSummaries": [summary()]}
    refusal = {"Id": "a" * 16, "ErrorCode": "InvalidName", "Message": "Invalid segment. ErrorCode: InvalidName"}
    target.answers["/TraceSegments"] = {"UnprocessedTraceSegments": [refusal]}
    assert "1 × InvalidName" in pulled("--since", "10m", code=1).output


def test_incomplete_traces_are_told_and_asked_for_again(source: StubServer, pulled: Callable[..., Result]) -> None:
    source.answers["/TraceSummaries"] = {"TraceSummaries": [summary(IsPartial=True)]}
    assert "Incomplete, or not given: 1." in pulled("--since", "10m").output
    source.answers["/TraceSummaries"] = {"TraceSummaries": []}
    assert "Incomplete" not in pulled("--since", "10m").output
    assert [one["TraceIds"] for one in asked(source, "/Traces")] == [[TRACE], [TRACE]]


# Groups and rules


def test_groups_are_created_with_their_tags_or_updated_and_the_default_group_is_let_be(
    source: StubServer, target: StubServer, pulled: Callable[..., Result]
) -> None:
    insights = {"InsightsEnabled": True, "NotificationsEnabled": False}
    same = group("same", FilterExpression="fault")
    source.answers["/Groups"] = {
        "Groups": [
            group("Default"),
            group("new", FilterExpression='service("cart")', InsightsConfiguration=insights),
            group("old", FilterExpression="error"),
            same,
        ]
    }
    source.answers["/ListTagsForResource"] = {"Tags": [{"Key": "team", "Value": "web"}]}
    target.answers["/Groups"] = {"Groups": [group("Default"), group("old", FilterExpression="fault"), same]}
    assert "3 groups" in pulled("--since", "10m").output
    tags = [{"Key": "team", "Value": "web"}]
    assert asked(target, "/CreateGroup") == [
        {
            "GroupName": "new",
            "FilterExpression": 'service("cart")',
            "InsightsConfiguration": insights,
            "Tags": tags,
        }
    ]
    (updated,) = asked(target, "/UpdateGroup")
    assert (updated["GroupName"], updated["FilterExpression"]) == ("old", "error")
    assert [one["ResourceARN"] for one in asked(target, "/TagResource")] == [group("old")["GroupARN"], same["GroupARN"]]


def test_rules_are_created_or_updated_and_only_rate_and_reservoir_of_the_default_rule(
    source: StubServer, target: StubServer, pulled: Callable[..., Result]
) -> None:
    boost = {"MaxRate": 0.5, "CooldownWindowMinutes": 1}
    source.answers["/GetSamplingRules"] = records(
        DEFAULT_RULE | {"FixedRate": 0.2},
        rule("new", SamplingRateBoost=boost),
        rule("old", FixedRate=0.7, Attributes={"tier": "gold"}),
        rule("same"),
        rule("calm"),
    )
    target.answers["/GetSamplingRules"] = records(
        DEFAULT_RULE, rule("old", Attributes=None), rule("same"), rule("calm", SamplingRateBoost=boost), rule("mine")
    )
    assert "5 sampling rules" in pulled("--since", "10m").output
    created = {one["SamplingRule"]["RuleName"]: one["SamplingRule"] for one in asked(target, "/CreateSamplingRule")}
    assert created.keys() == {"new", "calm"}
    assert created["new"]["SamplingRateBoost"] == boost
    assert "RuleARN" not in created["new"]
    updated = {
        one["SamplingRuleUpdate"]["RuleName"]: one["SamplingRuleUpdate"] for one in asked(target, "/UpdateSamplingRule")
    }
    assert updated.keys() == {"old", "Default"}
    assert (updated["old"]["FixedRate"], updated["old"]["Attributes"]) == (0.7, {"tier": "gold"})
    assert updated["Default"] == {"RuleName": "Default", "FixedRate": 0.2, "ReservoirSize": 1}
    assert asked(target, "/DeleteSamplingRule") == [{"RuleName": "calm"}]


def test_a_group_that_the_target_refuses_spoils_no_other(
    source: StubServer, target: StubServer, pulled: Callable[..., Result]
) -> None:
    def create(body: Any) -> tuple[int, dict[str, str], bytes]:
        return (400, {}, b'{"message":"column 3: no such keyword"}') if body["GroupName"] == "bad" else (200, {}, b"{}")

    source.answers["/Groups"] = {"Groups": [group("bad", FilterExpression="new()"), group("good")]}
    target.answers["/CreateGroup"] = create
    told = pulled("--since", "10m", code=1)
    assert "column 3: no such keyword" in told.output
    assert "1 group," in told.output


def test_tags_that_may_not_be_read_are_none(
    source: StubServer, target: StubServer, pulled: Callable[..., Result]
) -> None:
    source.answers["/Groups"] = {"Groups": [group("new")]}
    source.answers["/ListTagsForResource"] = lambda _: (403, {"x-amzn-ErrorType": "AccessDeniedException"}, b"{}")
    pulled("--since", "10m")
    assert len(asked(target, "/CreateGroup")) == 1


# What it is asked for, and with


def test_a_source_without_credentials_is_asked_unsigned(source: StubServer, pulled: Callable[..., Result]) -> None:
    pulled("--since", "10m", environment={"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None})
    assert asked(source, "/TraceSummaries")


@pytest.mark.parametrize(
    ("arguments", "environment", "why"),
    [
        ([], {}, "no region is configured; name it with --region"),
        (["--profile", "nobody"], {}, "nobody"),
        (["--endpoint-url", "nowhere"], {}, "Invalid endpoint"),
    ],
)
def test_what_is_missing_to_reach_aws_is_told(
    tmp_path: Path, arguments: list[str], environment: dict[str, str], why: str
) -> None:
    ran = CliRunner(env=CREDENTIALS | environment).invoke(
        pull, ["--from-aws", "--state", str(tmp_path / "state"), *arguments], obj=Terminal()
    )
    assert ran.exit_code == 1
    assert why in ran.output


def test_where_from_has_to_be_said() -> None:
    ran = CliRunner().invoke(pull, [])
    assert ran.exit_code == 2
    assert "--from-aws" in ran.output


def test_a_target_that_is_not_there_is_told(source: StubServer, tmp_path: Path) -> None:
    ran = CliRunner(env=CREDENTIALS).invoke(
        pull,
        [
            *("--from-aws", "--endpoint-url", source.url, "--endpoint", "http://127.0.0.1:9"),
            *("--state", str(tmp_path / "state")),
        ],
        obj=Terminal(),
    )
    assert ran.exit_code == 1
    assert "http://127.0.0.1:9 is not answering" in ran.output


def test_another_pull_s_state_is_not_used(pulled: Callable[..., Result]) -> None:
    pulled("--since", "10m")
    assert "name another file with --state" in pulled("--since", "10m", "--filter", "fault", code=1).output
