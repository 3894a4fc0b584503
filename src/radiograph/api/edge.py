"""The edge of a service: whatever goes wrong behind it, the caller gets an error of the API, and the rest is ours."""

from __future__ import annotations

from radiograph.errors import ApiError, InternalFailure
from radiograph.telemetry import Counters, log

from .seen import Seen

__all__ = ["api_error", "failed"]


def failed(error: Exception, request_id: str, seen: Seen, counters: Counters) -> ApiError:
    """Give what the caller is told of an error; it is noted for the audit, and counted when the fault is ours."""
    seen.error = error
    counters.add("http.failed", not isinstance(error, ApiError))
    return api_error(error, request_id)


def api_error(error: Exception, request_id: str) -> ApiError:
    """Give what the caller is told of an error; what only we may know goes to the log."""
    if isinstance(error, ApiError):
        if error.message != str(error):
            log.error("request %s: %s", request_id, error)
        return error
    log.error("request %s failed", request_id, exc_info=error)
    return InternalFailure(f"the server failed; its log has the reason under {request_id}")
