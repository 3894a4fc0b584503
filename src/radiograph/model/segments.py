"""PutTraceSegments and PutTelemetryRecords."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from radiograph.model.base import Int32, Model, Moment, Request

__all__ = [
    "BackendConnectionErrors",
    "PutTelemetryRecordsRequest",
    "PutTelemetryRecordsResult",
    "PutTraceSegmentsRequest",
    "PutTraceSegmentsResult",
    "TelemetryRecord",
    "UnprocessedTraceSegment",
]


class PutTraceSegmentsRequest(Request, frozen=True, kw_only=True):
    """Segment documents to keep, each a JSON text of its own."""

    trace_segment_documents: list[str]


class UnprocessedTraceSegment(Model, frozen=True, kw_only=True):
    """A document that was not taken, and why; ``id`` is ``None`` (``null``) when the document names none."""

    id: str | None = None
    error_code: str
    message: str


class PutTraceSegmentsResult(Model, frozen=True, kw_only=True):
    """The documents that were not taken; none when all were."""

    unprocessed_trace_segments: list[UnprocessedTraceSegment] = field(default_factory=list)


class BackendConnectionErrors(Request, frozen=True, kw_only=True):
    """How often a daemon failed to reach X-Ray since its last record, by kind."""

    timeout_count: Int32 | None = None
    connection_refused_count: Int32 | None = None
    http_code_4xx_count: Int32 | None = None
    http_code_5xx_count: Int32 | None = None
    unknown_host_count: Int32 | None = None
    other_count: Int32 | None = None


class TelemetryRecord(Request, frozen=True, kw_only=True):
    """What a daemon did with the segments of about one minute."""

    timestamp: Moment
    segments_received_count: Int32 | None = None
    segments_sent_count: Int32 | None = None
    segments_spillover_count: Int32 | None = None
    segments_rejected_count: Int32 | None = None
    backend_connection_errors: BackendConnectionErrors | None = None


class PutTelemetryRecordsRequest(Request, frozen=True, kw_only=True):
    """A daemon's records and where it runs."""

    telemetry_records: list[TelemetryRecord]
    ec2_instance_id: Annotated[str, Meta(max_length=20)] | None = None
    hostname: Annotated[str, Meta(max_length=255)] | None = None
    resource_arn: Annotated[str, Meta(max_length=500)] | None = None


class PutTelemetryRecordsResult(Model, frozen=True, kw_only=True):
    """Nothing: the records were taken."""
