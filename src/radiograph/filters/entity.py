"""What one segment or subsegment says, as decoded JSON: its flags and times, its request, and what it ran on.

The same facts as the columns of a stored document, asked of the document itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["latest_us", "microseconds", "seen", "waits", "where"]

_LATEST_S = 4_102_444_800.0  # 2100: an embedded subsegment's times are not checked at the door
_NONE: Mapping[str, Any] = {}
_REQUEST = {
    "http.url": "url",
    "http.method": "method",
    "http.useragent": "user_agent",
    "http.clientip": "client_ip",
}


def seen(entity: Mapping[str, Any] | None, name: str) -> Any:
    """Give the entity's flag, time or part of its request by keyword; None when it has none.

    Of no entity no flag is up, and nothing else has a value.
    """
    if entity is None:
        return False if name in ("ok", "error", "throttle", "fault") else None
    http = entity.get("http", _NONE)
    match name:
        case "ok" | "error" | "throttle" | "fault":
            status = http.get("response", _NONE).get("status", 0)
            error = entity.get("error", 400 <= status < 500)
            throttle = entity.get("throttle", status == 429)
            fault = entity.get("fault", status >= 500)
            if name == "ok":
                return "end_time" in entity and not (error or throttle or fault)
            return error if name == "error" else throttle if name == "throttle" else fault
        case "responsetime" | "duration":
            if "end_time" not in entity:
                return None
            start_us = microseconds(entity["start_time"])
            if name == "duration":
                return (latest_us(entity) - start_us) / 1e6
            return (max(microseconds(entity["end_time"]), start_us) - start_us) / 1e6
        case "http.status":
            return http.get("response", _NONE).get("status") or None
    return http.get("request", _NONE).get(_REQUEST[name]) or None


def where(document: Mapping[str, Any], name: str) -> Sequence[str | None]:
    """Give who asked, or what it ran on, by keyword."""
    aws = document.get("aws", _NONE)
    match name:
        case "user":
            return (document.get("user") or None,)
        case "availabilityzone":
            return (aws.get("ec2", _NONE).get("availability_zone") or None,)
        case "instance.id":
            return (aws.get("ec2", _NONE).get("instance_id") or None,)
    return (document.get("resource_arn") or None, aws.get("function_arn") or None)


def waits(subsegment: Mapping[str, Any]) -> bool:
    """Whether the callee will send its own segment, so that none is inferred meanwhile."""
    return bool(subsegment.get("traced")) or bool(subsegment.get("http", _NONE).get("request", _NONE).get("traced"))


def latest_us(document: Mapping[str, Any]) -> int:
    """Give the latest end of anything inside; never before the document begins."""
    latest = microseconds(document["start_time"])
    stack = [document]
    while stack:
        entity = stack.pop()
        latest = max(latest, microseconds(entity["end_time"] if "end_time" in entity else entity["start_time"]))
        stack += entity.get("subsegments", ())
    return latest


def microseconds(seconds: float) -> int:
    """Give a moment in whole microseconds since the epoch."""
    return int(min(max(seconds, 0.0), _LATEST_S) * 1_000_000)
