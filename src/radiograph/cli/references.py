"""A trace's id in any of the forms people copy from somewhere."""

from __future__ import annotations

import re

__all__ = ["trace_id"]

_XRAY = re.compile(r"1-[0-9a-f]{8}-[0-9a-f]{24}")
_ROOT = re.compile(r"(?:^|[;\s:])root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|\s|$)")
_TRACEPARENT = re.compile(r"(?:traceparent\s*[:=]\s*)?[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
_W3C = re.compile(r"[0-9a-f]{32}")


def trace_id(text: str) -> str:
    """Return the X-Ray trace id that a text names.

    It may be an X-Ray id, a W3C trace id (32 hex digits), an ``X-Amzn-Trace-Id`` header with ``Root=``, or a
    ``traceparent``.

    Raises:
        ValueError: it is none of these.
    """
    plain = text.strip().strip("\"'").lower()
    if _XRAY.fullmatch(plain):
        return plain
    if found := _ROOT.search(plain):
        return found[1]
    if found := _TRACEPARENT.fullmatch(plain):
        return f"1-{found[1][:8]}-{found[1][8:]}"
    if _W3C.fullmatch(plain):
        return f"1-{plain[:8]}-{plain[8:]}"
    raise ValueError(
        f"'{text}' is not a trace id; accepted are 1-<8 hex>-<24 hex>, 32 hex digits, "
        "an X-Amzn-Trace-Id header with Root=…, or a traceparent"
    )
