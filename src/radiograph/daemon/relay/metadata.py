"""What the machine we run on says of itself: the ECS agent's file, and EC2's metadata service."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from radiograph.telemetry import log

__all__ = ["Ec2Metadata", "region_of_ecs"]

_SERVICE = "http://169.254.169.254"
_TIMEOUT_S = 1.0
_MOST_IN_ALL_S = 2.0
_MOST_BYTES = 4096


class Ec2Metadata:
    """EC2's metadata service; elsewhere than on EC2 nothing answers there, so nobody waits for it long, nor twice."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._off = environment.get("AWS_EC2_METADATA_DISABLED", "").lower() == "true"
        url = urlsplit(environment.get("AWS_EC2_METADATA_SERVICE_ENDPOINT") or _SERVICE)
        self._host, self._port = url.hostname or "", url.port or 80
        self._token: str | None = None

    def get(self, path: str) -> str:
        """Give what is at ``latest/meta-data/<path>``, or an empty text."""
        if self._off:
            return ""
        until = time.monotonic() + _MOST_IN_ALL_S
        try:
            if self._token is None:
                self._token = self._ask(
                    "PUT", "/latest/api/token", {"X-aws-ec2-metadata-token-ttl-seconds": "21600"}, until
                )
            # Without a token it is asked as the first version of the service was.
            headers = {"X-aws-ec2-metadata-token": self._token} if self._token else {}
            return self._ask("GET", f"/latest/meta-data/{path}", headers, until)
        except (OSError, http.client.HTTPException) as error:
            log.debug("EC2's metadata service does not answer: %s", error)
            self._off = True
            return ""

    def _ask(self, method: str, path: str, headers: dict[str, str], until: float) -> str:
        timeout = min(_TIMEOUT_S, until - time.monotonic())
        if timeout <= 0:
            raise TimeoutError(f"no answer within {_MOST_IN_ALL_S:g} s")
        connection = http.client.HTTPConnection(self._host, self._port, timeout=timeout)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            body = answer.read(_MOST_BYTES)
        finally:
            connection.close()
        return body.decode("latin-1").strip() if answer.status == 200 else ""


class _Task(msgspec.Struct):
    arn: str = msgspec.field(default="", name="TaskARN")


def region_of_ecs(environment: Mapping[str, str]) -> str:
    """Give the region in the ARN of the ECS task we run in, or an empty text.

    Source: aws-xray-daemon, "conn": ``ECS_CONTAINER_METADATA_FILE``, when ``ECS_ENABLE_CONTAINER_METADATA`` is true.
    """
    if environment.get("ECS_ENABLE_CONTAINER_METADATA", "").lower() != "true":
        return ""
    file = environment.get("ECS_CONTAINER_METADATA_FILE", "")
    try:
        arn = msgspec.json.decode(Path(file).read_bytes(), type=_Task).arn
    except (OSError, msgspec.MsgspecError, UnicodeError) as error:
        log.error("the metadata of the ECS container cannot be read from %r: %s", file, error)
        return ""
    parts = arn.split(":")
    return parts[3] if len(parts) > 5 else ""
