"""PutTraceSegments · PutTelemetryRecords."""

from __future__ import annotations

import asyncio

from radiograph.api.context import Context
from radiograph.errors import ApiError
from radiograph.ingest import Door
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

    Takes the body itself: one document that is no text must not spoil the others.

    Raises: InvalidRequestException, SerializationException, ThrottledException, ServiceUnavailable.
    """
    documents = decode_documents(body)
    loop = asyncio.get_running_loop()
    settled: asyncio.Future[None] = loop.create_future()

    def settle(failure: ApiError | None) -> None:
        if settled.done():
            return
        if failure is None:
            settled.set_result(None)
        else:
            settled.set_exception(failure)

    def durable(failure: ApiError | None) -> None:
        loop.call_soon_threadsafe(settle, failure)

    rejections = door.accept(account, "api", documents, durable)
    await settled
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
