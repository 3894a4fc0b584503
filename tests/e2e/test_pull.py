"""``radiograph pull`` from one server into another: interrupted, killed, gone on with; in the end they are the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunningServer, eventually
from tests.e2e.conftest import client
from tests.e2e.documents import ask, entity_id, put, segment, subsegment, trace_id

TRACES = 1500
HOURS = 40
ENVIRONMENT = {
    **{"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "any", "AWS_DEFAULT_REGION": "us-east-1"},
    **{"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull},
}


class Pair:
    """A source, a target, and the pull between them."""

    def __init__(self, source: RunningServer, target: RunningServer, state: Path) -> None:
        self.source, self.target, self.state = source, target, state

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "radiograph", "pull", "--from-aws", "--since", "3d"),
                *("--endpoint-url", self.source.url, "--endpoint", self.target.url, "--state", str(self.state)),
                *arguments,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | ENVIRONMENT,
        )

    def run(self, *arguments: str, code: int = 0) -> str:
        process = self.begin(*arguments)
        said, _ = process.communicate(timeout=300)
        assert process.returncode == code, said
        return said

    def interrupt(self, number: int, more: int) -> subprocess.Popen[str]:
        """Begin a pull and send it a signal once the target has taken so many documents more."""
        before = self.target.counters().get("api.accepted", 0)
        process = self.begin()

        def has_come_far() -> bool:
            assert process.poll() is None, process.communicate()[0]
            return self.target.counters().get("api.accepted", 0) >= before + more

        eventually(has_come_far)
        process.send_signal(number)
        process.wait(timeout=60)
        return process

    def settled(self) -> None:
        for server in (self.source, self.target):
            eventually(lambda server=server: server.counters()["applier.behind"] == 0)


@pytest.fixture
def pair(start_server: Callable[..., RunningServer], tmp_path: Path) -> Pair:
    source, target = start_server(data=tmp_path / "source"), start_server(data=tmp_path / "target")
    return Pair(source, target, tmp_path / "state.jsonl")


def at(ago_s: float, **members: Any) -> list[str]:
    """Give the documents of a trace some time ago: two services, and a call to a third that sends nothing."""
    start_s = time.time() - ago_s
    trace, call = trace_id(start_s), entity_id()
    times = {"start_time": start_s, "end_time": start_s + 0.5}
    front = segment(
        "shop",
        trace_id=trace,
        subsegments=[
            subsegment("stock", id=call, namespace="remote", **times),
            subsegment("db.test", namespace="remote", **times),
        ],
        **(times | members),
    )
    return [json.dumps(front), json.dumps(segment("stock", trace_id=trace, parent_id=call, **times))]


def fill(url: str, traces: list[list[str]]) -> list[str]:
    """Send the documents of traces; returns their ids."""
    documents = [one for some in traces for one in some]
    for place in range(0, len(documents), 500):
        answer = put(url, *documents[place : place + 500])
        assert answer.body == {"UnprocessedTraceSegments": []}
    return [json.loads(some[0])["trace_id"] for some in traces]


def whole(url: str, ids: list[str]) -> dict[str, Any]:
    """Give traces as BatchGetTraces tells them."""
    found: dict[str, Any] = {}
    for place in range(0, len(ids), 100):
        answer = ask(url, "/Traces", {"TraceIds": ids[place : place + 100]})
        for trace in answer.body["Traces"]:
            documents = [json.loads(one["Document"]) for one in trace["Segments"]]
            found[trace["Id"]] = trace | {"Segments": sorted(documents, key=lambda one: one["id"])}
    return found


def sent(said: str) -> int:
    """Give how many traces a pull told it had moved."""
    return int(
        next(line for line in said.splitlines() if line.startswith("Traces: ")).split()[1].rstrip(".").replace(",", "")
    )


def test_a_pull_that_is_interrupted_and_killed_ends_with_every_trace_there_once(pair: Pair) -> None:
    ids = fill(pair.source.url, [at(HOURS * 3600 * place / TRACES) for place in range(1, TRACES + 1)])
    pair.settled()

    interrupted = pair.interrupt(signal.SIGINT, more=200)
    assert interrupted.returncode == 130
    assert interrupted.stdout is not None
    said = interrupted.stdout.read()
    assert "The same command goes on from there." in said
    after_interruption = pair.target.counters()["api.accepted"]
    assert 0 < sent(said) < TRACES
    assert after_interruption == 2 * sent(said)

    killed = pair.interrupt(signal.SIGKILL, more=200)
    assert killed.returncode == -signal.SIGKILL
    before_last = pair.target.counters()["api.accepted"]
    assert after_interruption < before_last < 2 * TRACES

    assert 0 < sent(pair.run()) < TRACES
    pair.settled()
    accepted = pair.target.counters()["api.accepted"]
    assert 2 * TRACES <= accepted <= 2 * (TRACES + 5 * 9), "only what was under way when it was killed came again"
    theirs, ours = whole(pair.source.url, ids), whole(pair.target.url, ids)
    assert len(theirs) == TRACES
    assert ours == theirs

    assert sent(pair.run()) == 0
    assert pair.target.counters()["api.accepted"] == accepted


def test_a_later_pull_takes_only_what_is_new_or_has_changed(pair: Pair) -> None:
    old = fill(pair.source.url, [at(3600 * hours) for hours in range(1, 20)])
    open_ = at(7200, in_progress=True, end_time=None)
    (unfinished,) = fill(pair.source.url, [open_])
    pair.settled()
    assert "Incomplete, or not given: 1." in pair.run()
    accepted = pair.target.counters()["api.accepted"]
    assert accepted == 2 * 20

    (new,) = fill(pair.source.url, [at(1)])
    done = json.loads(open_[0])
    put(pair.source.url, done | {"in_progress": False, "end_time": done["start_time"] + 3})
    pair.settled()
    said = pair.run()
    assert sent(said) == 2
    assert "Incomplete" not in said
    pair.settled()
    assert pair.target.counters()["api.accepted"] == accepted + 4
    ids = [*old, unfinished, new]
    assert whole(pair.target.url, ids) == whole(pair.source.url, ids)


def test_groups_and_sampling_rules_are_the_same_afterwards(pair: Pair) -> None:
    source, target = client(pair.source.url), client(pair.target.url)
    insights = {"InsightsEnabled": True, "NotificationsEnabled": True}
    team = [{"Key": "team", "Value": "web"}]
    source.create_group(
        GroupName="slow", FilterExpression="responsetime > 2", InsightsConfiguration=insights, Tags=team
    )
    source.create_group(GroupName="faulty", FilterExpression="fault")
    target.create_group(GroupName="faulty", FilterExpression="error")
    match = dict.fromkeys(("ResourceARN", "ServiceName", "ServiceType", "Host", "HTTPMethod", "URLPath"), "*")
    kept = match | {"Version": 1, "Priority": 5, "FixedRate": 0.5, "ReservoirSize": 3, "Attributes": {"tier": "gold"}}
    boost = {"MaxRate": 0.9, "CooldownWindowMinutes": 2}
    source.create_sampling_rule(SamplingRule=kept | {"RuleName": "gold", "SamplingRateBoost": boost}, Tags=team)
    source.create_sampling_rule(SamplingRule=kept | {"RuleName": "calm"})
    source.update_sampling_rule(SamplingRuleUpdate={"RuleName": "Default", "FixedRate": 0.25, "ReservoirSize": 7})
    target.create_sampling_rule(SamplingRule=kept | {"RuleName": "calm", "Priority": 9, "SamplingRateBoost": boost})
    for _ in range(2):
        said = pair.run("--anew")
        assert "2 groups" in said
        assert "3 sampling rules" in said
        assert groups(target) == groups(source)
        assert rules(target) == rules(source)


def groups(xray: Any) -> list[Any]:
    found = [
        (one["GroupName"], one.get("FilterExpression"), one["InsightsConfiguration"], tags(xray, one["GroupARN"]))
        for one in xray.get_groups()["Groups"]
    ]
    return sorted(found, key=lambda one: one[0])


def rules(xray: Any) -> list[Any]:
    found = [one["SamplingRule"] for one in xray.get_sampling_rules()["SamplingRuleRecords"]]
    return sorted(((one, tags(xray, one["RuleARN"])) for one in found), key=lambda one: one[0]["RuleName"])


def tags(xray: Any, arn: str) -> Counter[tuple[str, str]]:
    return Counter((one["Key"], one["Value"]) for one in xray.list_tags_for_resource(ResourceARN=arn)["Tags"])
