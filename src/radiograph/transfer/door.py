"""The way into a server: what it is too busy for is sent again, what it refuses is told."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Sequence
from email.message import Message
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from radiograph.model.segments import PutTraceSegmentsRequest, PutTraceSegmentsResult, UnprocessedTraceSegment

from .signing import Signer, asks_for_signature, find_signer

__all__ = ["Answer", "Door", "NotTaken", "Unanswered", "Wait", "message_of"]

R = TypeVar("R", bound=msgspec.Struct)
Wait = Callable[[float], bool]
"""Pauses for so many seconds; True asks to stop."""

_TIMEOUT_S = 60.0
_PATIENCE = 14
_FIRST_PAUSE_S, _LONGEST_PAUSE_S, _LONGEST_ASKED_S = 0.25, 5.0, 30.0
_LATER = frozenset([429, 500, 502, 503, 504])
_SHOWN = 300


class Unanswered(Exception):
    """The server is not there, or has said "later" for too long; the message says which."""


class NotTaken(Exception):
    """The server refused a request as a whole."""

    def __init__(self, endpoint: str, path: str, status: int, message: str) -> None:
        super().__init__(f"{endpoint}{path} answered {status}: {message}")
        self.status = status
        self.message = message


class Answer(msgspec.Struct, frozen=True):
    """An answer, read to its end."""

    status: int
    headers: Message
    body: bytes


class _Error(msgspec.Struct):
    upper: str | None = msgspec.field(default=None, name="Message")
    lower: str | None = msgspec.field(default=None, name="message")


class Door:
    """Posts to one server, over connections that stay open, one a thread."""

    def __init__(self, endpoint: str, wait: Wait) -> None:
        """Take the server's address, such as ``http://127.0.0.1:2000``.

        Raises: ValueError for what is none.
        """
        parts = urlsplit(endpoint)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"'{endpoint}' is not a URL such as http://127.0.0.1:2000")
        self.endpoint = endpoint.rstrip("/")
        self._host, self._port, self._prefix = parts.hostname, parts.port, parts.path.rstrip("/")
        self._kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{self._prefix}"
        self._signer: Signer | None = None
        self._wait = wait
        self._has_answered = False
        self._lane = threading.local()

    def put(self, documents: Sequence[str]) -> list[UnprocessedTraceSegment]:
        """Send segment documents; returns those that were not taken.

        Raises: Unanswered, NotTaken.
        """
        request = PutTraceSegmentsRequest(trace_segment_documents=list(documents))
        return self.call("/TraceSegments", request, PutTraceSegmentsResult).unprocessed_trace_segments

    def call(self, path: str, request: msgspec.Struct, result: type[R]) -> R:
        """Give an operation's result.

        Raises: Unanswered, NotTaken.
        """
        answer = self.post(path, msgspec.json.encode(request))
        try:
            return msgspec.json.decode(answer.body, type=result)
        except msgspec.DecodeError as error:
            raise Unanswered(f"{self.endpoint} answers, but not as a Radiograph server does: {error}") from error

    def post(self, path: str, body: bytes, content_type: str = "application/json") -> Answer:
        """Give a successful answer; what the server has no room or no time for is sent again, later and later.

        Raises: Unanswered, NotTaken.
        """
        trouble = ""
        for attempt in range(_PATIENCE):
            asked_s: str | None = None
            try:
                answer = self._exchange(path, body, content_type)
            except (OSError, http.client.HTTPException) as error:
                trouble = f"is not answering: {error}"
                if not self._has_answered:
                    break
            else:
                self._has_answered = True
                if answer.status < 300:
                    return answer
                if answer.status not in _LATER:
                    raise NotTaken(self.endpoint, path, answer.status, message_of(answer.body))
                asked_s = answer.headers.get("Retry-After")
                trouble = f"answered {answer.status}: {message_of(answer.body)}"
            if self._wait(_pause_s(attempt, asked_s)):
                raise Unanswered(f"{self.endpoint} {trouble}")
        raise Unanswered(f"{self.endpoint} {trouble}")

    def _exchange(self, path: str, body: bytes, content_type: str) -> Answer:
        answer = self._send(path, body, content_type)
        told = answer.headers.get("x-amzn-ErrorType")
        if self._signer is None and asks_for_signature(answer.status, answer.body, told):
            self._signer = find_signer()
            if self._signer is not None:
                answer = self._send(path, body, content_type)
        return answer

    def _send(self, path: str, body: bytes, content_type: str) -> Answer:
        headers = {"Content-Type": content_type}
        if self._signer is not None:
            headers = self._signer.headers("POST", self._address + path, body, content_type)
        connection: http.client.HTTPConnection | None = getattr(self._lane, "connection", None)
        # A connection that was idle may have been closed; a new one has no excuse.
        for is_new in (False, True) if connection is not None else (True,):
            if connection is None or is_new:
                connection = self._lane.connection = self._kind(self._host, self._port, timeout=_TIMEOUT_S)
            try:
                connection.request("POST", self._prefix + path, body, headers)
                response = connection.getresponse()
                return Answer(response.status, response.headers, response.read())
            except (OSError, http.client.HTTPException):
                connection.close()
                self._lane.connection = None
                if is_new:
                    raise
        raise AssertionError("a new connection answers or raises")


def message_of(body: bytes) -> str:
    """Give what the body of an error says to people."""
    try:
        error = msgspec.json.decode(body, type=_Error)
    except msgspec.DecodeError:
        error = _Error()
    text = error.upper or error.lower or body[:_SHOWN].decode(errors="replace")
    return "".join(each for each in text if each.isprintable())[:_SHOWN] or "nothing"


def _pause_s(attempt: int, asked_s: str | None) -> float:
    own_s = min(_FIRST_PAUSE_S * 2.0**attempt, _LONGEST_PAUSE_S)
    if asked_s is None or not asked_s.isascii() or not asked_s.isdigit():
        return own_s
    return min(max(own_s, float(asked_s[:6])), _LONGEST_ASKED_S)
