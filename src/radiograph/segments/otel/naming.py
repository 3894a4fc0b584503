"""What a document of a span is called, and whether it is a call of a service elsewhere.

Source: precedence of names and namespaces of the collector's ``awsxray`` exporter. Ours goes on where it has no answer:
a segment is called as its service is whatever its kind, and a message's destination names its producer's call.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from .known import ABOUT_AWS, ABOUT_DATABASE, Known
from .span import OtelSpan

__all__ = ["call_name", "is_call", "namespace", "segment_name", "spelled"]

_REFUSED = re.compile(r"[^\w\s.:/%&#=+\\\-@]")
_MOST = 200
_OF_AWS = ("AWS.SDK.", "AWS::")
_PEERS, _HOSTS = ("peer.service", "aws.service"), ("http.host", "net.peer.name", "server.address")
_CALLS = ("CLIENT", "PRODUCER", "CONSUMER")


def is_call(span: OtelSpan) -> bool:
    """Whether it is about another service, not about its own."""
    return span.kind in _CALLS


def segment_name(span: OtelSpan, known: Known) -> str:
    """Give the name of the service that a segment is of."""
    name = known.text("aws.local.service") or span.resource.get("service.name")
    return spelled(name if type(name) is str and name else span.name)


def call_name(span: OtelSpan, known: Known) -> str:
    """Give the name of a subsegment: of the service called, or else of the work done."""
    return spelled(_called(span, known) if known.about and is_call(span) else span.name)


def _called(span: OtelSpan, known: Known) -> str:
    if known.about & ABOUT_AWS:
        remote = known.text("aws.remote.service")
        if remote is not None:
            return next((remote.removeprefix(prefix) for prefix in _OF_AWS if remote.startswith(prefix)), remote)
    return (
        known.any_of(_PEERS)
        or (known.text("rpc.service") if known.text("rpc.system.name") == "aws-api" else None)
        or (_database(known) if known.about & ABOUT_DATABASE else None)
        or known.text("rpc.service")
        or (known.text("messaging.destination.name") if span.kind != "CLIENT" else None)
        or known.any_of(_HOSTS)
        or _host(known.text("url.full"))
        or (known.text("db.system.name") if known.about & ABOUT_DATABASE else None)
        or span.name
    )


def namespace(span: OtelSpan, known: Known) -> str | None:
    """Give ``aws`` or ``remote`` for a call, None for work inside."""
    if not known.about & ABOUT_AWS:
        return "remote" if span.kind in ("CLIENT", "PRODUCER") else None
    told = known.take("aws.xray.namespace")
    if told is not None:
        return told
    if known.text("rpc.system.name") == "aws-api" or known.text("aws.service") is not None:
        return "aws"
    remote = known.text("aws.remote.service")
    if remote is not None and is_call(span):
        return "aws" if remote.startswith(_OF_AWS) else "remote"
    return "remote" if span.kind in ("CLIENT", "PRODUCER") else None


def _database(known: Known) -> str | None:
    name = known.text("db.namespace")
    if name is None or known.number("db.system.name") is None:
        return None
    host = _host((known.text("db.connection_string") or "").removeprefix("jdbc:"))
    host = host or known.any_of(("server.address", "net.peer.name"))
    return f"{name}@{host}" if host else name


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def spelled(name: str) -> str:
    """Give a name as X-Ray spells names: without characters that it refuses, and not too long."""
    return _REFUSED.sub("", name).strip()[:_MOST] or "span"
