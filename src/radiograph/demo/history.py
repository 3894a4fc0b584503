"""The shop's past: hours of traces, posted to PutTraceSegments as fast as the server takes them."""

from __future__ import annotations

import http.client
import random
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, urlsplit

import msgspec

from radiograph.demo.scenarios import Scenario
from radiograph.demo.story import Emission
from radiograph.demo.telling import arrivals, trace

__all__ = ["Filled", "HistoryRefused", "batches", "fill_history", "past"]

_BATCH_DOCUMENTS = 50
_BATCH_BYTES = 1 << 20
_LANES = 4
_TIMEOUT_S = 30.0
_PATIENCE = 60
_TROUBLE_FROM, _TROUBLE_UNTIL = 0.55, 0.72
"""The stretch of the past, as parts of it, in which the scenario's trouble was on."""


class HistoryRefused(Exception):
    """The server did not take a batch; the message says what it answered."""


@dataclass(frozen=True, slots=True)
class Filled:
    """How far the past is filled: ``until_s`` is the start of the newest trace sent, in epoch seconds."""

    traces: int = 0
    documents: int = 0
    rejected: int = 0
    until_s: float = 0.0


@dataclass(frozen=True, slots=True)
class _Batch:
    documents: list[str]
    traces: int
    until_s: float


def past(
    rng: random.Random, from_s: float, until_s: float, rate_per_s: float, scenario: Scenario
) -> Iterator[list[Emission]]:
    """Yield the traces that start between two epoch seconds; the trouble is confined to a stretch of them."""
    for start_s in arrivals(rng, from_s, rate_per_s):
        if start_s >= until_s:
            return
        part = (start_s - from_s) / (until_s - from_s)
        yield trace(rng, start_s, scenario if _TROUBLE_FROM <= part < _TROUBLE_UNTIL else Scenario.HEALTHY)


def batches(traces: Iterator[list[Emission]]) -> Iterator[_Batch]:
    """Yield the documents of many traces, at most 50 and about a megabyte at a time, in the order they were sent."""
    documents: list[str] = []
    size, begun, newest_s = 0, 0, 0.0
    for emissions in traces:
        begun += 1
        newest_s = emissions[0].at_s
        for emission in emissions:
            document = msgspec.json.encode(emission.document).decode()
            documents.append(document)
            size += len(document)
            if len(documents) == _BATCH_DOCUMENTS or size >= _BATCH_BYTES:
                yield _Batch(documents, begun, newest_s)
                documents, size, begun = [], 0, 0
    if documents:
        yield _Batch(documents, begun, newest_s)


def fill_history(
    endpoint: str,
    *,
    until_s: float,
    history_s: float,
    scenario: Scenario,
    seed: int,
    wait: Callable[[float], bool],
    rate_per_s: float = 4.0,
    progress: Callable[[Filled], None] | None = None,
) -> Filled:
    """Send the ``history_s`` seconds before ``until_s`` to ``endpoint``; returns the totals.

    ``wait`` pauses for so many seconds (a server that answers 429 says how long) and returns True to stop early.

    Raises:
        HistoryRefused: the server answered an error, or not at all.
    """
    rng = random.Random(seed)  # noqa: S311 - a seed that repeats is the point
    door = _Door(urlsplit(endpoint), wait)
    filled = Filled()
    under_way: deque[tuple[_Batch, Future[int]]] = deque()
    with ThreadPoolExecutor(_LANES, thread_name_prefix="history") as lanes:
        for batch in batches(past(rng, until_s - history_s, until_s, rate_per_s, scenario)):
            under_way.append((batch, lanes.submit(door.post, batch.documents)))
            if len(under_way) > 2 * _LANES:
                filled = _counted(filled, *under_way.popleft())
                if progress is not None:
                    progress(filled)
                if wait(0.0):
                    break
        while under_way:
            filled = _counted(filled, *under_way.popleft())
    if progress is not None:
        progress(filled)
    return filled


def _counted(filled: Filled, batch: _Batch, answer: Future[int]) -> Filled:
    return replace(
        filled,
        traces=filled.traces + batch.traces,
        documents=filled.documents + len(batch.documents),
        rejected=filled.rejected + answer.result(),
        until_s=batch.until_s,
    )


class _Door:
    """PutTraceSegments over connections that stay open, one a thread."""

    def __init__(self, endpoint: SplitResult, wait: Callable[[float], bool]) -> None:
        self._endpoint = endpoint
        self._wait = wait
        self._lane = threading.local()

    def post(self, documents: list[str]) -> int:
        """Send one batch, again when told to come back later; returns how many documents were rejected."""
        body = msgspec.json.encode({"TraceSegmentDocuments": documents})
        for _ in range(_PATIENCE):
            status, retry_after, answer = self._exchange(body)
            if status == 200:
                return len(msgspec.json.decode(answer).get("UnprocessedTraceSegments", []))
            if status not in (429, 503):
                raise HistoryRefused(
                    f"{self._endpoint.geturl()} answered {status}: {answer[:300].decode(errors='replace')}"
                )
            if self._wait(_seconds(retry_after)):
                return 0
        raise HistoryRefused(f"{self._endpoint.geturl()} said {_PATIENCE} times to come back later")

    def _exchange(self, body: bytes) -> tuple[int, str | None, bytes]:
        headers = {"Content-Type": "application/json"}
        path = f"{self._endpoint.path.rstrip('/')}/TraceSegments"
        for attempt in (1, 2):
            connection: http.client.HTTPConnection | None = getattr(self._lane, "connection", None)
            if connection is None:
                connection = self._lane.connection = self._connect()
            try:
                connection.request("POST", path, body, headers)
                response = connection.getresponse()
                return response.status, response.headers.get("Retry-After"), response.read()
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                self._lane.connection = None
                if attempt == 2:  # an idle connection may have been closed; a new one has no excuse
                    raise HistoryRefused(f"{self._endpoint.geturl()} is not answering: {error}") from error
        raise AssertionError("the second attempt returns or raises")

    def _connect(self) -> http.client.HTTPConnection:
        host = self._endpoint.hostname or "127.0.0.1"
        if self._endpoint.scheme == "https":
            return http.client.HTTPSConnection(host, self._endpoint.port, timeout=_TIMEOUT_S)
        return http.client.HTTPConnection(host, self._endpoint.port, timeout=_TIMEOUT_S)


def _seconds(retry_after: str | None) -> float:
    return float(retry_after) if retry_after is not None and retry_after.isdigit() else 1.0
