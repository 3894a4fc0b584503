"""An operation of a Query service: one row of a table, and the service that the table is of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, get_type_hints

import msgspec

from radiograph.auth.caller import Caller

from .context import IamContext
from .targets import On

__all__ = ["Operation", "Service", "caller_account"]

Answer = Callable[[Any, IamContext], msgspec.Struct | None]


def caller_account(_request: Any, caller: Caller) -> str:
    """Give the caller's account."""
    return caller.account


class Operation(msgspec.Struct, frozen=True):
    """What an operation is called, who answers it, what it acts upon, and in which account that is."""

    name: str
    answer: Answer
    on: On | None = None
    """None where the answering function asks by itself, or nothing needs to be asked."""
    account: Callable[[Any, Caller], str] = caller_account
    is_signed: bool = True
    ahead: Callable[[Any, IamContext], Callable[[], Any]] | None = None
    """Gives, of what is read, what works out what takes too long for the one transaction that writes: the answering
    function finds it as ``worked_out``, and whether what it was worked out from is still so.
    """

    @property
    def request(self) -> type[msgspec.Struct]:
        """Give what it takes: the answering function says so."""
        return _request(self.answer)

    @property
    def writes(self) -> bool:
        """Whether it may change what is kept: AWS's names tell."""
        return not self.name.startswith(("Get", "List", "Simulate", "Assume"))


@cache
def _request(answer: Answer) -> type[msgspec.Struct]:
    hints = get_type_hints(answer)
    request: type[msgspec.Struct] = hints.get("request") or hints["_request"]
    return request


class Service(msgspec.Struct, frozen=True):
    """A Query service: ``name`` signs requests and begins its actions."""

    name: str
    version: str
    namespace: str
    operations: Mapping[str, Operation]
