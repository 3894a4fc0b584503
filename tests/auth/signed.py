"""Requests as they come over the wire, signed by botocore, which is an independent signer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from radiograph.auth.sigv4 import Claim, check_claim, read_authorization, read_presigned, verify

KEY, SECRET = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
HOST = "xray.example.com:2000"


class Wire(NamedTuple):
    """A request as a server gets it."""

    method: str
    path: bytes
    query: bytes
    headers: list[tuple[bytes, bytes]]
    body: bytes

    def with_header(self, name: str, value: str | None) -> Wire:
        """Give the request with another value of a header, or without it."""
        kept = [pair for pair in self.headers if pair[0] != name.encode()]
        return self._replace(headers=kept + ([(name.encode(), value.encode())] if value is not None else []))

    def header(self, name: str) -> str:
        return dict(self.headers)[name.encode()].decode()


def sign(
    method: str = "POST",
    target: str = "/TraceSegments",
    headers: Sequence[tuple[str, str]] = (("Content-Type", "application/json"),),
    body: bytes = b"{}",
    *,
    service: str = "xray",
    region: str = "eu-west-1",
    token: str | None = None,
    secret: str = SECRET,
) -> Wire:
    """Give a request with an Authorization header, signed now."""
    request = AWSRequest(method=method, url=f"http://{HOST}{target}", data=body)
    for name, value in headers:
        request.headers.add_header(name, value)
    SigV4Auth(Credentials(KEY, secret, token), service, region).add_auth(request)
    return _wire(request, body)


def presign(target: str = "/?Action=GetCallerIdentity", expires: int = 60, service: str = "sts", **given: Any) -> Wire:
    """Give a presigned request, signed now."""
    request = AWSRequest(method="GET", url=f"http://{HOST}{target}", headers=given)
    SigV4QueryAuth(Credentials(KEY, SECRET, None), service, "eu-west-1", expires=expires).add_auth(request)
    return _wire(request, b"")


def _wire(request: Any, body: bytes) -> Wire:
    path, _, query = request.url.removeprefix(f"http://{HOST}").partition("?")
    sent = [(name.lower().encode(), value.encode("latin-1")) for name, value in request.headers.items()]
    if not any(name == b"host" for name, _ in sent):
        sent.append((b"host", urlsplit(request.url).netloc.encode()))
    return Wire(request.method, path.encode(), query.encode(), sent, body)


def claimed(wire: Wire) -> Claim:
    return read_authorization(wire.method, wire.path, wire.query, wire.headers)


def accept(wire: Wire, secret: str = SECRET, service: str = "xray") -> Claim:
    """Let a request through at the moment it was signed, or raise the Refusal."""
    claim = claimed(wire)
    check_claim(claim, claim.signed_at, {service})
    verify(claim, secret, wire.body)
    return claim


def accept_presigned(wire: Wire, after_s: float = 0.0, service: str = "sts") -> Claim:
    claim = read_presigned(wire.method, wire.path, wire.query, wire.headers)
    check_claim(claim, claim.signed_at + after_s, {service})
    verify(claim, SECRET, wire.body)
    return claim
