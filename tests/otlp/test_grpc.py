"""Spans over gRPC, as OpenTelemetry's own stub sends them."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import TraceServiceStub

from radiograph.asgi import Headers
from radiograph.errors import AccessDenied, Throttled
from radiograph.ingest import Door, SpanDoor
from radiograph.otlp import GrpcReceiver
from radiograph.segments.decode import Limits
from radiograph.segments.otel import Annotated
from radiograph.telemetry import Counters
from tests.otlp.test_http import MOST, Journal
from tests.segments.otlp import request
from tests.segments.spans import NOW_S


def whose(_method: str, metadata: Headers, _body: bytes, peer: str) -> str:
    assert peer == "127.0.0.1"
    if (b"authorization", b"Basic a stranger") in metadata:
        raise AccessDenied("you are not let in")
    return "123456789012"


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def receiver(journal: Journal) -> Iterator[GrpcReceiver]:
    counters = Counters()
    door = Door(journal, lambda: NOW_S, Limits(), counters)  # type: ignore[arg-type]
    spans = SpanDoor(door, lambda: NOW_S, Limits(), Annotated(), counters)
    receiver = GrpcReceiver("127.0.0.1", 0, spans, whose, counters, MOST)
    receiver.start()
    yield receiver
    receiver.stop()


@pytest.fixture
def export(receiver: GrpcReceiver) -> Iterator[Any]:
    with grpc.insecure_channel(f"127.0.0.1:{receiver.port}") as channel:
        yield TraceServiceStub(channel).Export


@pytest.mark.parametrize("compression", [grpc.Compression.NoCompression, grpc.Compression.Gzip])
def test_spans_are_taken(export: Any, journal: Journal, compression: grpc.Compression):
    answer = export(request({}, {}), compression=compression)
    assert not answer.HasField("partial_success")
    assert len(journal.documents) == 2


def test_refused_spans_are_named(export: Any, journal: Journal):
    answer = export(request({}, {"trace_id": b"short"}))
    assert answer.partial_success.rejected_spans == 1
    assert "0000000000000002" in answer.partial_success.error_message
    assert len(journal.documents) == 1


def test_a_full_journal_is_unavailable_so_that_clients_send_again(export: Any, journal: Journal):
    journal.refuses = Throttled("full")
    with pytest.raises(grpc.RpcError) as failed:
        export(request({}))
    assert failed.value.code() == grpc.StatusCode.UNAVAILABLE


def test_what_is_not_durable_is_not_acknowledged(export: Any, journal: Journal):
    journal.fails = Throttled("the disk is full")
    with pytest.raises(grpc.RpcError) as failed:
        export(request({}))
    assert failed.value.code() == grpc.StatusCode.UNAVAILABLE


def test_who_is_not_let_in_has_no_permission(export: Any, journal: Journal):
    with pytest.raises(grpc.RpcError) as failed:
        export(request({}), metadata=[("authorization", "Basic a stranger")])
    assert failed.value.code() == grpc.StatusCode.PERMISSION_DENIED
    assert journal.documents == []


def test_a_message_that_is_too_large_exhausts_a_resource(export: Any):
    with pytest.raises(grpc.RpcError) as failed:
        export(request({"attributes": {"x": "y" * MOST}}))
    assert failed.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED


def test_what_is_no_otlp_is_an_invalid_argument(receiver: GrpcReceiver):
    with grpc.insecure_channel(f"127.0.0.1:{receiver.port}") as channel:
        call = channel.unary_unary("/opentelemetry.proto.collector.trace.v1.TraceService/Export")
        with pytest.raises(grpc.RpcError) as failed:
            call(gzip.compress(b"garbage"))
    assert failed.value.code() == grpc.StatusCode.INVALID_ARGUMENT


def test_a_taken_port_is_an_error_that_names_it(receiver: GrpcReceiver):
    with pytest.raises(OSError, match=str(receiver.port)):
        GrpcReceiver("127.0.0.1", receiver.port, None, whose, Counters(), MOST)  # type: ignore[arg-type]
