"""Asking a running server: through boto3, and where boto3 cannot go, by hand."""

from __future__ import annotations

import itertools
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from typing import Any

import boto3
from botocore.config import Config

from tests.conftest import RunningServer, eventually

__all__ = ["a_day_each", "ask", "client", "post", "refused", "sent"]

_IDS = itertools.count(1)


def client(server: RunningServer) -> Any:
    return boto3.client(
        "xray",
        endpoint_url=server.url,
        region_name="us-east-1",
        aws_access_key_id="a",
        aws_secret_access_key="b",
        config=Config(retries={"total_max_attempts": 1}),
    )


def post(server: RunningServer, path: str, body: bytes = b"{}", **headers: str) -> tuple[int, Message, Any]:
    """Post by hand; give status, headers and body of the answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(server.url + path, body, named, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, json.loads(error.read())


def ask(server: RunningServer, path: str, **members: Any) -> Any:
    """Post members; give the answer, which must be a good one."""
    status, _, answer = post(server, path, json.dumps(members).encode())
    assert status == 200, answer
    return answer


def refused(server: RunningServer, path: str, **members: Any) -> tuple[int, str]:
    """Post members; give status and code of the error."""
    status, headers, answer = post(server, path, json.dumps(members).encode())
    assert status >= 400
    assert answer["__type"] == headers["x-amzn-ErrorType"]
    return status, answer["__type"]


def sent(server: RunningServer, start: float, count: int = 1, **members: Any) -> list[str]:
    """Send so many traces, a second apart, and wait until they can be asked for; give their ids, oldest first."""
    ids, documents = [], []
    for n in range(count):
        began = start + n
        ids.append(f"1-{int(began):08x}-{next(_IDS):024x}")
        document = {"trace_id": ids[-1], "id": "a" * 16, "name": "api", "start_time": began, "end_time": began + 0.5}
        documents.append(json.dumps(document | members))
    answer = ask(server, "/TraceSegments", TraceSegmentDocuments=documents)
    assert answer["UnprocessedTraceSegments"] == []
    eventually(lambda: server.counters()["applier.behind"] == 0)
    return ids


def a_day_each(newest: int, oldest: int) -> Iterator[float]:
    """Give a moment of each of some past days, so that no test finds another's traces."""
    midnight = int(time.time()) // 86_400 * 86_400
    return (float(midnight - 86_400 * n + 3_600) for n in range(newest, oldest))
