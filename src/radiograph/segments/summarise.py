"""The columns of one trace's documents to its TraceSummary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from radiograph.model.rows import StoredSegment
from radiograph.model.traces import (
    AnnotationValue,
    AvailabilityZoneDetail,
    Http,
    InstanceIdDetail,
    ResourceARNDetail,
    ServiceId,
    TraceSummary,
    TraceUser,
    ValueWithServiceIds,
)

from .causes import RootCauses
from .named import named

__all__ = ["summarise"]

AnnotationScalar: TypeAlias = str | int | float | bool
ServiceKey: TypeAlias = tuple[str, str | UnsetType]
_decode_annotations = msgspec.json.Decoder(dict[str, AnnotationScalar | list[AnnotationScalar]]).decode


def summarise(
    rows: Sequence[StoredSegment],
    account: str,
    matched_event_time: float | None = None,
    causes: RootCauses | None = None,
    most_annotations: int = 0,
) -> TraceSummary:
    """Give the summary of the trace these documents, at least one, belong to, with the root causes it is given.

    Its annotations are the first so many by their keys, in the order of documents; 0 is all.

    Source: spec of trace summaries, "Fields".
    """
    trace = _Trace(rows, account)
    start_us = min(row.start_us for row in rows)
    end_us = max(row.start_us + row.span_us for row in rows)
    root = trace.root
    causes = causes or RootCauses()
    return TraceSummary(
        id=rows[0].trace_id,
        start_time=start_us / 1e6,
        duration=(end_us - start_us) / 1e6,
        response_time=root.duration_us / 1e6 if root is not None and root.complete else UNSET,
        has_fault=root is not None and root.fault,
        has_error=root is not None and root.error,
        has_throttle=any(row.throttle for row in rows),
        is_partial=trace.is_partial(),
        http=_http(root),
        annotations=trace.annotations(most_annotations),
        users=trace.users(),
        service_ids=trace.service_ids(),
        resource_arns=[
            ResourceARNDetail(arn=arn) for arn in _distinct(arn for row in rows for arn in row.resource_arns)
        ],
        instance_ids=[InstanceIdDetail(id=id_) for id_ in _distinct(row.instance_id for row in rows)],
        availability_zones=[
            AvailabilityZoneDetail(name=zone) for zone in _distinct(row.availability_zone for row in rows)
        ],
        entry_point=trace.node(root) if root is not None else UNSET,
        fault_root_causes=named(causes.fault_root_causes),
        error_root_causes=named(causes.error_root_causes),
        response_time_root_causes=named(causes.response_time_root_causes),
        revision=len(rows),
        matched_event_time=matched_event_time if matched_event_time is not None else UNSET,
    )


class _Trace:
    """One trace's documents, and how they hang together."""

    def __init__(self, rows: Sequence[StoredSegment], account: str) -> None:
        self.rows, self.account = sorted(rows, key=attrgetter("start_us")), account
        self.holder = {entity: row for row in self.rows for entity in (row.id, *row.sub_id)}
        segments = [row for row in self.rows if row.segment]
        self.called = {row.parent_id for row in segments if row.parent_id}
        self.roots = [row for row in segments if row.parent_id not in self.holder]
        self.root = next((row for row in self.roots if not row.parent_id), self.roots[0] if self.roots else None)

    def node(self, row: StoredSegment) -> ServiceId:
        owner = self.owner(row)
        return self._service_id(owner.name, owner.type, owner.source or self.account)

    def owner(self, row: StoredSegment) -> StoredSegment:
        """The segment whose work a document is: itself, or where a subsegment's parents lead."""
        seen = set[int]()
        while not row.segment and row.id not in seen:
            seen.add(row.id)
            holder = self.holder.get(row.parent_id)
            if holder is None:
                break
            row = holder
        return row

    def is_partial(self) -> bool:
        """Something is in progress, or a callee that will send its own segment has not, or a parent is missing."""
        if any(row.partial for row in self.rows):
            return True
        if any(not row.segment and row.parent_id not in self.holder for row in self.rows):
            return True
        return any(
            traced and entity not in self.called
            for row in self.rows
            for entity, traced in zip(row.sub_id, row.sub_traced, strict=True)
        )

    def service_ids(self) -> list[ServiceId]:
        keys: dict[tuple[str, str, str], None] = {}
        for row in self.rows:
            if row.segment:
                keys[row.name, row.type, row.source or self.account] = None
        for row in self.rows:
            for entity, name, type_, traced in zip(row.sub_id, row.sub_name, row.sub_type, row.sub_traced, strict=True):
                if type_ and not traced and entity not in self.called:
                    keys[name, type_, ""] = None
        for row in self.roots:
            keys[row.name, "client", ""] = None
        return [self._service_id(*key) for key in keys]

    def annotations(self, most: int) -> dict[str, list[ValueWithServiceIds]]:
        # Values are told apart by type too: True equals 1 for Python, not for an annotation.
        found: dict[str, dict[tuple[type, AnnotationScalar], dict[ServiceKey, ServiceId]]] = {}
        # Which ones are the first must not depend on the order in which a store gives them.
        for row in sorted(self.rows, key=attrgetter("start_us", "id")) if most else self.rows:
            if not row.annotations:
                continue
            node = self.node(row)
            for key, value in _decode_annotations(row.annotations).items():
                if most and key not in found and len(found) >= most:
                    continue
                values = found.setdefault(key, {})
                for one in value if isinstance(value, list) else (value,):
                    values.setdefault((type(one), one), {})[node.name, node.type] = node
        return {
            key: [
                ValueWithServiceIds(annotation_value=_annotation_value(value), service_ids=list(nodes.values()))
                for (_, value), nodes in values.items()
            ]
            for key, values in found.items()
        }

    def users(self) -> list[TraceUser]:
        found: dict[str, dict[ServiceKey, ServiceId]] = {}
        for row in self.rows:
            if row.user:
                node = self.node(row)
                found.setdefault(row.user, {})[node.name, node.type] = node
        return [TraceUser(user_name=user, service_ids=list(nodes.values())) for user, nodes in found.items()]

    def _service_id(self, name: str, type_: str, account: str) -> ServiceId:
        """Give a service; one that sent no segments is of no account."""
        return ServiceId(name=name, names=[name], account_id=account or UNSET, type=type_ or UNSET)


def _annotation_value(value: AnnotationScalar) -> AnnotationValue:
    if isinstance(value, bool):
        return AnnotationValue(boolean_value=value)
    if isinstance(value, str):
        return AnnotationValue(string_value=value)
    return AnnotationValue(number_value=float(value))


def _http(root: StoredSegment | None) -> Http:
    if root is None:
        return Http()
    return Http(
        http_url=root.http_url or UNSET,
        http_status=root.http_status or UNSET,
        http_method=root.http_method or UNSET,
        user_agent=root.user_agent or UNSET,
        client_ip=root.client_ip or UNSET,
    )


def _distinct(values: Iterable[str]) -> list[str]:
    return [value for value in dict.fromkeys(values) if value]
