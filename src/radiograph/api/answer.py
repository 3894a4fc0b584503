"""An operation, answered: decode → call → encode. Blocks; runs on whatever thread the assembly gives it."""

from __future__ import annotations

from radiograph.asgi import Headers
from radiograph.errors import UnknownOperation
from radiograph.wire import decode, encode, error_response

from .context import Context
from .edge import api_error, failed
from .explore import QUESTIONS
from .seen import Seen
from .xray import OPERATIONS
from .xray.permissions import permit

__all__ = ["JSON", "answer", "failure"]

JSON = (b"content-type", b"application/json")


def answer(
    method: str, path: str, request_id: str, body: bytes, context: Context, seen: Seen | None = None
) -> tuple[int, Headers, bytes]:
    """Give status, headers and body of the answer to a request; never raises."""
    seen = seen or Seen()
    try:
        return 200, [JSON, (b"x-amzn-RequestId", request_id.encode())], _answer(method, path, body, context, seen)
    except Exception as error:  # the edge: whatever went wrong, the caller gets a well-formed answer
        return error_response(failed(error, request_id, seen, context.counters), request_id)


def failure(error: Exception, request_id: str) -> tuple[int, Headers, bytes]:
    """Give the answer that says so; what only we may know goes to the log."""
    return error_response(api_error(error, request_id), request_id)


def _answer(method: str, path: str, body: bytes, context: Context, seen: Seen) -> bytes:
    question = QUESTIONS.get(path)
    if question is not None and method == "POST":
        context.rates.take(question.name)
        asked = decode(question.request, body)
        for needed in question.needs:
            permit(needed, asked, context)
        return encode(question.answer(asked, context))
    operation = OPERATIONS.get(path)
    if operation is None or operation.answer is None or operation.request is None or method != "POST":
        raise UnknownOperation(f"there is no operation at {method} {path}; X-Ray's 38 are posted to their paths")
    context.rates.take(operation.name)
    request = seen.request = decode(operation.request, body)
    permit(operation.name, request, context)
    seen.ready()
    result = seen.result = operation.answer(request, context)
    return encode(result)
