"""Segment documents of this moment, and a bare way to post them: what several rooms' tests begin with."""

from __future__ import annotations

import http.client
import json
import secrets
import time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

JSON = {"Content-Type": "application/json"}


class Answer(NamedTuple):
    """An answer, whatever its status."""

    status: int
    headers: dict[str, str]
    body: Any


def entity_id() -> str:
    return secrets.token_hex(8)


def trace_id(at_s: float | None = None) -> str:
    return f"1-{int(time.time() if at_s is None else at_s):08x}-{secrets.token_hex(12)}"


def segment(name: str = "shop", **members: Any) -> dict[str, Any]:
    """Give a complete segment that ended just now, in a trace of its own."""
    now = time.time()
    made = {"trace_id": trace_id(), "id": entity_id(), "name": name, "start_time": now - 0.05, "end_time": now}
    return {key: value for key, value in (made | members).items() if value is not None}


def subsegment(name: str = "stock.test", **members: Any) -> dict[str, Any]:
    """Give a complete subsegment, to embed or (with trace_id, parent_id and type) to send alone."""
    now = time.time()
    return {"id": entity_id(), "name": name, "start_time": now - 0.04, "end_time": now - 0.01} | members


def ask(url: str, path: str, body: bytes | object = b"", method: str = "POST", timeout_s: float = 60.0) -> Answer:
    """Send one request on a connection of its own; bodies that are no bytes go as JSON."""
    parts = urlsplit(url)
    assert parts.hostname
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout_s)
    try:
        payload = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(method, path, payload, JSON)
        answer = connection.getresponse()
        content = answer.read()
        kind = answer.headers.get("content-type", "")
        return Answer(
            answer.status,
            {name.lower(): value for name, value in answer.headers.items()},
            json.loads(content) if kind.startswith("application/json") else content,
        )
    finally:
        connection.close()


def put(url: str, *documents: object) -> Answer:
    """Post documents; those that are no text are written as JSON first."""
    texts = [document if isinstance(document, str) else json.dumps(document) for document in documents]
    return ask(url, "/TraceSegments", {"TraceSegmentDocuments": texts})


def segments_of(url: str, *trace_ids: str) -> list[dict[str, Any]]:
    """Give every segment of these traces as BatchGetTraces has it, decoded."""
    answer = ask(url, "/Traces", {"TraceIds": trace_ids})
    assert answer.status == 200, answer
    return [json.loads(one["Document"]) for trace in answer.body["Traces"] for one in trace["Segments"]]
