"""A worker under OpenTelemetry as it is, all that spans can say in one trace: ``otel_worker.py NAME grpc|http URL``.

It exports every batch twice, as after an answer that was lost, and prints the trace's id as X-Ray writes it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as GrpcExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as HttpExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Link, SpanContext, SpanKind, Status, StatusCode, TraceFlags

name, protocol, url = sys.argv[1:]
exporter = (
    GrpcExporter(endpoint=url, insecure=True) if protocol == "grpc" else HttpExporter(endpoint=f"{url}/v1/traces")
)


class Twice(SpanExporter):
    """Exports what it gets again."""

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        if exporter.export(spans) is not SpanExportResult.SUCCESS:
            return SpanExportResult.FAILURE
        return exporter.export(spans)

    def shutdown(self) -> None:
        exporter.shutdown()


resource = Resource.create(
    {
        "service.name": name,
        "service.version": "1.2.0",
        "cloud.provider": "aws",
        "cloud.platform": "aws_ec2",
        "cloud.region": "eu-west-3",
        "host.id": "i-0123456789abcdef0",
        "team": "payments",
    }
)
provider = TracerProvider(resource=resource)
provider.add_span_processor(BatchSpanProcessor(Twice(), schedule_delay_millis=60_000))
tracer = provider.get_tracer("worker", "0.1")
producer = SpanContext(0x65A0B1C2AAAAAAAAAAAAAAAAAAAAAAAA, 0xBBBBBBBBBBBBBBBB, True, TraceFlags(TraceFlags.SAMPLED))
request = {
    "http.request.method": "POST",
    "url.scheme": "https",
    "server.address": "shop.test",
    "url.path": "/checkout",
    "url.query": "tier=gold",
    "user_agent.original": "curl/8",
    "client.address": "203.0.113.9",
    "tenant": "gold",
    "basket.items": 3,
    "note": "not indexed",
    "aws.xray.annotations": ["tenant", "basket.items"],
    "enduser.id": "user-7",
}

with tracer.start_as_current_span(
    "POST /checkout",
    kind=SpanKind.SERVER,
    attributes=request,
    links=[Link(producer, {"why": "batch"})],
    record_exception=False,
    set_status_on_exception=False,
) as root:
    with tracer.start_as_current_span("price") as price:
        price.add_event("cache miss", {"key": "basket"})
    query = {
        "db.system.name": "postgresql",
        "db.namespace": "orders",
        "server.address": "db.test",
        "db.query.text": "SELECT * FROM orders WHERE id = ?",
        "db.user": "shop",
    }
    with tracer.start_as_current_span("SELECT orders", kind=SpanKind.CLIENT, attributes=query):
        pass
    mail = {
        "http.method": "POST",
        "http.url": "https://mail.test/send",
        "http.status_code": 429,
        "peer.service": "mail.test",
    }
    with tracer.start_as_current_span("POST", kind=SpanKind.CLIENT, attributes=mail) as sent:
        sent.set_status(Status(StatusCode.ERROR))
    item = {
        "rpc.system": "aws-api",
        "rpc.service": "DynamoDB",
        "rpc.method": "GetItem",
        "aws.dynamodb.table_names": ["carts"],
        "aws.region": "eu-west-3",
        "aws.request_id": "REQUEST-OF-DYNAMODB",
        "http.status_code": 200,
    }
    with tracer.start_as_current_span("DynamoDB.GetItem", kind=SpanKind.CLIENT, attributes=item):
        pass
    try:
        try:
            {}["sku"]
        except KeyError as error:
            raise ValueError("the card is declined") from error
    except ValueError as error:
        root.record_exception(error)
        root.set_status(Status(StatusCode.ERROR, "declined"))
    root.set_attribute("http.response.status_code", 500)

provider.shutdown()
trace_id = f"{root.get_span_context().trace_id:032x}"
print(f"1-{trace_id[:8]}-{trace_id[8:]}")
