"""A server that takes whatever is sent and remembers it; or answers what it was told to, as often as it was told."""

from __future__ import annotations

import json
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import NamedTuple

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Said(NamedTuple):
    """An answer."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = MappingProxyType({})


class Asked(NamedTuple):
    """A request."""

    path: str
    content_type: str
    body: bytes


class Sink:
    """Takes segment documents, OTLP and Zipkin."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.next: dict[str, deque[Said]] = defaultdict(deque)
        """Of each path, what to answer before everything is taken again."""
        self.refuses: Callable[[str], str | None] = lambda document: None
        """From a document to the code it is refused by."""
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                said = outer._answer(Asked(self.path, self.headers.get("Content-Type") or "", body))
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(said.body)))
                self.end_headers()
                self.wfile.write(said.body)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    @property
    def documents(self) -> list[str]:
        """Every document, as often as it was sent and taken."""
        requests = [json.loads(one.body) for one in self.asked if one.path == "/TraceSegments"]
        return [text for one in requests for text in one["TraceSegmentDocuments"]]

    @property
    def batches(self) -> list[int]:
        return [
            len(json.loads(one.body)["TraceSegmentDocuments"]) for one in self.asked if one.path == "/TraceSegments"
        ]

    @property
    def otlp(self) -> list[ExportTraceServiceRequest | dict[str, object]]:
        """Every request of OTLP, decoded."""
        return [
            json.loads(one.body)
            if one.content_type == "application/json"
            else ExportTraceServiceRequest.FromString(one.body)
            for one in self.asked
            if one.path == "/v1/traces"
        ]

    @property
    def zipkin(self) -> list[list[dict[str, object]]]:
        return [json.loads(one.body) for one in self.asked if one.path == "/api/v2/spans"]

    def _answer(self, asked: Asked) -> Said:
        with self._lock:
            if self.next[asked.path]:
                return self.next[asked.path].popleft()
            self.asked.append(asked)
        if asked.path == "/TraceSegments":
            refused = [
                {"Id": json.loads(text).get("id"), "ErrorCode": code, "Message": f"Invalid segment. ErrorCode: {code}"}
                for text in json.loads(asked.body)["TraceSegmentDocuments"]
                if (code := self.refuses(text)) is not None
            ]
            return Said(200, json.dumps({"UnprocessedTraceSegments": refused}).encode())
        if asked.path == "/v1/traces":
            return Said(200, b"{}" if asked.content_type == "application/json" else b"")
        return Said(202 if asked.path == "/api/v2/spans" else 404)


@contextmanager
def running() -> Iterator[Sink]:
    """Yield a sink that listens."""
    sink = Sink()
    thread = threading.Thread(target=sink.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield sink
    finally:
        sink.http.shutdown()
        sink.http.server_close()
        thread.join()
