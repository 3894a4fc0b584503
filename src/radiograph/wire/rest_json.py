"""REST-JSON as X-Ray speaks it: request bodies to Structs, Structs and errors to answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import NoReturn, TypeVar

import msgspec

from radiograph.errors import ApiError, InvalidRequest, Serialization, Throttled
from radiograph.model.segments import PutTraceSegmentsRequest
from radiograph.wire.refusal import refusal

__all__ = ["decode", "decode_documents", "encode", "error_response"]

S = TypeVar("S", bound=msgspec.Struct)

_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_DOCUMENTS = "TraceSegmentDocuments"
_encoder = msgspec.json.Encoder()


def decode(type_: type[S], body: bytes) -> S:
    """The request that ``body`` holds; an empty body is ``{}``.

    Optional members that are ``null`` are absent, and required ones missing; unknown members are ignored.

    Raises:
        Serialization: the body is not JSON, or a member has the wrong JSON type.
        InvalidRequest: a required member is missing, or a value breaks a constraint of the service model.
    """
    try:
        request: S = _decoder(type_).decode(body or b"{}")
    except _UNREADABLE as error:
        raise refusal(error, type_, body or b"{}") from None
    return request


def decode_documents(body: bytes) -> Sequence[str | None]:
    """The documents of a PutTraceSegments request, in order; ``None`` where one is not a decodable string.

    Such an element is a JSON string with a lone surrogate or with bytes that are not UTF-8: it spoils itself only.

    Raises:
        Serialization: the body as a whole is not JSON or not an object.
        InvalidRequest: the list of documents is missing, or is not a list of strings.
    """
    try:
        request: PutTraceSegmentsRequest = _decoder(PutTraceSegmentsRequest).decode(body or b"{}")
    except msgspec.ValidationError as error:
        _refuse_documents(error, body)
    except _UNREADABLE as error:
        return _documents_one_by_one(error, body)
    return request.trace_segment_documents


def encode(result: msgspec.Struct) -> bytes:
    """The body of a successful answer, UTF-8 JSON; members that are ``UNSET`` are left out."""
    return _encoder.encode(result)


def error_response(error: ApiError, request_id: str) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Status, headers and body that make every SDK raise ``error``.

    SDKs differ in where they look, so the code is in a header and in ``__type``, the message in ``message`` and
    ``Message``. The header Content-Length is left to whoever sends the answer.
    """
    headers = [
        (b"content-type", b"application/json"),
        (b"x-amzn-RequestId", request_id.encode("latin-1", "replace")),
        (b"x-amzn-ErrorType", error.code.encode("latin-1", "replace")),
    ]
    if isinstance(error, Throttled):
        headers.append((b"Retry-After", str(error.retry_after_s).encode()))
    members = {"__type": error.code, "message": error.message, "Message": error.message, **error.members}
    printable = {name: text.encode("utf-8", "replace").decode() for name, text in members.items()}
    return error.status, headers, _encoder.encode(printable)


@cache
def _decoder(type_: type[S]) -> msgspec.json.Decoder[S]:
    return msgspec.json.Decoder(type_)


def _refuse_documents(error: BaseException, body: bytes) -> NoReturn:
    found = refusal(error, PutTraceSegmentsRequest, body or b"{}")
    if isinstance(found, Serialization) and f"$.{_DOCUMENTS}" in found.message:
        raise InvalidRequest(found.message) from None
    raise found from None


def _documents_one_by_one(error: BaseException, body: bytes) -> list[str | None]:
    """The documents as the standard library reads them.

    msgspec refuses the whole body for one bad string, even under ``Raw``; the standard library carries lone surrogates
    and, by ``surrogateescape``, foreign bytes through, so the element they are in can be told.
    """
    try:
        request = json.loads(body.decode("utf-8", "surrogateescape"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise refusal(error, PutTraceSegmentsRequest, body) from None
    if isinstance(request, dict):
        request = {name: value for name, value in request.items() if name == _DOCUMENTS}
    try:
        documents = msgspec.convert(request, PutTraceSegmentsRequest).trace_segment_documents
    except msgspec.ValidationError as problem:
        _refuse_documents(problem, body)
    return [text if _is_unicode(text) else None for text in documents]


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
