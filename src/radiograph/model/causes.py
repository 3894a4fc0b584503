"""Root causes of faults, errors and slowness: paths from the entry service to the entity responsible."""

from __future__ import annotations

from msgspec import UNSET, UnsetType, field

from radiograph.model.base import Model

__all__ = [
    "ErrorRootCause",
    "ErrorRootCauseEntity",
    "ErrorRootCauseService",
    "FaultRootCause",
    "FaultRootCauseEntity",
    "FaultRootCauseService",
    "ResponseTimeRootCause",
    "ResponseTimeRootCauseEntity",
    "ResponseTimeRootCauseService",
    "RootCauseException",
]


class RootCauseException(Model, frozen=True, kw_only=True):
    """An exception recorded on an entity: its type and message."""

    name: str | UnsetType = UNSET
    message: str | UnsetType = UNSET


class _Entity(Model, frozen=True, kw_only=True):
    """A segment or subsegment on the way to a cause; ``remote`` when it calls something that sent no segment."""

    name: str
    remote: bool = False


class _Service(Model, frozen=True, kw_only=True):
    """A service on the way to a cause; ``inferred`` when it sent no segment itself."""

    name: str
    names: list[str] = field(default_factory=list)
    type: str | UnsetType = UNSET
    account_id: str | UnsetType = UNSET
    inferred: bool = False


class FaultRootCauseEntity(_Entity, frozen=True, kw_only=True):
    """A segment or subsegment on the way to a fault."""

    exceptions: list[RootCauseException] = field(default_factory=list)


class FaultRootCauseService(_Service, frozen=True, kw_only=True):
    """A service on the way to a fault."""

    entity_path: list[FaultRootCauseEntity] = field(default_factory=list)


class FaultRootCause(Model, frozen=True, kw_only=True):
    """The path to a fault; ``client_impacting`` when the root segment is faulty too."""

    services: list[FaultRootCauseService] = field(default_factory=list)
    client_impacting: bool = False


class ErrorRootCauseEntity(_Entity, frozen=True, kw_only=True):
    """A segment or subsegment on the way to an error."""

    exceptions: list[RootCauseException] = field(default_factory=list)


class ErrorRootCauseService(_Service, frozen=True, kw_only=True):
    """A service on the way to an error."""

    entity_path: list[ErrorRootCauseEntity] = field(default_factory=list)


class ErrorRootCause(Model, frozen=True, kw_only=True):
    """The path to an error; ``client_impacting`` when the root segment has an error too."""

    services: list[ErrorRootCauseService] = field(default_factory=list)
    client_impacting: bool = False


class ResponseTimeRootCauseEntity(_Entity, frozen=True, kw_only=True):
    """A segment or subsegment on the way to the slowest part; ``coverage`` is its share (0 to 1) of the root's time."""

    coverage: float = 0.0


class ResponseTimeRootCauseService(_Service, frozen=True, kw_only=True):
    """A service on the way to the slowest part."""

    entity_path: list[ResponseTimeRootCauseEntity] = field(default_factory=list)


class ResponseTimeRootCause(Model, frozen=True, kw_only=True):
    """The path along which a request spent its time."""

    services: list[ResponseTimeRootCauseService] = field(default_factory=list)
    client_impacting: bool = False
