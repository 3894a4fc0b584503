"""Root causes as filter expressions ask for them: by an element in braces, or by a pattern of JSON.

The entities of a root cause are those of all its services in one list, its exceptions those of all its entities:
``first``, ``last`` and ``index``, from 0, are places in these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from msgspec import UNSET, Struct

from radiograph.model.causes import ErrorRootCause, FaultRootCause, ResponseTimeRootCause

from . import tree
from .facts import Causes

__all__ = ["has_cause", "has_causes"]

_Cause: TypeAlias = FaultRootCause | ErrorRootCause | ResponseTimeRootCause
_Subject: TypeAlias = tree.Field | tree.Annotation | tree.Attribute


def has_cause(
    causes: Causes | None,
    kind: tree.CauseKind,
    part: tree.CausePart,
    satisfies: Callable[[Callable[[_Subject], Iterable[Any]]], bool],
) -> bool:
    """Whether some element of a root cause of this kind satisfies what is asked of its values."""
    for cause in _of_kind(causes, kind):
        elements = _elements(cause, part)
        for index, element in enumerate(elements):
            place = {"first": index == 0, "last": index == len(elements) - 1, "index": index}

            def ask(subject: _Subject, element: Struct = element, place: dict[str, Any] = place) -> Iterable[Any]:
                if not isinstance(subject, tree.Field):
                    raise TypeError("annotations and attributes are asked of traces")
                name = subject.name
                return (place[name] if name in place else _member(element, name),)

            if satisfies(ask):
                return True
    return False


def has_causes(causes: Causes | None, kind: tree.CauseKind | None, patterns: Iterable[tree.CausePattern]) -> bool:
    """Whether each of the patterns fits some root cause of this kind, or of any."""
    kinds: Sequence[tree.CauseKind] = (kind,) if kind is not None else ("fault", "error", "responsetime")
    found = [cause for one in kinds for cause in _of_kind(causes, one)]
    return all(any(_fits(pattern, cause) for cause in found) for pattern in patterns)


def _of_kind(causes: Causes | None, kind: tree.CauseKind) -> Sequence[_Cause]:
    if causes is None:
        return ()
    match kind:
        case "fault":
            return causes.fault_root_causes
        case "error":
            return causes.error_root_causes
    return causes.response_time_root_causes


def _elements(cause: _Cause, part: tree.CausePart) -> list[Any]:
    if part == "service":
        return list(cause.services)
    entities = [entity for service in cause.services for entity in service.entity_path]
    if part == "entity":
        return entities
    return [exception for entity in entities for exception in getattr(entity, "exceptions", ())]


def _member(element: Any, name: str) -> Any:
    """A member by the name that patterns and keywords share with the model; None when it is not there."""
    value = getattr(element, name, None)
    return None if value is UNSET else value


def _fits(pattern: Any, actual: Any) -> bool:
    """Whether what the pattern says is so: it is silent where it is None, and lists have its length.

    An empty text is what a summary says of a name or type that is not known.
    """
    if pattern is None or (pattern == "" and actual is None):
        return True
    if isinstance(pattern, Struct):
        return actual is not None and all(
            _fits(getattr(pattern, name), _member(actual, name)) for name in pattern.__struct_fields__
        )
    if isinstance(pattern, tuple):
        return (
            isinstance(actual, list)
            and len(pattern) == len(actual)
            and all(_fits(one, other) for one, other in zip(pattern, actual, strict=True))
        )
    return bool(pattern == actual)
