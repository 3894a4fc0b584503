"""Which rule decides on a request, and why those before it do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from radiograph.model.sampling_rules import SamplingRule

from .wildcard import matches

__all__ = ["OTEL", "XRAY", "Considered", "Incoming", "Mismatch", "Reading", "consider", "deciding", "in_order"]


class Incoming(msgspec.Struct, frozen=True):
    """A request nobody upstream has decided on, as a sampler sees it; what is not known is None."""

    service: str | None = None
    service_type: str | None = None
    """The origin of the service that is asked, such as ``AWS::ECS::Container``."""
    method: str | None = None
    host: str | None = None
    path: str | None = None
    resource_arn: str | None = None
    attributes: Mapping[str, str] = {}


class Reading(msgspec.Struct, frozen=True):
    """How a kind of client reads rules. Source: specification 6.2 and 6.9."""

    name: str
    case_sensitive: bool
    lenient: bool
    """Whether what is not known matches every pattern."""
    attributes: bool
    """Whether rules with attributes or a resource ARN are read; who cannot, skips them."""


XRAY = Reading("X-Ray SDK", case_sensitive=False, lenient=True, attributes=False)
"""The X-Ray SDKs: lenient, and blind to attributes."""

OTEL = Reading("OpenTelemetry", case_sensitive=True, lenient=False, attributes=True)
"""The X-Ray remote samplers of OpenTelemetry: exact."""


class Mismatch(msgspec.Struct, frozen=True):
    """A field of a rule that keeps it from matching; ``reason`` completes "it does not match, for …"."""

    field: str
    """As the service model spells it; an attribute is ``Attributes.key``."""
    pattern: str
    value: str | None
    reason: str


class Considered(msgspec.Struct, frozen=True):
    """A rule that was looked at, and everything that keeps it from matching."""

    rule: SamplingRule
    mismatches: tuple[Mismatch, ...]

    @property
    def decides(self) -> bool:
        """Whether nothing keeps the rule from matching."""
        return not self.mismatches


def in_order(rules: Iterable[SamplingRule]) -> list[SamplingRule]:
    """Give rules as every client looks at them: by priority, then by name."""
    return sorted(rules, key=lambda rule: (rule.priority, rule.rule_name or ""))


def consider(rules: Iterable[SamplingRule], incoming: Incoming, reading: Reading = XRAY) -> list[Considered]:
    """Give the rules that are looked at, in order; the last one decides, unless none does."""
    seen: list[Considered] = []
    for rule in in_order(rules):
        seen.append(Considered(rule, tuple(_mismatches(rule, incoming, reading))))
        if seen[-1].decides:
            break
    return seen


def deciding(ordered: Iterable[SamplingRule], incoming: Incoming, reading: Reading = XRAY) -> SamplingRule | None:
    """Give the first of these rules, which come in order, that matches; None when none does."""
    return next((rule for rule in ordered if next(_mismatches(rule, incoming, reading), None) is None), None)


def _mismatches(rule: SamplingRule, incoming: Incoming, reading: Reading) -> Iterator[Mismatch]:
    if rule.version != 1:
        yield Mismatch("Version", str(rule.version), None, "clients skip versions other than 1")
    if rule.rule_name == "Default":
        return
    if not reading.attributes:
        yield from _skipped(rule)
    for field, pattern, value in _fields(rule, incoming, reading):
        if value is None:
            if pattern != "*" and not reading.lenient:
                yield Mismatch(field, pattern, None, "the request has none, and only * matches that")
        elif not matches(pattern, value, reading.case_sensitive):
            yield Mismatch(field, pattern, value, _reason(pattern, value, reading))
    if reading.attributes:
        for key, pattern in (rule.attributes or {}).items():
            value = incoming.attributes.get(key)
            if value is None:
                yield Mismatch(f"Attributes.{key}", pattern, None, "the request has no such attribute")
            elif not matches(pattern, value, reading.case_sensitive):
                yield Mismatch(f"Attributes.{key}", pattern, value, _reason(pattern, value, reading))


def _skipped(rule: SamplingRule) -> Iterator[Mismatch]:
    """Give why X-Ray's SDKs do not even look at a rule."""
    if rule.resource_arn != "*":
        yield Mismatch("ResourceARN", rule.resource_arn, None, "X-Ray SDKs skip rules with a resource ARN other than *")
    if not rule.service_type:
        yield Mismatch("ServiceType", "", None, "X-Ray SDKs skip rules with an empty service type")
    for key, pattern in (rule.attributes or {}).items():
        yield Mismatch(f"Attributes.{key}", pattern, None, "X-Ray SDKs skip rules with attributes")


def _fields(rule: SamplingRule, incoming: Incoming, reading: Reading) -> Iterator[tuple[str, str, str | None]]:
    """Give each field, its pattern, and the value a client holds against it."""
    yield "ServiceName", rule.service_name, _known(incoming.service, reading)
    yield "ServiceType", rule.service_type, _known(incoming.service_type, reading)
    yield "Host", rule.host, incoming.host or None
    yield "HTTPMethod", rule.http_method, incoming.method or None
    yield "URLPath", rule.url_path, incoming.path or (None if reading.lenient else "/")
    if reading.attributes:
        yield "ResourceARN", rule.resource_arn, _known(incoming.resource_arn, reading)


def _known(value: str | None, reading: Reading) -> str | None:
    """Give a value that is not known as clients do: OpenTelemetry's take it to be empty."""
    return value or (None if reading.lenient else "")


def _reason(pattern: str, value: str, reading: Reading) -> str:
    if reading.case_sensitive and matches(pattern, value):
        return "upper and lower case differ"
    return "it does not match"
