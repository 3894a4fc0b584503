"""PutTraceSegments · PutTelemetryRecords."""

from __future__ import annotations

from radiograph.api.context import Context
from radiograph.ingest import Door, when_durable
from radiograph.model.segments import (
    PutTelemetryRecordsRequest,
    PutTelemetryRecordsResult,
    PutTraceSegmentsResult,
    UnprocessedTraceSegment,
)
from radiograph.wire import decode_documents

__all__ = ["put_telemetry_records", "put_trace_segments"]


async def put_trace_segments(body: bytes, account: str, door: Door) -> PutTraceSegmentsResult:
    """Give the documents that were not taken; every other one is on stable storage by then.

    A document is a segment, or a subsegment that names its parent; it may also be a list of them. It can be asked for
    within a second or so. A later document of the same id takes the place of an earlier one, unless it is in progress
    and the earlier one is not.

    Raises: InvalidRequestException, SerializationException, ThrottledException, ServiceUnavailable.
    """
    # The body itself: one document that is no text must not spoil the others.
    documents = decode_documents(body)
    rejections = await when_durable(lambda durable: door.accept(account, "api", documents, durable))
    return PutTraceSegmentsResult(
        unprocessed_trace_segments=[
            UnprocessedTraceSegment(id=one.id, error_code=one.code, message=one.message) for one in rejections
        ]
    )


def put_telemetry_records(request: PutTelemetryRecordsRequest, ctx: Context) -> PutTelemetryRecordsResult:
    """Give nothing; a daemon's counts are added to ours, under ``daemon.…``."""
    for record in request.telemetry_records:
        ctx.counters.add("daemon.segments.received", max(record.segments_received_count or 0, 0))
        ctx.counters.add("daemon.segments.sent", max(record.segments_sent_count or 0, 0))
        ctx.counters.add("daemon.segments.spillover", max(record.segments_spillover_count or 0, 0))
        ctx.counters.add("daemon.segments.rejected", max(record.segments_rejected_count or 0, 0))
    return PutTelemetryRecordsResult()
