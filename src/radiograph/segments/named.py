"""Root causes as summaries tell them: what has no type or name has an empty one.

Readers take for granted that a cause's services have types, and an error's exceptions names: Grafana's fails on a
summary that lacks them.
"""

from __future__ import annotations

from typing import TypeVar

from msgspec import UNSET
from msgspec.structs import replace

from radiograph.model.causes import (
    ErrorRootCause,
    ErrorRootCauseEntity,
    ErrorRootCauseService,
    FaultRootCause,
    FaultRootCauseService,
    ResponseTimeRootCause,
    ResponseTimeRootCauseService,
)

__all__ = ["named"]

_Cause = TypeVar("_Cause", FaultRootCause, ErrorRootCause, ResponseTimeRootCause)
_Service = TypeVar("_Service", FaultRootCauseService, ErrorRootCauseService, ResponseTimeRootCauseService)


def named(causes: list[_Cause]) -> list[_Cause]:
    """Give the causes; those that lack nothing as they are."""
    if all(_is_named(service) for cause in causes for service in cause.services):
        return causes
    return [replace(cause, services=[_named(service) for service in cause.services]) for cause in causes]


def _is_named(service: FaultRootCauseService | ErrorRootCauseService | ResponseTimeRootCauseService) -> bool:
    if service.type is UNSET:
        return False
    if not isinstance(service, ErrorRootCauseService):
        return True
    return all(one.name is not UNSET for entity in service.entity_path for one in entity.exceptions)


def _named(service: _Service) -> _Service:
    if _is_named(service):
        return service
    told = replace(service, type="") if service.type is UNSET else service
    if isinstance(told, ErrorRootCauseService):
        return replace(told, entity_path=[_entity(one) for one in told.entity_path])
    return told


def _entity(entity: ErrorRootCauseEntity) -> ErrorRootCauseEntity:
    exceptions = [replace(one, name="") if one.name is UNSET else one for one in entity.exceptions]
    return replace(entity, exceptions=exceptions)
