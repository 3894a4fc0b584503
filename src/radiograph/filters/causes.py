"""Root causes as JSON: ``#[{"Services": […]}]``, as a summary writes them, with what does not matter left out."""

from __future__ import annotations

import msgspec

from .cursor import Cursor
from .tokens import refuse
from .tree import CausePattern

__all__ = ["read_causes"]

_ACCEPTED = (
    '#[{"Services": [{"Name", "Names", "Type", "AccountId", "Inferred", '
    '"EntityPath": [{"Name", "Coverage", "Remote", "Exceptions": [{"Name", "Message"}]}]}], "ClientImpacting"}]'
)


def read_causes(cursor: Cursor) -> tuple[CausePattern, ...]:
    """Take a JSON literal and give its root causes, at least one; a single object is one.

    Raises: InvalidRequestException.
    """
    if cursor.here.kind != "json":
        cursor.refuse(_ACCEPTED)
    token = cursor.take()
    causes = token.value if isinstance(token.value, list) else [token.value]
    if not causes:
        refuse(token.column, "there is no root cause in the list", _ACCEPTED)
    try:
        return msgspec.convert(causes, tuple[CausePattern, ...])
    except msgspec.ValidationError as error:
        refuse(token.column, f"{token.shown} is no root cause ({error})", _ACCEPTED)
