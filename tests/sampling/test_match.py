"""Which rule decides on a request, and why."""

from __future__ import annotations

from typing import Any

import pytest
from amazon.opentelemetry.distro.sampler._clock import _Clock
from amazon.opentelemetry.distro.sampler._sampling_rule import _SamplingRule
from amazon.opentelemetry.distro.sampler._sampling_rule_applier import _SamplingRuleApplier
from aws_xray_sdk.core.sampling.sampling_rule import SamplingRule as SdkRule
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.sdk.resources import Resource

from radiograph.model import SamplingRule
from radiograph.sampling import OTEL, XRAY, Incoming, Mismatch, Reading, consider, deciding, default_rule, in_order

DEFAULT = default_rule("000000000000", "eu-west-1").sampling_rule


def rule(name: str, priority: int = 100, **members: Any) -> SamplingRule:
    anything = dict.fromkeys(("resource_arn", "service_name", "service_type", "host", "http_method", "url_path"), "*")
    return SamplingRule(
        rule_name=name,
        priority=priority,
        **({"fixed_rate": 0.1, "reservoir_size": 1, "version": 1} | anything | members),
    )


def names(*rules: SamplingRule, reading: Reading = XRAY, **request: Any) -> list[str | None]:
    return [one.rule.rule_name for one in consider([*rules, DEFAULT], Incoming(**request), reading)]


def why(one: SamplingRule, reading: Reading, **request: Any) -> list[tuple[str, str, str | None]]:
    """Give field, pattern and value of everything that keeps a rule from matching."""
    (considered, *_) = consider([one, DEFAULT], Incoming(**request), reading)
    return [(told.field, told.pattern, told.value) for told in considered.mismatches]


def test_rules_are_looked_at_by_priority_then_by_name_until_one_decides() -> None:
    rules = [rule("b", 2, host="x"), rule("a", 2, host="x"), rule("c", 1, host="x"), rule("d", 3), rule("e", 4)]
    assert names(*rules, host="y") == ["c", "a", "b", "d"]
    assert [one.rule_name for one in in_order([DEFAULT, *rules])] == ["c", "a", "b", "d", "e", "Default"]


def test_names_are_ordered_by_their_characters() -> None:
    ordered = in_order([rule("ab"), rule("a"), rule("A"), rule("Abc")])
    assert [one.rule_name for one in ordered] == ["A", "Abc", "a", "ab"]


def test_the_default_rule_decides_when_no_other_does() -> None:
    assert names(rule("a", host="x"), host="y") == ["a", "Default"]
    assert names(reading=OTEL) == ["Default"]


def test_every_field_that_does_not_match_is_told_with_pattern_and_value() -> None:
    one = rule("a", service_name="cart*", host="*.example", http_method="POST", url_path="/api/*")
    request = {"service": "shop", "host": "shop.test", "method": "GET", "path": "/api/x"}
    expected = [("ServiceName", "cart*", "shop"), ("Host", "*.example", "shop.test"), ("HTTPMethod", "POST", "GET")]
    assert why(one, XRAY, **request) == expected
    assert why(one, OTEL, **request) == expected


def test_what_is_not_known_matches_everything_for_the_sdks_and_only_a_star_for_opentelemetry() -> None:
    one = rule("a", service_name="cart", service_type="AWS::*", host="h", http_method="GET", url_path="/x")
    assert why(one, XRAY) == []
    assert why(one, OTEL) == [
        ("ServiceName", "cart", ""),
        ("ServiceType", "AWS::*", ""),
        ("Host", "h", None),
        ("HTTPMethod", "GET", None),
        ("URLPath", "/x", "/"),
    ]
    assert why(rule("a"), OTEL) == []


def test_upper_and_lower_case_are_one_for_the_sdks_alone_and_the_reason_says_so() -> None:
    one = rule("a", http_method="get")
    assert why(one, XRAY, method="GET") == []
    (considered, _) = consider([one, DEFAULT], Incoming(method="GET"), OTEL)
    assert considered.mismatches == (Mismatch("HTTPMethod", "get", "GET", "upper and lower case differ"),)


def test_rules_with_attributes_or_a_resource_are_read_by_opentelemetry_and_skipped_by_the_sdks() -> None:
    one = rule("a", attributes={"tier": "gold*"}, resource_arn="arn:aws:ecs:*")
    matching = {"attributes": {"tier": "gold-1", "more": "x"}, "resource_arn": "arn:aws:ecs:1"}
    assert why(one, OTEL, **matching) == []
    assert [field for field, _, _ in why(one, XRAY, **matching)] == ["ResourceARN", "Attributes.tier"]
    assert why(one, OTEL, attributes={"tier": "silver"}) == [
        ("ResourceARN", "arn:aws:ecs:*", ""),
        ("Attributes.tier", "gold*", "silver"),
    ]
    assert why(rule("a", attributes={"tier": "*"}), OTEL) == [("Attributes.tier", "*", None)]


@pytest.mark.parametrize("reading", [XRAY, OTEL])
def test_rules_of_another_version_are_skipped(reading: Reading) -> None:
    assert [field for field, _, _ in why(rule("a", version=2), reading)] == ["Version"]


def test_the_sdks_skip_a_rule_whose_service_type_is_empty() -> None:
    assert [field for field, _, _ in why(rule("a", service_type=""), XRAY)] == ["ServiceType"]
    assert why(rule("a", service_type=""), OTEL) == []


WORDS = st.sampled_from([None, "a", "A", "ab", "/", "/a", "x.y"])
PATTERNS = st.sampled_from(["*", "", "a", "A*", "?", "a?", "/*", "*b", "x.*"])
REQUESTS = st.builds(
    Incoming, service=WORDS, service_type=WORDS, method=WORDS, host=WORDS, path=WORDS, resource_arn=st.none()
)
RULES = st.builds(
    rule,
    st.just("a"),
    service_name=PATTERNS,
    service_type=PATTERNS.filter(bool),
    host=PATTERNS,
    http_method=PATTERNS,
    url_path=PATTERNS,
)


@given(RULES, REQUESTS)
def test_it_agrees_with_the_x_ray_sdk(one: SamplingRule, request: Incoming) -> None:
    sdk = SdkRule(
        one.rule_name,
        one.priority,
        one.fixed_rate,
        one.reservoir_size,
        host=one.host,
        method=one.http_method,
        path=one.url_path,
        service=one.service_name,
        service_type=one.service_type,
    )
    asked = {name: getattr(request, name) for name in ("host", "method", "path", "service", "service_type")}
    assert (deciding([one], request, XRAY) is one) == bool(sdk.match(asked))


ATTRIBUTES = st.dictionaries(st.sampled_from(["k", "l"]), st.sampled_from(["a", "A", "ab"]), max_size=2)


@given(RULES, REQUESTS, ATTRIBUTES, st.dictionaries(st.sampled_from(["k", "l"]), PATTERNS.filter(bool), max_size=2))
def test_it_agrees_with_the_sampler_of_opentelemetry(
    one: SamplingRule, request: Incoming, attributes: dict[str, str], wanted: dict[str, str]
) -> None:
    if request.service_type is not None:
        request = Incoming(request.service, "AWS::EC2::Instance", request.method, request.host, request.path)
    request = Incoming(
        request.service, request.service_type, request.method, request.host, request.path, None, attributes
    )
    one = rule(
        "a",
        service_name=one.service_name,
        service_type=one.service_type,
        host=one.host,
        http_method=one.http_method,
        url_path=one.url_path,
        attributes=wanted,
    )
    adot = _SamplingRuleApplier(
        _SamplingRule(
            Attributes=wanted,
            RuleName="a",
            Version=1,
            ResourceARN="*",
            ServiceName=one.service_name,
            ServiceType=one.service_type,
            Host=one.host,
            HTTPMethod=one.http_method,
            URLPath=one.url_path,
            ReservoirSize=1,
            FixedRate=0.1,
        ),
        "service",
        "c" * 24,
        _Clock(),
    )
    resource = Resource(
        {"service.name": request.service or ""} | ({"cloud.platform": "aws_ec2"} if request.service_type else {})
    )
    named = {"http.request.method": request.method, "server.address": request.host, "url.path": request.path}
    span = attributes | {name: value for name, value in named.items() if value is not None}
    assert (deciding([one], request, OTEL) is one) == adot.matches(resource, span)
