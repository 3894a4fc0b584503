"""The form of a request for a Query service, and the operation that it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from radiograph.api.asked import Asked
from radiograph.errors import UnknownOperation
from radiograph.wire.query_xml import read_form

from .operation import Operation, Service

__all__ = ["form_of", "query_operation"]

_JSON = ("application/json", "application/x-amz-json")


def form_of(asked: Asked) -> dict[str, str]:
    """Give the form of a request for a Query service: of its query, and of its body unless that says it is JSON.

    Raises: Serialization.
    """
    is_json = (asked.header(b"content-type") or "").lower().startswith(_JSON)
    return read_form(b"&".join(part for part in (asked.query, b"" if is_json else asked.body) if part))


def query_operation(form: Mapping[str, str], services: Iterable[Service]) -> tuple[Service, Operation]:
    """Give the service and the operation that a form names by ``Action`` and ``Version``.

    Raises: UnknownOperation.
    """
    action, version = form.get("Action"), form.get("Version")
    if action is None:
        raise UnknownOperation("Action is missing; the name of an operation is accepted")
    for service in services:
        if version in (None, service.version) and action in service.operations:
            return service, service.operations[action]
    raise UnknownOperation(f"Could not find operation {action[:80]} for version {str(version)[:20]}")
