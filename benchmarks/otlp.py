"""OTLP: spans a second and CPU, from the request to queryable, over HTTP and gRPC.

python -m benchmarks.otlp [--seconds 30] [--spans 600 (a request)] [--connections 4]
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from typing import Any

import grpc
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue

from benchmarks.ingest import receive
from benchmarks.measure import heading, percentile, row, running

_MARK = b"\xc0\xde\xc0\xde\xc0\xde"
_TRACE_SPANS = 6
_TEMPLATES = 60
_METHOD = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
_RESOURCE = {
    "service.version": "1.2.3",
    "telemetry.sdk.name": "opentelemetry",
    "telemetry.sdk.language": "python",
    "telemetry.sdk.version": "1.44.0",
    "cloud.provider": "aws",
    "cloud.platform": "aws_ec2",
    "host.id": "i-0123456789abcdef0",
}


def _pairs(values: dict[str, Any]) -> list[KeyValue]:
    return [
        KeyValue(key=key, value=AnyValue(int_value=one) if isinstance(one, int) else AnyValue(string_value=one))
        for key, one in values.items()
    ]


def bodies(spans: int) -> list[bytes]:
    """Requests of about ``spans`` spans, six a trace: a request served, two queries, three pieces of work.

    Their trace ids hold a mark, so that each pass can have ids of its own.
    """
    dice, now = random.Random(7), time.time_ns()
    found = []
    for template in range(_TEMPLATES):
        request = ExportTraceServiceRequest()
        of_resource = request.resource_spans.add()
        of_resource.resource.attributes.extend(_pairs({"service.name": f"service-{template % 12}", **_RESOURCE}))
        of_scope = of_resource.scope_spans.add()
        of_scope.scope.name, of_scope.scope.version = "opentelemetry.instrumentation.flask", "0.65b0"
        for _ in range(spans // _TRACE_SPANS):
            trace, root = _MARK + dice.randbytes(10), dice.randbytes(8)
            start = now - dice.randrange(240 * 10**9)
            took = int(dice.lognormvariate(18, 0.7))
            status = 200 if dice.random() < 0.97 else 500
            served = {
                "http.request.method": "GET",
                "url.scheme": "https",
                "url.path": f"/cart/{dice.randrange(10_000)}",
                "http.route": "/cart/{id}",
                "server.address": "shop.example.com",
                "server.port": 443,
                "http.response.status_code": status,
                "user_agent.original": "Mozilla/5.0 (X11; Linux x86_64)",
                "client.address": f"10.0.{dice.randrange(256)}.{dice.randrange(256)}",
                "network.protocol.version": "1.1",
                "enduser.id": f"user-{dice.randrange(100_000)}",
                "app.order": dice.randrange(1 << 40),
            }
            one = of_scope.spans.add(trace_id=trace, span_id=root, name="GET /cart/{id}", kind=2)
            one.start_time_unix_nano, one.end_time_unix_nano = start, start + took
            one.attributes.extend(_pairs(served))
            for number in range(_TRACE_SPANS - 1):
                asks = number % 2
                child = of_scope.spans.add(trace_id=trace, span_id=dice.randbytes(8), parent_span_id=root)
                child.start_time_unix_nano = start + number * took // 6
                child.end_time_unix_nano = start + (number + 1) * took // 6
                child.name, child.kind = ("SELECT shop", 3) if asks else (f"step {number}", 1)
                child.attributes.extend(
                    _pairs(
                        {
                            "db.system": "postgresql",
                            "db.name": "shop",
                            "db.statement": "SELECT * FROM carts WHERE id = ?",
                            "db.user": "shop",
                            "server.address": "db.example.com",
                        }
                        if asks
                        else {"code.function": "render", "app.items": dice.randrange(9), "app.tier": "gold"}
                    )
                )
        found.append(request.SerializeToString())
    return found


def send(host: str, port: int, protocol: str, seconds: float, spans: int, connections: int) -> None:
    """Post until the time is over; print what was acknowledged and how long each answer took."""
    templates = bodies(spans)
    a_request = spans // _TRACE_SPANS * _TRACE_SPANS
    tickets = itertools.count()
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.perf_counter()
    took: list[float] = []
    refused: list[int] = []

    def lane() -> None:
        post = _over_http(host, port) if protocol == "http" else _over_grpc(host, port)
        while True:
            ticket = next(tickets)
            at = time.perf_counter()
            if at - began > seconds:
                return
            mark = (ticket // _TEMPLATES + 1).to_bytes(6, "big")
            if not post(templates[ticket % _TEMPLATES].replace(_MARK, mark)):
                refused.append(ticket)
            took.append(time.perf_counter() - at)

    threads = [threading.Thread(target=lane) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(
        json.dumps(
            {
                "sent": len(took) * a_request,
                "refused": len(refused) * a_request,
                "elapsed": time.perf_counter() - began,
                "p50": percentile(took, 0.5),
                "p99": percentile(took, 0.99),
            }
        )
    )


def _over_http(host: str, port: int) -> Any:
    connection = socket.create_connection((host, port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def post(body: bytes) -> bool:
        head = "POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-protobuf\r\n"
        connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = receive(connection)
        return b" 200 " in answer[:16] and b"content-length: 0\r\n" in answer

    return post


def _over_grpc(host: str, port: int) -> Any:
    call = grpc.insecure_channel(f"{host}:{port}", [("grpc.use_local_subchannel_pool", 1)]).unary_unary(_METHOD)

    def post(body: bytes) -> bool:
        try:
            return call(body) == b""
        except grpc.RpcError:
            return False

    return post


def measure(protocol: str, seconds: float, spans: int, connections: int) -> dict[str, float]:
    """Run a server and a sender in processes of their own."""
    with running() as server:
        port = server.port if protocol == "http" else server.grpc_port
        arguments = [server.host, str(port), protocol, str(seconds), str(spans), str(connections)]
        sender = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.otlp", "--send", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert sender.stdout is not None
        assert sender.stdin is not None
        sender.stdout.readline()
        cpu = server.cpu_s_each()
        began = time.monotonic()
        sender.stdin.write("\n")
        sender.stdin.flush()
        result = json.loads(sender.stdout.read())
        while server.counters()["applier.behind"]:
            time.sleep(0.05)
        applied_s = time.monotonic() - began
        stored = server.counters()["otlp.spans.accepted"]
        each = [after - before for before, after in zip(cpu, server.cpu_s_each(), strict=True)]
        return result | {
            "stored": stored,
            "documents": server.counters()["applier.documents"],
            "applied_s": applied_s,
            "cpu_us_door": each[0] / stored * 1e6,
            "cpu_us_store": each[1] / stored * 1e6,
            "memory_mb": server.memory_mb(),
        }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--spans", type=int, default=600)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--protocols", default="http,grpc")
    parser.add_argument("--send", nargs=6)
    options = parser.parse_args()
    if options.send:
        host, port, protocol, seconds, spans, connections = options.send
        send(host, int(port), protocol, float(seconds), int(spans), int(connections))
        os._exit(0)
    print(heading())
    rates = {}
    print("| what | measured | must | aim | ratio |\n|---|---|---|---|---|")
    for protocol in options.protocols.split(","):
        found = measure(protocol, options.seconds, options.spans, options.connections)
        print(json.dumps(found))
        rates[protocol] = found["stored"] / found["applied_s"]
        row(
            f"spans, OTLP/{protocol} → durable → queryable",
            f"{rates[protocol]:,.0f}/s",
            "60,000/s",
            "150,000/s",
            rates[protocol] / 60_000,
        )
        row("acknowledged meanwhile", f"{(found['sent'] - found['refused']) / found['elapsed']:,.0f}/s", "", "", None)
        cpu = (found["cpu_us_door"], found["cpu_us_store"])
        row("CPU per span", f"{sum(cpu):.1f} µs ({cpu[0]:.1f} door, {cpu[1]:.1f} store)", "", "", None)
        row("acknowledged and not stored", f"{found['sent'] - found['refused'] - found['stored']:.0f}", "0", "", None)
    if len(rates) == 2:
        row("HTTP ÷ gRPC", f"{rates['http'] / rates['grpc']:.2f}", "1.3", "", rates["http"] / rates["grpc"] / 1.3)


if __name__ == "__main__":
    main()
