"""Signed requests as every kind of caller would send them, made by botocore's signer."""

from __future__ import annotations

import base64
import http.client
import re
import time
from typing import NamedTuple

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

REGION = "us-east-1"
_IDLE_S = 30.0
"""After which a connection is made anew: the server drops one that nothing was asked on for 75."""
_CODE = re.compile(rb"<Code>([^<]+)</Code>")


class Answer(NamedTuple):
    """What a server says; ``code`` is the error's, in JSON's words whatever the service."""

    status: int
    code: str
    body: bytes


class Asker:
    """One connection to a server."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._connection = f"{host}:{port}", http.client.HTTPConnection(host, port, timeout=60)
        self._asked = time.monotonic()

    def send(self, path: str, body: bytes, headers: dict[str, str], method: str = "POST") -> Answer:
        """Give the answer to what is posted, or asked otherwise."""
        if time.monotonic() - self._asked > _IDLE_S:
            self._connection.close()
        self._connection.request(method, path, body, {"Host": self._host, **headers})
        told = self._connection.getresponse()
        text = told.read()
        self._asked = time.monotonic()
        found = _CODE.search(text)
        code = told.getheader("x-amzn-ErrorType") or (found[1].decode() if found else "")
        return Answer(told.status, code.split(":")[0], text)

    def sign(
        self,
        path: str,
        body: bytes,
        credentials: Credentials | None,
        service: str = "xray",
        region: str = REGION,
        ahead_s: float = 0.0,
        method: str = "POST",
    ) -> dict[str, str]:
        """Give the headers of a request; of an unsigned one none."""
        if credentials is None:
            return {}
        request = AWSRequest(method, f"http://{self._host}{path}", data=body)
        signer = SigV4Auth(credentials, service, region)
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(time.time() + ahead_s))
        request.context["timestamp"] = request.headers["X-Amz-Date"] = stamp
        if credentials.token:
            request.headers["X-Amz-Security-Token"] = credentials.token
        to_sign = signer.string_to_sign(request, signer.canonical_request(request))
        signer._inject_signature_to_request(request, signer.signature(to_sign, request))
        return dict(request.headers.items())

    def ask(self, path: str, body: bytes, credentials: Credentials | None, **how: object) -> Answer:
        """Give the answer to what a caller asks."""
        return self.send(path, body, self.sign(path, body, credentials, **how))  # type: ignore[arg-type]


def basic(credentials: Credentials) -> dict[str, str]:
    """Give the headers of somebody who cannot sign."""
    named = base64.b64encode(f"{credentials.access_key}:{credentials.secret_key}".encode()).decode()
    return {"Authorization": f"Basic {named}"}
