"""What a request is for. Who answers it, whether it is told and whether it is done once: all go by this, and only this.

At ``/`` three kinds of services meet. The credential scope tells them apart where a request is signed; else a form with
an ``Action`` is for IAM or STS, and what has no such form is for whom its ``X-Amz-Target`` names.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from radiograph.auth.canonical import query_pairs
from radiograph.errors import Serialization, UnknownOperation
from radiograph.wire.json_rpc import CLOUDTRAIL_TARGET

from .asked import Asked
from .cloudtrail.operations import OPERATIONS as CLOUDTRAIL
from .iam.forms import form_of, query_operation
from .iam.operations import IAM
from .kms.answer import TABLE as KMS
from .kms.answer import TARGET as KMS_TARGET
from .oam.operations import operation_at
from .sts.operations import STS
from .xray.operations import OPERATIONS

__all__ = ["QUERY", "Call", "call_of", "signed_for"]

QUERY = ("iam", "sts")
"""The services that take a form, and answer in XML."""

_SERVICES = (IAM, STS)
_SPANS = ("/v1/traces", "/api/v2/spans", "/opentelemetry.proto.collector.trace.v1.TraceService/Export")
_BY_PATH = {
    **{path: ("xray", operation.name) for path, operation in OPERATIONS.items()},
    **dict.fromkeys(_SPANS, ("xray", "PutSpans")),
    "/counters": ("radiograph", "GetCounters"),
    "/console/api/server": ("radiograph", "GetServer"),
    "/console/api/demo": ("radiograph", "GetDemo"),
    "/console/api/arrivals": ("radiograph", "GetCounters"),
    "/console/api/live": ("xray", "GetTraceSummaries"),
    "/login": ("signin", "ConsoleLogin"),
    "/logout": ("signin", "ConsoleLogout"),
}
_POSTED = {"/console/api/demo": ("radiograph", "ControlDemo")}
_TARGETS = {"cloudtrail": (CLOUDTRAIL_TARGET, frozenset(CLOUDTRAIL)), "kms": (KMS_TARGET, frozenset(KMS))}
_CREDENTIAL = re.compile(r"Credential=([^,\s]*)")


class Call(NamedTuple):
    """A service and one of its operations."""

    service: str
    """Empty when it is for none."""
    operation: str
    """Empty when the service has none of this name, or the request names none."""


_NOTHING = Call("", "")


def call_of(asked: Asked) -> Call:
    """Give what a request is for."""
    if asked.path == "/":
        return _at_root(asked)
    found = _POSTED.get(asked.path) if asked.method == "POST" else None
    found = found or _BY_PATH.get(asked.path)
    if found is not None:
        return Call(*found)
    oam = operation_at(asked.method, asked.path)
    return Call("oam", oam.name) if oam is not None else _NOTHING


def signed_for(asked: Asked) -> str:
    """Give the service that a request says it is signed for; empty when it says nothing. Nothing of it is proven."""
    said = _CREDENTIAL.search(asked.header(b"authorization") or "")
    if said is not None:
        return _scoped(said[1])
    named = [value for name, value in query_pairs(asked.query) if name == b"X-Amz-Credential"]
    return _scoped(named[0].decode("latin-1")) if named else ""


def _scoped(credential: str) -> str:
    parts = credential.split("/")
    return parts[3] if len(parts) == 5 else ""


def _at_root(asked: Asked) -> Call:
    service = signed_for(asked)
    if service in _TARGETS:
        return _of_target(asked, service)
    try:
        form = form_of(asked)
    except Serialization:
        # Who takes forms says best what is wrong with this one.
        return _of_target(asked) if service not in QUERY and _of_target(asked).service else Call("iam", "")
    if service not in QUERY and "Action" not in form:
        return _of_target(asked)
    try:
        named, operation = query_operation(form, _SERVICES)
    except UnknownOperation:
        return Call("iam", "")
    return Call(named.name, operation.name)


def _of_target(asked: Asked, signed: str = "") -> Call:
    target = asked.header(b"x-amz-target") or ""
    for service, (prefix, operations) in _TARGETS.items():
        if target.startswith(prefix) and signed in ("", service):
            name = target.removeprefix(prefix)
            return Call(service, name if name in operations else "")
    return Call(signed, "")
