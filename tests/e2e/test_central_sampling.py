"""Real samplers polling a server while rules change: the X-Ray SDK's, and that of AWS's OpenTelemetry distribution.

Their pollers are called instead of waited for; everything between them and the server is theirs.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from amazon.opentelemetry.distro.always_record_sampler import AlwaysRecordSampler
from amazon.opentelemetry.distro.sampler.aws_xray_remote_sampler import AwsXRayRemoteSampler
from aws_xray_sdk.core.context import Context
from aws_xray_sdk.core.daemon_config import DaemonConfig
from aws_xray_sdk.core.sampling.sampler import DefaultSampler
from click.testing import CliRunner
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Status, StatusCode

from radiograph.cli import main
from radiograph.cli.traffic import SamplingClient
from radiograph.sampling import Incoming, consider
from tests.conftest import RunningServer, eventually
from tests.e2e.conftest import client

ANYTHING = dict.fromkeys(("ResourceARN", "ServiceName", "ServiceType", "Host", "HTTPMethod", "URLPath"), "*")
TTL_S = 300


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server whose rules are these tests' alone."""
    made = RunningServer(tmp_path_factory.mktemp("sampling") / "data")
    yield made
    assert made.stop() == 0


@pytest.fixture(scope="module")
def api(running: RunningServer) -> Any:
    return client(running.url)


@pytest.fixture
def rule(api: Any) -> Iterator[Callable[..., None]]:
    """Make rules; those still there at the end are deleted."""

    def make(name: str, **members: Any) -> None:
        limits = {"Priority": 10, "FixedRate": 0.0, "ReservoirSize": 0, "Version": 1}
        api.create_sampling_rule(SamplingRule=ANYTHING | limits | {"RuleName": name} | members)

    yield make
    for record in api.get_sampling_rules()["SamplingRuleRecords"]:
        if (name := record["SamplingRule"]["RuleName"]) != "Default":
            api.delete_sampling_rule(RuleName=name)


class Sdk:
    """The X-Ray SDK's sampler, polling when it is told to."""

    def __init__(self, server: RunningServer) -> None:
        self.sampler = DefaultSampler()
        self.sampler._started = True  # no threads: these tests are the pollers
        self.sampler.load_settings(DaemonConfig(f"{server.host}:{server.port}"), Context(), "AWS::ECS::Container")
        self.poll_rules()

    def poll_rules(self) -> None:
        self.sampler._rule_poller._refresh_cache()

    def poll_targets(self) -> bool:
        """Report and take targets; give whether the sampler wants the rules again."""
        poller = self.sampler._rule_poller
        poller._time_elapsed, poller._time_to_wait = 0, TTL_S
        self.sampler._target_poller._do_work()
        return poller._time_elapsed > poller._time_to_wait

    def ask(self, **request: str) -> str | bool:
        decided: str | bool = self.sampler.should_trace({"service": "shop", **request})
        return decided

    def rule(self, name: str) -> Any:
        return next((one for one in self.sampler._cache.rules if one.name == name), None)


@pytest.fixture
def sdk(running: RunningServer) -> Callable[[], Sdk]:
    return lambda: Sdk(running)


class Adot:
    """The sampler of AWS's distribution, polling when it is told to, under OpenTelemetry's SDK."""

    def __init__(self, server: RunningServer, **resource: str) -> None:
        self.sampler = AwsXRayRemoteSampler(Resource(resource), endpoint=server.url, polling_interval=300)
        self.sampler.set_span_exporter(InMemorySpanExporter())
        eventually(lambda: self.sampler._AwsXRayRemoteSampler__rule_cache._hash_to_rule_map)
        provider = TracerProvider(sampler=AlwaysRecordSampler(self.sampler))
        provider.add_span_processor(Adapting(self.sampler))
        self.tracer = provider.get_tracer("tests")

    def stop(self) -> None:
        self.sampler._rules_timer.cancel()
        self.sampler._targets_timer.cancel()
        self.sampler._bsp.shutdown()

    def poll_targets(self) -> None:
        self.sampler._AwsXRayRemoteSampler__get_and_update_sampling_targets()

    def ask(self, fails: bool = False, **attributes: str) -> tuple[str, bool]:
        """Give the rule of a root span, and whether it is sampled."""
        named = {key.replace("_", "."): value for key, value in attributes.items()}
        with self.tracer.start_as_current_span("request", attributes=named) as span:
            if fails:
                span.set_status(Status(StatusCode.ERROR))
        return span.attributes["aws.xray.sampling_rule"], span.get_span_context().trace_flags.sampled


class Adapting(SpanProcessor):
    """Tells the sampler of ended spans, as the distribution's own processor does."""

    def __init__(self, sampler: AwsXRayRemoteSampler) -> None:
        self.sampler = sampler

    def on_end(self, span: ReadableSpan) -> None:
        self.sampler.adapt_sampling(span)


@pytest.fixture
def adot(running: RunningServer) -> Iterator[Callable[..., Adot]]:
    made: list[Adot] = []

    def start(**resource: str) -> Adot:
        made.append(Adot(running, **{"service.name": "shop"} | resource))
        return made[-1]

    yield start
    for one in made:
        one.stop()


def counted(api: Any, name: str, *counts: str) -> list[int]:
    """Give the sums of what was reported of a rule."""
    pages = api.get_paginator("get_sampling_statistic_summaries").paginate()
    rows = [one for page in pages for one in page["SamplingStatisticSummaries"] if one["RuleName"] == name]
    return [sum(one[key] for one in rows) for key in counts]


# The X-Ray SDK


def test_the_sdk_decides_by_the_first_rule_that_matches(rule: Callable[..., None], sdk: Callable[[], Sdk]) -> None:
    rule("all-carts", Priority=1, URLPath="/CART/*", FixedRate=1.0)
    rule("never", Priority=2, HTTPMethod="DELETE")
    rule("with-attributes", Priority=1, Attributes={"tier": "gold"}, FixedRate=1.0)
    one = sdk()
    assert one.ask(path="/cart/7", method="DELETE") == "all-carts"
    assert one.ask(path="/", method="DELETE") is False
    assert one.ask(path="/", method="GET") == "Default"
    assert one.rule("with-attributes") is None


def test_the_sdk_borrows_until_it_has_a_quota_and_then_takes_it(
    rule: Callable[..., None], sdk: Callable[[], Sdk], api: Any
) -> None:
    rule("three", ReservoirSize=3)
    one = sdk()
    assert one.ask() == "three"
    assert one.rule("three").borrow_count == 1
    one.poll_targets()
    reservoir = one.rule("three").reservoir
    assert reservoir.quota == 3
    assert abs(reservoir.TTL - time.time() - TTL_S) < 10
    kept = [one.ask() for _ in range(20)]
    # A second may have turned in between.
    assert kept.count("three") in (3, 6)
    assert one.rule("three").borrow_count == 0
    one.poll_targets()
    assert counted(api, "three", "RequestCount", "SampledCount") == [21, kept.count("three")]


def test_a_new_rate_is_with_the_sdk_at_its_next_target(
    rule: Callable[..., None], sdk: Callable[[], Sdk], api: Any
) -> None:
    rule("changing", FixedRate=0.0)
    one = sdk()
    assert one.ask() is False
    api.update_sampling_rule(SamplingRuleUpdate={"RuleName": "changing", "FixedRate": 1.0})
    one.poll_targets()
    assert one.ask() == "changing"


def test_the_sdk_asks_for_the_rules_again_when_one_changed_even_in_the_second_in_which_it_had_them(
    rule: Callable[..., None], sdk: Callable[[], Sdk], api: Any
) -> None:
    rule("changing", FixedRate=1.0)
    one = sdk()
    for path in ("/a", "/b", "/c"):
        one.poll_rules()
        one.ask()
        api.update_sampling_rule(SamplingRuleUpdate={"RuleName": "changing", "URLPath": path})
        assert one.poll_targets() is True
        one.poll_rules()
        assert one.ask(path=path) == "changing"
        assert one.ask(path="/other") != "changing"


def test_a_rule_that_is_deleted_while_it_is_used_goes_and_the_others_stay(
    rule: Callable[..., None], sdk: Callable[[], Sdk], api: Any
) -> None:
    rule("going", FixedRate=1.0)
    one = sdk()
    assert one.ask() == "going"
    api.delete_sampling_rule(RuleName="going")
    assert one.ask() == "going"
    assert one.poll_targets() is True
    one.poll_rules()
    assert one.rule("going") is None
    assert one.rule("Default") is not None


def test_two_sdks_share_a_reservoir(rule: Callable[..., None], sdk: Callable[[], Sdk]) -> None:
    rule("shared", ReservoirSize=10)
    fleet = [sdk(), sdk()]

    def quotas() -> list[int]:
        for one in fleet:
            for _ in range(50):
                one.ask()
            one.poll_targets()
        return [one.rule("shared").reservoir.quota for one in fleet]

    def is_shared() -> bool:
        found = quotas()
        return min(found) >= 3 and sum(found) <= 10

    eventually(is_shared)


def test_the_sdk_s_own_threads_poll_too(rule: Callable[..., None], sdk: Callable[[], Sdk]) -> None:
    rule("threaded", FixedRate=1.0)
    one = sdk()
    one.sampler._cache.rules = []
    one.sampler._started = False
    one.sampler.start()
    eventually(lambda: one.rule("threaded"))
    assert one.ask() == "threaded"


# AWS's distribution of OpenTelemetry


def test_the_distribution_matches_rules_by_attributes_and_resource(
    rule: Callable[..., None], adot: Callable[..., Adot]
) -> None:
    arn = "arn:aws:ecs:eu-west-1:123456789012:container/x"
    rule("gold", Priority=1, Attributes={"tier": "gold*", "plan": "?"}, FixedRate=1.0)
    rule("container", Priority=2, ResourceARN="arn:aws:ecs:*", ServiceType="AWS::ECS::Container", FixedRate=1.0)
    one = adot()
    assert one.ask(tier="gold-1", plan="b") == ("gold", True)
    assert one.ask(tier="gold-1")[0] == "Default"
    contained = adot(**{"aws.ecs.container.arn": arn, "cloud.platform": "aws_ecs"})
    assert contained.ask() == ("container", True)


def test_the_distribution_reports_its_quirky_statistics_and_takes_its_targets(
    rule: Callable[..., None], adot: Callable[..., Adot], api: Any
) -> None:
    rule("paths", URLPath="/api/*", ReservoirSize=5)
    one = adot()
    for _ in range(10):
        one.ask(url_path="/api/x")
    one.poll_targets()
    requests, sampled = counted(api, "paths", "RequestCount", "SampledCount")
    assert requests == 10
    assert sampled <= 5

    kept: list[bool] = []

    def has_taken_ten() -> bool:
        kept.append(one.ask(url_path="/api/x")[1])
        return sum(kept) >= 10

    eventually(has_taken_ten)
    one.poll_targets()
    # All but what it borrowed before its first target came out of its quota: the rate is nothing.
    assert counted(api, "paths", "SampledCount", "BorrowCount") == [sampled + 10, sampled]


def test_the_distribution_asks_for_the_rules_again_when_one_changed(
    rule: Callable[..., None], adot: Callable[..., Adot], api: Any
) -> None:
    rule("changing", FixedRate=1.0)
    one = adot()
    assert one.ask(url_path="/other") == ("changing", True)
    api.update_sampling_rule(SamplingRuleUpdate={"RuleName": "changing", "URLPath": "/only/*"})
    one.poll_targets()
    assert one.ask(url_path="/only/this") == ("changing", True)
    assert one.ask(url_path="/other")[0] == "Default"


def test_failures_that_nobody_sampled_raise_the_rate_for_a_minute(
    rule: Callable[..., None], adot: Callable[..., Adot]
) -> None:
    rule("boosted", SamplingRateBoost={"MaxRate": 1.0, "CooldownWindowMinutes": 1})
    one = adot()
    assert [one.ask(fails=n < 3) for n in range(10)] == [("boosted", False)] * 10
    one.poll_targets()
    # Three went wrong: 1 - 0.05 ** (1/3) surely catches one of as many.
    kept = sum(one.ask()[1] for _ in range(300))
    assert 130 <= kept <= 250


def test_without_failures_there_is_no_boost(rule: Callable[..., None], adot: Callable[..., Adot]) -> None:
    rule("calm", SamplingRateBoost={"MaxRate": 1.0, "CooldownWindowMinutes": 1})
    one = adot()
    for _ in range(10):
        one.ask()
    one.poll_targets()
    assert not any(one.ask()[1] for _ in range(100))


# Both, and the command


def test_both_kinds_share_a_reservoir_and_the_command_tells_of_them(
    rule: Callable[..., None], sdk: Callable[[], Sdk], adot: Callable[..., Adot], running: RunningServer
) -> None:
    rule("both", ReservoirSize=4, HTTPMethod="GET", FixedRate=0.5)
    clients: list[Any] = [sdk(), adot()]
    for one in clients:
        for _ in range(30):
            one.ask(method="GET", http_method="GET")
        one.poll_targets()
    asked = ["sampling", "explain", "--method", "GET", "--path", "/", "--since", "5m", "--endpoint", running.url]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0, result.output
    assert "both decides, for X-Ray SDK clients: HTTPMethod GET." in result.output
    assert "In the last minute clients reported 1.0 requests/s" in result.output


def test_a_restart_leaves_the_sdk_its_quota(
    rule: Callable[..., None], start_server: Callable[..., RunningServer]
) -> None:
    first = start_server()
    make = client(first.url).create_sampling_rule
    limits = {"Priority": 10, "FixedRate": 0.0, "ReservoirSize": 6, "Version": 1}
    make(SamplingRule=ANYTHING | limits | {"RuleName": "kept"})
    one = Sdk(first)
    one.ask()
    one.poll_targets()
    assert one.rule("kept").reservoir.quota == 6
    first.stop()
    second = start_server(data=first.data)
    one.sampler.load_settings(DaemonConfig(f"{second.host}:{second.port}"), Context(), None)
    another = Sdk(second)
    for each in (another, one):
        each.ask()
        each.poll_targets()
    assert one.rule("kept").reservoir.quota == 6
    assert another.rule("kept").reservoir.quota is None, "it borrows until the server knows who has what"


def test_random_requests_are_explained_as_the_sdk_decides_them(
    rule: Callable[..., None], sdk: Callable[[], Sdk], api: Any
) -> None:
    dice = random.Random(5)
    patterns = {"URLPath": ["/a*", "*b", "/?", "*"], "HTTPMethod": ["GET", "g*", "*"], "Host": ["*.test", "x?", "*"]}
    for n in range(12):
        wanted = {field: dice.choice(choices) for field, choices in patterns.items()}
        rule(f"r{n}", Priority=dice.randint(1, 5), FixedRate=1.0, **wanted)
    one = sdk()
    rules = SamplingClient(api.meta.endpoint_url).rules()
    for _ in range(200):
        host, method = dice.choice(["y.test", "xy", "z"]), dice.choice(["GET", "get", "PUT"])
        path = dice.choice(["/a", "/ab", "/", "/c", "b"])
        decided = one.sampler._cache.get_matched_rule({"host": host, "method": method, "path": path}, int(time.time()))
        explained = consider(rules, Incoming(host=host, method=method, path=path))[-1].rule.rule_name
        assert decided.name == explained
