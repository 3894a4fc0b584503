"""The service graph as the specification tells it, in plain Python: what SQL must agree with.

Takes decoded JSON documents in the order they were taken, and imports nothing of the server. Slow and obvious.

Source: spec of the service graph, "Building from traces" and "Linked traces", and of segment documents, "Merge rules".
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

__all__ = ["Counted", "Key", "coarse", "graph", "milliseconds"]

Json = dict[str, Any]
Key = tuple[str, str, str, str, str]
"""("response" | "duration" | "edge" | "link", caller's name, caller's type, name, type); no caller but for edges."""

CASING = {"dynamodb": "DynamoDB", "s3": "S3", "sqs": "SQS", "sns": "SNS", "lambda": "Lambda"}


@dataclass
class Counted:
    """Completed requests by class, and how long they took."""

    classes: Counter[str] = field(default_factory=Counter)
    total_us: int = 0
    histogram: Counter[int] = field(default_factory=Counter)
    """How long the requests took; of a link, how old each event was when it was received."""
    active: bool = False
    aliases: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Measure:
    """What one entity adds to a node or an edge; ``outcome`` is None while it is in progress."""

    minute: int
    outcome: str | None
    duration_us: int
    alias: str = ""
    """What the caller calls the node, where the node calls itself something else."""
    age_us: int | None = None
    """Of an event that was received: how long before it had been sent."""


def graph(
    documents: Iterable[Json],
    bucket: Callable[[int], int],
    within: Callable[[int], bool] = lambda minute: True,
    of: Callable[[str], bool] = lambda trace_id: True,
) -> dict[Key, Counted]:
    """Give every node and edge of these documents' traces ``of`` which they are asked, in a minute ``within``.

    Events come from any of the traces.
    """
    found: dict[Key, Counted] = {}
    by_trace: dict[str, list[Json]] = {}
    for document in _survivors(documents):
        by_trace.setdefault(document["trace_id"].lower(), []).append(document)
    traces = {trace_id: _Trace(one) for trace_id, one in by_trace.items()}
    for trace_id, trace in traces.items():
        for key, measure, active in (*trace.rows(), *_links(trace, traces)):
            if not of(trace_id) or not within(measure.minute):
                continue
            counted = found.setdefault(key, Counted())
            counted.active |= active
            counted.aliases |= {measure.alias} - {""}
            if measure.outcome is not None:
                counted.classes[measure.outcome] += 1
                counted.total_us += measure.duration_us
            if measure.age_us is not None:
                counted.histogram[bucket(measure.age_us)] += 1
            elif measure.outcome is not None:
                counted.histogram[bucket(measure.duration_us)] += 1
    return found


def coarse(duration_us: int) -> int:
    """Give the eighth of an octave that a duration lies in."""
    return math.floor(math.log2(max(duration_us, 1)) * 8)


def milliseconds(duration_us: int) -> int:
    """Give a duration in whole milliseconds, halves up."""
    return (duration_us + 500) // 1000


def _links(trace: _Trace, traces: dict[str, _Trace]) -> Iterator[tuple[Key, Measure, bool]]:
    """Of each event that a segment says it has received, once each: where it came from, how old it was by then."""
    for s in trace.segments:
        for trace_id, id_ in dict.fromkeys(_linked(s)):
            origin = traces[trace_id].sent(id_) if trace_id in traces else None
            if origin is not None:
                name, type_, sent_us = origin
                age_us = max(_us(s["start_time"]) - sent_us, 0)
                measure = replace(_measure(s, s), age_us=age_us)
                yield ("link", name, type_, s["name"], s.get("origin", "")), measure, False


def _linked(segment: Json) -> Iterator[tuple[str, str]]:
    """(trace, id) of the links that name a trace, as X-Ray or as W3C spells it, and an entity in it."""
    for link in segment.get("links", ()):
        trace_id, id_ = link.get("trace_id", ""), link.get("id", "")
        if len(trace_id) == 32:
            trace_id = f"1-{trace_id[:8]}-{trace_id[8:]}"
        yield trace_id.lower(), id_.lower()


def _survivors(documents: Iterable[Json]) -> list[Json]:
    """Of each (trace, id): the last complete document, else the last one in progress."""
    kept: dict[tuple[str, str], Json] = {}
    for document in documents:
        key = document["trace_id"].lower(), document["id"].lower()
        if key not in kept or "end_time" in document or "end_time" not in kept[key]:
            kept[key] = document
    return list(kept.values())


class _Trace:
    def __init__(self, documents: list[Json]) -> None:
        self.segments = [one for one in documents if one.get("type") != "subsegment"]
        self.subsegments = [(u, one) for one in documents for u in _subsegments(one)]
        self.document_of = {one["id"]: one for one in documents} | {u["id"]: one for u, one in self.subsegments}
        self.subsegment = {u["id"]: u for u, _ in self.subsegments}
        self.called = {one.get("parent_id") for one in self.segments}

    def rows(self) -> Iterator[tuple[Key, Measure, bool]]:
        for s in self.segments:
            node = s["name"], s.get("origin", "")
            yield ("response", "", "", *node), _measure(s, s), True
            yield ("duration", "", "", *node), _measure(s, s, latest=_latest_us(s)), True
            yield from self._edge_to(s, node)
        for u, document in self.subsegments:
            if u.get("namespace") not in ("aws", "remote") or u["id"] in self.called or _waits(u):
                continue
            node = _inferred(u)
            yield ("response", "", "", *node), _measure(u, document), False
            owner = self._owner(document)
            if owner is not None:
                yield ("edge", owner["name"], owner.get("origin", ""), *node), _measure(u, document), False

    def sent(self, id_: str) -> tuple[str, str, int] | None:
        """(name, type) of the node that an event came from, and when it was sent.

        A call that nobody answers has put it into what it calls, a queue. Otherwise it came from whose work sent it.
        """
        document = self.document_of.get(id_)
        if document is None:
            return None
        u = self.subsegment.get(id_)
        if u is not None and u.get("namespace") in ("aws", "remote") and id_ not in self.called and not _waits(u):
            return (*_inferred(u), _us(u["start_time"]))
        owner = self._owner(document)
        entity = document if u is None else u
        return None if owner is None else (owner["name"], owner.get("origin", ""), _us(entity["start_time"]))

    def _edge_to(self, s: Json, node: tuple[str, str]) -> Iterator[tuple[Key, Measure, bool]]:
        caller = self.document_of.get(s.get("parent_id", ""))
        if caller is None:
            yield ("edge", s["name"], "client", *node), _measure(s, s), False
            return
        owner = self._owner(caller)
        if owner is None:
            return
        seen_by = self.subsegment.get(s["parent_id"], s)
        measure = _measure(seen_by, caller)
        if seen_by is not s and seen_by.get("namespace") in ("aws", "remote") and _inferred(seen_by)[0] != node[0]:
            measure = replace(measure, alias=_inferred(seen_by)[0])
        yield ("edge", owner["name"], owner.get("origin", ""), *node), measure, False

    def _owner(self, document: Json) -> Json | None:
        """The segment whose work a document is, wherever its parents lead; None when they lead nowhere."""
        seen: set[str] = set()
        while document.get("type") == "subsegment":
            if document["id"] in seen or document["parent_id"] not in self.document_of:
                return None
            seen.add(document["id"])
            document = self.document_of[document["parent_id"]]
        return document


def _subsegments(document: Json) -> Iterator[Json]:
    if document.get("type") == "subsegment":
        yield document
    for child in document.get("subsegments", ()):
        yield from _subsegments(child | {"type": "subsegment"})


def _measure(entity: Json, document: Json, latest: int | None = None) -> Measure:
    """An entity's outcome and duration, in the minute that the document with the call begins in."""
    minute = _us(document["start_time"]) // 60_000_000 * 60
    if "end_time" not in entity:
        return Measure(minute, None, 0)
    end = latest if latest is not None else _us(entity["end_time"])
    return Measure(minute, _outcome(entity), end - _us(entity["start_time"]))


def _latest_us(entity: Json) -> int:
    own = _us(entity.get("end_time", entity["start_time"]))
    return max([own, *(_latest_us(child) for child in entity.get("subsegments", ()))])


def _outcome(entity: Json) -> str:
    status = entity.get("http", {}).get("response", {}).get("status", 0)
    if entity.get("fault", status >= 500):
        return "fault"
    if entity.get("throttle", status == 429):
        return "throttle"
    return "error" if entity.get("error", 400 <= status < 500) else "ok"


def _waits(u: Json) -> bool:
    return bool(u.get("traced") or u.get("http", {}).get("request", {}).get("traced"))


def _inferred(u: Json) -> tuple[str, str]:
    """The table of inferred segments, row by row."""
    name, aws = u["name"], u.get("aws", {})
    if u["namespace"] == "remote":
        return name, "Database::SQL" if u.get("sql") else "remote"
    service = CASING.get(name.lower(), name)
    if service == "DynamoDB" and "table_name" in aws:
        return aws["table_name"], "AWS::DynamoDB::Table"
    if service == "DynamoDB" and len(aws.get("resource_names", [])) == 1:
        return aws["resource_names"][0], "AWS::DynamoDB::Table"
    if service == "S3" and "bucket_name" in aws:
        return aws["bucket_name"], "AWS::S3::Bucket"
    if service == "SQS" and "queue_url" in aws:
        return aws["queue_url"].rsplit("/", 1)[1], "AWS::SQS::Queue"
    if service == "SNS" and "topic_arn" in aws:
        return aws["topic_arn"].rsplit(":", 1)[1], "AWS::SNS::Topic"
    if service == "Lambda" and "function_name" in aws:
        return aws["function_name"], "AWS::Lambda"
    return name, f"AWS::{service}"


def _us(seconds: float) -> int:
    return round(seconds * 1_000_000)
