"""A small client of the server's API: typed requests in, typed results out, and errors that say what to do."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from email.message import Message
from types import TracebackType
from typing import TypeVar
from urllib.parse import urlsplit

import click
import msgspec

from radiograph import model
from radiograph.transfer.signing import HOW, Signer, asks_for_signature, find_signer

__all__ = ["Answer", "ApiRefusal", "Client", "ServerAbsent"]

R = TypeVar("R", bound=msgspec.Struct)

_JSON = "application/json"


class ServerAbsent(click.ClickException):
    """Nothing answers at the endpoint; the message says how to change that."""


class ApiRefusal(click.ClickException):
    """The server answered with an error; the message carries its code, its text and the request id."""

    def __init__(self, status: int, code: str, text: str, request_id: str | None) -> None:
        super().__init__(f"{code} ({status}): {text}" + (f" [request id {request_id}]" if request_id else ""))
        self.status = status
        self.code = code
        self.request_id = request_id


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response, read to its end."""

    status: int
    headers: Message
    body: bytes


class _ErrorBody(msgspec.Struct):
    """The body of an error; AWS writes ``Message`` or ``message``."""

    upper: str | None = msgspec.field(default=None, name="Message")
    lower: str | None = msgspec.field(default=None, name="message")
    type: str | None = msgspec.field(default=None, name="__type")


class Client:
    """One connection to a server, kept open between calls; close it, or use it in a ``with`` block."""

    def __init__(self, endpoint: str, timeout_s: float = 15.0) -> None:
        self.endpoint = endpoint
        parts = urlsplit(endpoint)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise click.UsageError(f"--endpoint '{endpoint}' is not a URL such as http://127.0.0.1:2000")
        self.host: str = parts.hostname
        self.port: int = parts.port or (443 if parts.scheme == "https" else 80)
        self._prefix = parts.path.rstrip("/")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(self.host, self.port, timeout=timeout_s)
        self._address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{self._prefix}"
        self._signer: Signer | None = None

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; a later call opens another."""
        self._connection.close()

    def put_trace_segments(self, request: model.PutTraceSegmentsRequest) -> model.PutTraceSegmentsResult:
        """Return the documents that were not taken."""
        return self._call("/TraceSegments", request, model.PutTraceSegmentsResult)

    def get_trace_summaries(self, request: model.GetTraceSummariesRequest) -> model.GetTraceSummariesResult:
        """Return one page of summaries."""
        return self._call("/TraceSummaries", request, model.GetTraceSummariesResult)

    def batch_get_traces(self, request: model.BatchGetTracesRequest) -> model.BatchGetTracesResult:
        """Return traces in full."""
        return self._call("/Traces", request, model.BatchGetTracesResult)

    def get_service_graph(self, request: model.GetServiceGraphRequest) -> model.GetServiceGraphResult:
        """Return one page of the service graph."""
        return self._call("/ServiceGraph", request, model.GetServiceGraphResult)

    def get_trace_graph(self, request: model.GetTraceGraphRequest) -> model.GetTraceGraphResult:
        """Return the graph of these traces alone."""
        return self._call("/TraceGraph", request, model.GetTraceGraphResult)

    def exchange(self, method: str, path: str, body: bytes | None = None) -> Answer:
        """Return the answer to one request, whatever its status; it is signed once the server has asked for that.

        Raises:
            ServerAbsent: there was no answer.
        """
        answer = self._exchange(method, path, body)
        if self._signer is None and asks_for_signature(
            answer.status, answer.body, answer.headers.get("x-amzn-ErrorType")
        ):
            self._signer = find_signer()
            if self._signer is not None:
                answer = self._exchange(method, path, body)
        return answer

    def _exchange(self, method: str, path: str, body: bytes | None) -> Answer:
        headers = {"Content-Type": _JSON}
        if self._signer is not None:
            headers = self._signer.headers(method, self._address + path, body or b"", _JSON)
        # A connection the server closed while it was idle is opened once more; a new one that fails is the answer.
        for fresh in (self._connection.sock is None, True):
            try:
                self._connection.request(method, self._prefix + path, body, headers)
                response = self._connection.getresponse()
                return Answer(response.status, response.headers, response.read())
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                if fresh or isinstance(error, TimeoutError):
                    raise ServerAbsent(self._absent(error)) from error
        raise AssertionError("the second attempt returns or raises")

    def _call(self, path: str, request: msgspec.Struct, result: type[R]) -> R:
        answer = self.exchange("POST", path, msgspec.json.encode(request))
        if answer.status != 200:
            raise _refusal(answer)
        try:
            return msgspec.json.decode(answer.body, type=result)
        except msgspec.DecodeError as error:
            raise ServerAbsent(f"{self.endpoint} answers, but not as a Radiograph server does: {error}") from error

    def _absent(self, error: Exception) -> str:
        if isinstance(error, TimeoutError):
            return f"{self.endpoint} did not answer in time; the server may be starting or overloaded: try again"
        return (
            f"no server answers at {self.endpoint} ({error}). Start one with 'radiograph serve', "
            "or name another with --endpoint or RADIOGRAPH_ENDPOINT"
        )


def _refusal(answer: Answer) -> ApiRefusal:
    try:
        body = msgspec.json.decode(answer.body, type=_ErrorBody)
    except msgspec.DecodeError:
        body = _ErrorBody(upper=answer.body[:200].decode(errors="replace") or "no message")
    told = answer.headers.get("x-amzn-ErrorType")
    code = told or body.type or str(answer.status)
    text = body.upper or body.lower or "no message"
    if asks_for_signature(answer.status, answer.body, told):
        text += f". Everybody signs there: {HOW}"
    return ApiRefusal(
        answer.status,
        code.split(":")[0].split("#")[-1],
        text,
        answer.headers.get("x-amzn-RequestId"),
    )
