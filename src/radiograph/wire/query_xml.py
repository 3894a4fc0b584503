"""Answers of AWS's Query protocol, as IAM and STS speak it: Structs and errors to XML.

A float is a moment, in seconds since the epoch: neither service answers with any other number that has a fraction.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import UNSET

from radiograph.errors import ApiError, Throttled
from radiograph.wire.query_form import decode, read_form

__all__ = ["decode", "encode", "error_code", "error_response", "read_form"]

_CODES = {
    "AccessDeniedException": "AccessDenied",
    "InvalidRequestException": "ValidationError",
    "MalformedPolicyDocumentException": "MalformedPolicyDocument",
    "RequestEntityTooLargeException": "RequestEntityTooLarge",
    "SerializationException": "MalformedQueryString",
    "ThrottledException": "Throttling",
    "UnknownOperationException": "InvalidAction",
}
"""What Query services call the errors that JSON services have too."""
_STATUSES = {"ThrottledException": 400, "UnknownOperationException": 400}
_ESCAPED = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
# XML 1.0 has no way to write these at all.
_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(55296, 57344), 65534, 65535), "�")
_TRANSLATED: dict[int, str] = _ESCAPED | _FORBIDDEN


def encode(operation: str, result: msgspec.Struct | None, namespace: str, request_id: str) -> bytes:
    """Give the body of a successful answer; members that are ``UNSET`` or ``None`` are left out."""
    inside = "" if result is None else _element(f"{operation}Result", "".join(_members(result)))
    told = _element("ResponseMetadata", _element("RequestId", _text(request_id)))
    return f'<{operation}Response xmlns="{namespace}">{inside}{told}</{operation}Response>'.encode()


def error_response(error: ApiError, namespace: str, request_id: str) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Give status, headers and body that make every SDK raise ``error``. Content-Length is left to the sender."""
    status = _STATUSES.get(error.code, error.status)
    members = [
        ("Type", "Sender" if status < 500 else "Receiver"),
        ("Code", error_code(error)),
        ("Message", error.message),
    ]
    said = "".join(_element(name, _text(text)) for name, text in members)
    body = f"{_element('Error', said)}{_element('RequestId', _text(request_id))}"
    headers = [
        (b"content-type", b"text/xml"),
        (b"x-amzn-RequestId", request_id.encode("latin-1", "replace")),
    ]
    if isinstance(error, Throttled):
        headers.append((b"Retry-After", str(error.retry_after_s).encode()))
    return status, headers, f'<ErrorResponse xmlns="{namespace}">{body}</ErrorResponse>'.encode()


def error_code(error: ApiError) -> str:
    """Give what a Query service calls an error: ``query_code`` where it has one."""
    own = getattr(error, "query_code", None)
    return own if isinstance(own, str) else _CODES.get(error.code, error.code)


def _members(struct: msgspec.Struct) -> Iterator[str]:
    for field in msgspec.structs.fields(type(struct)):
        value = getattr(struct, field.name)
        if value is not None and value is not UNSET:
            yield _element(field.encode_name, _value(value))


def _value(value: Any) -> str:
    match value:
        case msgspec.Struct():
            return "".join(_members(value))
        case bool():
            return "true" if value else "false"
        case float():
            return _moment(value)
        case list() | tuple():
            return "".join(_element("member", _value(one)) for one in value)
        case dict():
            return "".join(
                _element("entry", _element("key", _value(key)) + _element("value", _value(one)))
                for key, one in value.items()
            )
        case _:
            return _text(str(value))


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _element(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>" if inside else f"<{name}/>"


def _text(text: str) -> str:
    return text.translate(_TRANSLATED)
