"""Which events there are: whether an operation changes anything, whether it is of the data.

Source: X-Ray developer guide, "Logging X-Ray API calls with AWS CloudTrail", for what is management and what is data.
"""

from __future__ import annotations

from functools import cache

from radiograph.auth.actions import OPERATIONS as ACTIONS_OF

__all__ = ["changes", "is_data", "is_ingest", "source_of", "waits"]

_INGEST = frozenset(["PutTraceSegments", "PutTelemetryRecords", "PutSpans", "GetSamplingRules", "GetSamplingTargets"])
_DATA = frozenset(["PutTraceSegments", "PutSpans", "GetTraceSummaries", "BatchGetTraces"])
_CHANGING = ("Write", "Permissions management", "Tagging")
_SOURCES = {"radiograph": "radiograph", "signin": "signin.amazonaws.com"}


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
        return operation != "" and not operation.startswith(("Describe", "Get", "List", "Simulate"))
    return service == "signin" or (service, operation) == ("radiograph", "ControlDemo")


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
