"""Real traffic as sampling rules see it: the entries of stored traces, and what clients counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET

from radiograph.cli.client import Client
from radiograph.cli.window import Window
from radiograph.model import (
    BatchGetTracesRequest,
    GetSamplingRulesRequest,
    GetSamplingStatisticSummariesRequest,
    GetSamplingStatisticSummariesResult,
    GetSamplingTargetsRequest,
    GetSamplingTargetsResult,
    GetTraceSummariesRequest,
    SamplingRule,
    SamplingStatisticsDocument,
    SamplingStatisticSummary,
    SamplingStrategy,
    SamplingTargetDocument,
    Trace,
)
from radiograph.sampling import Incoming, Observed

__all__ = ["SamplingClient", "Traffic", "entry", "traffic"]

_LONGEST_S = 6 * 3600.0  # the longest window GetTraceSummaries accepts
_AT_ONCE = 100
_ONLOOKER = "0" * 24
_LEAST_SHARE = 0.001
_ENOUGH = 0.2  # of a window: it tells how many traces the rest has


class _Rule(SamplingRule, frozen=True, kw_only=True):
    """A rule as it is told: Default's priority is above what callers may write."""

    priority: int


class _Record(msgspec.Struct, rename="pascal"):
    sampling_rule: _Rule


class _Rules(msgspec.Struct, rename="pascal"):
    sampling_rule_records: list[_Record]
    next_token: str | None = None


class SamplingClient(Client):
    """The client, and what it asks of sampling."""

    def rules(self) -> list[SamplingRule]:
        """Return every rule, ``Default`` among them."""
        found: list[SamplingRule] = []
        token: str | None = None
        while True:
            page = self._call("/GetSamplingRules", GetSamplingRulesRequest(next_token=token), _Rules)
            found += [record.sampling_rule for record in page.sampling_rule_records]
            if not (token := page.next_token):
                return found

    def statistics(self, window: Window) -> list[SamplingStatisticSummary]:
        """Return what clients reported in a window, by (time, rule)."""
        found: list[SamplingStatisticSummary] = []
        token: str | None = None
        while True:
            request = GetSamplingStatisticSummariesRequest(next_token=token)
            page = self._call("/SamplingStatisticSummaries", request, GetSamplingStatisticSummariesResult)
            found += [
                one for one in page.sampling_statistic_summaries if window.start_s <= one.timestamp < window.end_s
            ]
            if page.next_token is UNSET or not page.next_token:
                return found
            token = page.next_token

    def target(self, rule: SamplingRule, now_s: float) -> SamplingTargetDocument | None:
        """Return a rule's rate and boost as clients are told them now, without becoming one of them."""
        look = SamplingStatisticsDocument(
            rule_name=rule.rule_name or "", client_id=_ONLOOKER, timestamp=now_s, request_count=0, sampled_count=0
        )
        request = GetSamplingTargetsRequest(sampling_statistics_documents=[look])
        answer = self._call("/SamplingTargets", request, GetSamplingTargetsResult)
        return next(iter(answer.sampling_target_documents), None)


@dataclass(frozen=True, slots=True)
class Traffic:
    """Entries of stored traces, and which share of all that are stored they are (0 to 1)."""

    observed: list[Observed]
    share: float


def traffic(client: Client, window: Window, most: int) -> Traffic:
    """Return the entries of the traces of a window; of more than ``most``, about as many from all over it."""
    share = min(1.0, most / max(_total(client, window), 1.0))
    while len(ids := list(islice(_ids(client, window, share), most + _AT_ONCE + 1))) > most + _AT_ONCE:
        share /= 2
    observed = [
        one
        for first in range(0, len(ids), _AT_ONCE)
        for trace in _traces(client, [id_ for id_, _ in ids[first : first + _AT_ONCE]])
        if (one := entry(trace)) is not None
    ]
    return Traffic(observed, share)


def _total(client: Client, window: Window) -> float:
    """Return about how many traces a window has: the newest of ever smaller shares, and how far back they reach."""
    share = 1.0
    while True:
        found = list(islice(_ids(client, window, share), _AT_ONCE))
        reached = (window.end_s - found[-1][1]) / (window.end_s - window.start_s) if found else 0.0
        if len(found) < _AT_ONCE or share < _LEAST_SHARE:
            return len(found) / share
        if reached > _ENOUGH:
            return len(found) / share / reached
        share *= max(reached, _LEAST_SHARE)


def _traces(client: Client, ids: list[str]) -> Iterator[Trace]:
    token: str | None = None
    while True:
        page = client.batch_get_traces(BatchGetTracesRequest(trace_ids=ids, next_token=token))
        yield from page.traces
        if page.next_token is UNSET or not page.next_token:
            break
        token = page.next_token


def _ids(client: Client, window: Window, share: float) -> Iterator[tuple[str, float]]:
    strategy = None if share == 1.0 else SamplingStrategy(name="FixedRate", value=share)
    for part in window.slices(_LONGEST_S):
        token: str | None = None
        while True:
            page = client.get_trace_summaries(
                GetTraceSummariesRequest(
                    start_time=part.start_s,
                    end_time=part.end_s,
                    sampling=None if strategy is None else True,
                    sampling_strategy=strategy,
                    next_token=token,
                )
            )
            for one in page.trace_summaries:
                yield one.id, part.start_s if one.start_time is UNSET else float(one.start_time)
            if page.next_token is UNSET or not page.next_token:
                break
            token = page.next_token


class _Request(msgspec.Struct):
    method: str | None = None
    url: str | None = None


class _Http(msgspec.Struct):
    request: _Request | None = None


class _Tracer(msgspec.Struct):
    sampling_rule_name: str | None = None


class _Aws(msgspec.Struct):
    xray: _Tracer | None = None


class _Segment(msgspec.Struct):
    name: str = ""
    start_time: float = 0.0
    parent_id: str | None = None
    inferred: bool = False
    origin: str | None = None
    resource_arn: str | None = None
    http: _Http | None = None
    aws: _Aws | None = None
    annotations: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None


def entry(trace: Trace) -> Observed | None:
    """Return what was asked where a trace begins; None of a trace whose segments are not here yet."""
    segments = [msgspec.json.decode(one.document, type=_Segment) for one in trace.segments]
    own = sorted((one for one in segments if not one.inferred), key=lambda one: (bool(one.parent_id), one.start_time))
    if not own:
        return None
    first = own[0]
    asked = first.http.request if first.http is not None and first.http.request is not None else _Request()
    url = _split(asked.url)
    incoming = Incoming(
        service=first.name,
        service_type=first.origin,
        method=asked.method,
        host=url[0],
        path=url[1],
        resource_arn=first.resource_arn,
        attributes=_attributes(first),
    )
    return Observed(incoming, first.start_time, next(filter(None, map(_rule, own)), None))


def _attributes(segment: _Segment) -> dict[str, str]:
    """Return what a span's attributes were: annotations, and what else OpenTelemetry's became."""
    other = (segment.metadata or {}).get("default")
    given = (other if isinstance(other, dict) else {}) | (segment.annotations or {})
    return {
        key: value if isinstance(value, str) else msgspec.json.encode(value).decode() for key, value in given.items()
    }


def _rule(segment: _Segment) -> str | None:
    """Return the rule that recorded a segment: AWS's distribution of OpenTelemetry makes it an attribute."""
    tracer = None if segment.aws is None else segment.aws.xray
    named = None if tracer is None else tracer.sampling_rule_name
    return named or _attributes(segment).get("aws.xray.sampling_rule")


def _split(url: str | None) -> tuple[str | None, str | None]:
    """Return host and path of a URL; it was written by whoever made the trace, and may be none."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None, None
    return parts.netloc.rpartition("@")[2] or None, parts.path or ("/" if parts.netloc else None)
