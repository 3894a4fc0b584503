"""A Lambda function that knows nothing of tracing: it calls what the event names, and fails when told to."""

from __future__ import annotations

from typing import Any

import requests


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer as functions behind API Gateway do."""
    for number in range(event.get("calls", 1)):
        requests.get(f"{event['url']}/status/{200 + number % 2}", timeout=30)
    if event.get("fail"):
        raise RuntimeError("the function fails")
    return {"statusCode": 200, "body": ""}
