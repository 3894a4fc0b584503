"""Signatures for servers where everybody signs, with the credentials and the region that AWS's own tools would find.

botocore is loaded when a server first asks for a signature, because most do not, and a command should start at once.
"""

from __future__ import annotations

import json
from typing import Any

__all__ = ["HOW", "Signer", "asks_for_signature", "find_signer"]

HOW = "export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, of somebody who may"
_REGION = "us-east-1"
_MISSING = "MissingAuthenticationToken"


class Signer:
    """Signs requests to X-Ray's operations."""

    def __init__(self, credentials: Any, region: str) -> None:
        self._credentials, self._region = credentials, region

    def headers(self, method: str, url: str, body: bytes, content_type: str) -> dict[str, str]:
        """Give the headers of a request, its signature among them; credentials that expire are renewed."""
        from botocore.auth import SigV4Auth  # type: ignore[import-untyped]
        from botocore.awsrequest import AWSRequest  # type: ignore[import-untyped]

        request = AWSRequest(method, url, {"Content-Type": content_type}, body)
        SigV4Auth(self._credentials.get_frozen_credentials(), "xray", self._region).add_auth(request)
        return dict(request.headers.items())


def find_signer() -> Signer | None:
    """Give whoever the environment, the profile or the machine says we are; None for nobody."""
    from botocore.exceptions import BotoCoreError  # type: ignore[import-untyped]
    from botocore.session import Session  # type: ignore[import-untyped]

    try:
        session = Session()
        credentials = session.get_credentials()
        region = session.get_config_variable("region") or _REGION
    except BotoCoreError:
        return None
    return None if credentials is None else Signer(credentials, region)


def asks_for_signature(status: int, body: bytes, told: str | None) -> bool:
    """Whether an answer says that the request was not signed; ``told`` is the header that names the error."""
    if status not in (401, 403):
        return False
    if told is not None:
        return told.startswith(_MISSING)
    try:
        return _MISSING in str(json.loads(body).get("__type", ""))
    except (ValueError, AttributeError):
        return False
