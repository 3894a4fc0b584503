"""Which events there are: what a request is for, whether it changes anything, whether it is of the data.

Source: X-Ray developer guide, "Logging X-Ray API calls with AWS CloudTrail", for what is management and what is data.
"""

from __future__ import annotations

import re
from functools import cache

from radiograph.auth.actions import OPERATIONS as ACTIONS_OF
from radiograph.wire.json_rpc import CLOUDTRAIL_TARGET

from .asked import Asked
from .iam.operations import IAM
from .kms.answer import TABLE as KMS
from .kms.answer import TARGET as KMS_TARGET
from .oam.operations import operation_at
from .sts.operations import STS
from .xray.operations import OPERATIONS

__all__ = ["changes", "is_data", "is_ingest", "named", "source_of", "waits"]

_ACTION = re.compile(rb"(?:^|&)Action=([A-Za-z0-9]{1,64})(?:&|$)")
_SPANS = ("/v1/traces", "/api/v2/spans", "/opentelemetry.proto.collector.trace.v1.TraceService/Export")
_BY_PATH = {
    **{path: ("xray", operation.name) for path, operation in OPERATIONS.items()},
    **dict.fromkeys(_SPANS, ("xray", "PutSpans")),
    "/counters": ("radiograph", "GetCounters"),
    "/login": ("signin", "ConsoleLogin"),
    "/logout": ("signin", "ConsoleLogout"),
}
_BY_ACTION = {name: (service.name, name) for service in (STS, IAM) for name in service.operations}
_BY_TARGET = {
    f"{CLOUDTRAIL_TARGET}LookupEvents": ("cloudtrail", "LookupEvents"),
    **{f"{KMS_TARGET}{name}": ("kms", name) for name in KMS},
}
_INGEST = frozenset(["PutTraceSegments", "PutTelemetryRecords", "PutSpans", "GetSamplingRules", "GetSamplingTargets"])
_DATA = frozenset(["PutTraceSegments", "PutSpans", "GetTraceSummaries", "BatchGetTraces"])
_CHANGING = ("Write", "Permissions management", "Tagging")
_SOURCES = {"radiograph": "radiograph", "signin": "signin.amazonaws.com"}


def named(asked: Asked) -> tuple[str, str]:
    """Give service and operation that a request is for; both empty when there is no such operation."""
    found = _BY_PATH.get(asked.path)
    if found is not None:
        return found
    if asked.path != "/":
        oam = operation_at(asked.method, asked.path)
        return ("oam", oam.name) if oam is not None else ("", "")
    target = asked.header(b"x-amz-target")
    if target is not None:
        return _BY_TARGET.get(target, ("", ""))
    action = _ACTION.search(asked.body) or _ACTION.search(asked.query)
    return _BY_ACTION.get(action[1].decode(), ("", "")) if action is not None else ("", "")


def source_of(service: str) -> str:
    """Give the source of a service's events: ``iam.amazonaws.com``."""
    return _SOURCES.get(service, f"{service}.amazonaws.com")


@cache
def changes(service: str, operation: str) -> bool:
    """Whether an operation can change what is kept, data aside."""
    if service == "xray":
        actions = ACTIONS_OF.get(operation, ())
        return operation not in _INGEST and any(action.level in _CHANGING for action in actions)
    if service in ("iam", "kms", "oam"):
        return not operation.startswith(("Describe", "Get", "List", "Simulate"))
    return service == "signin"


@cache
def waits(service: str, operation: str) -> bool:
    """Whether the answer waits for the record: of changes, and of what gives credentials."""
    return changes(service, operation) or (service == "sts" and operation.startswith(("Assume", "GetSessionToken")))


def is_ingest(service: str, operation: str) -> bool:
    """Whether every instrumented process calls this all the time."""
    return service == "xray" and operation in _INGEST


def is_data(service: str, operation: str) -> bool:
    """Whether CloudTrail calls it a data event."""
    return service == "xray" and operation in _DATA
