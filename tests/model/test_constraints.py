"""Every constraint of botocore's service model, broken one at a time: the server says so, and names the member."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any, cast

import pytest

from radiograph.api.answer import answer, failure
from radiograph.api.xray.operations import OPERATIONS, PUT_TRACE_SEGMENTS
from radiograph.api.xray.segments import put_trace_segments
from radiograph.errors import ApiError
from radiograph.ingest import Door
from radiograph.wire import decode, decode_documents
from tests.api.desk import Desk
from tests.model.constraints import XRAY, Case, cases, holding, members, minimal, valid

CASES = [case for name in XRAY.operation_names for case in cases(name)]
PATHS = {operation.name: path for path, operation in OPERATIONS.items()}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("desk") / "settings.sqlite3")
    yield made
    made.context.retrievals.stop()
    made.changes.close()
    made.settings.close()


def ask(desk: Desk, operation: str, request: Any) -> tuple[int, dict[bytes, bytes], Any]:
    """Give status, headers and members of an answer."""
    body = json.dumps(request).encode()
    if operation == PUT_TRACE_SEGMENTS.name:
        try:
            asyncio.run(put_trace_segments(body, desk.context.account, cast("Door", None)))
        except ApiError as error:
            status, headers, told = failure(error, "a-request")
    else:
        status, headers, told = answer("POST", PATHS[operation], "a-request", body, desk.context)
    return status, dict(headers), json.loads(told)


def read(operation: str, request: Any) -> None:
    """Decode a request as the server does."""
    body = json.dumps(request).encode()
    takes = OPERATIONS[PATHS[operation]].request
    if takes is None:
        decode_documents(body)
    else:
        decode(takes, body)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_request_that_breaks_a_constraint_is_refused(desk: Desk, case: Case) -> None:
    status, headers, told = ask(desk, case.operation, case.request)
    assert status == 400, told
    assert told["__type"] in ("InvalidRequestException", "SerializationException")
    assert headers[b"x-amzn-ErrorType"].decode() == told["__type"]
    assert headers[b"content-type"] == b"application/json"
    assert headers[b"x-amzn-RequestId"] == b"a-request"
    assert told["message"] == told["Message"]
    assert case.member.name in told["message"]


@pytest.mark.parametrize("operation", XRAY.operation_names)
def test_a_request_that_keeps_them_all_can_be_read(operation: str) -> None:
    read(operation, minimal(operation))
    for member in members(operation):
        read(operation, holding(operation, member.path, valid(member.shape)))


@pytest.mark.parametrize("operation", XRAY.operation_names)
def test_what_may_be_left_out_may_be_null_too(operation: str) -> None:
    for member in members(operation):
        if not member.required and isinstance(member.path[-1], str) and member.path[-1] not in ("key", "value"):
            read(operation, holding(operation, member.path, None))


def test_every_kind_of_constraint_is_among_them() -> None:
    assert len(CASES) > 800
    kinds = {case.broken.split()[0] for case in CASES}
    assert kinds == {"is", "null", "missing", "enum", "pattern", "min", "max"}
