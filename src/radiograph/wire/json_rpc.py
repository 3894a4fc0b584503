"""JSON 1.1 as CloudTrail and KMS speak it: an operation named by a header, posted to ``/``; errors as SDKs read."""

from __future__ import annotations

import msgspec

from radiograph.errors import ApiError, Throttled

__all__ = ["CLOUDTRAIL_TARGET", "CONTENT_TYPE", "error_response"]

CLOUDTRAIL_TARGET = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101."
"""What stands before an operation's name in ``X-Amz-Target``."""

CONTENT_TYPE = (b"content-type", b"application/x-amz-json-1.1")

_CODES = {"ThrottledException": "ThrottlingException"}
_encode = msgspec.json.Encoder().encode


def error_response(error: ApiError, request_id: str) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Give status, headers and body that make every SDK raise ``error``; whatever the caller did wrong is a 400."""
    headers = [CONTENT_TYPE, (b"x-amzn-RequestId", request_id.encode("latin-1", "replace"))]
    if isinstance(error, Throttled):
        headers.append((b"Retry-After", str(error.retry_after_s).encode()))
    told = {"__type": _CODES.get(error.code, error.code), "message": error.message.encode("utf-8", "replace").decode()}
    return 400 if error.status < 500 else error.status, headers, _encode(told)
