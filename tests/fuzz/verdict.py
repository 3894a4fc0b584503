"""What an answer must be, whatever was asked."""

from __future__ import annotations

import json
from typing import Any

from botocore.parsers import create_parser

from tests.fuzz.requests import Request
from tests.model.constraints import XRAY

__all__ = ["ANNOUNCED", "Headers", "complaint"]

Headers = dict[str, str]
"""By name, in lower case."""

ANNOUNCED = "NotImplemented"
"""The code of what this release says it does not answer: counted, and no failure."""

COMMON = {
    "InvalidRequestException",  # PutResourcePolicy does not declare it, but has members that can be wrong
    "SerializationException",
    "UnknownOperationException",
    "RequestEntityTooLargeException",
    ANNOUNCED,
}
_parser = create_parser("rest-json")


def complaint(request: Request, status: int, headers: Headers, body: bytes) -> str | None:
    """Give what is wrong with an answer, or None."""
    try:
        told = json.loads(body)
    except ValueError:
        return "the body is not JSON"
    if not isinstance(told, dict):
        return "the body is no object"
    if headers.get("content-type") != "application/json" or not headers.get("x-amzn-requestid"):
        return "Content-Type or x-amzn-RequestId is missing"
    return _answer(request, status, headers, body) if status == 200 else _error(request, status, headers, told)


def _answer(request: Request, status: int, headers: Headers, body: bytes) -> str | None:
    if request.operation is None:
        return "there is no such operation, and it was answered"
    shape = XRAY.operation_model(request.operation).output_shape
    try:
        _parser.parse({"status_code": status, "headers": headers, "body": body}, shape)
    except Exception as error:  # whatever it is, a client would see it
        return f"botocore cannot read it: {error!r}"
    return None


def _error(request: Request, status: int, headers: Headers, told: dict[str, Any]) -> str | None:
    code, message = told.get("__type"), told.get("message")
    if not isinstance(code, str) or not isinstance(message, str) or not message or told.get("Message") != message:
        return "__type, message or Message is missing"
    if headers.get("x-amzn-errortype") != code:
        return "x-amzn-ErrorType is not __type"
    if code == ANNOUNCED and status == 501:
        return None
    if not 400 <= status < 500:
        return f"the status is {status}"
    declared = (
        {one.name for one in XRAY.operation_model(request.operation).error_shapes} if request.operation else set()
    )
    if code not in declared | COMMON:
        return f"{code} is no error of {request.operation}"
    return None
