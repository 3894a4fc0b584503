"""What authentication gives and authorisation takes: who asks, and the policies that say what that one may."""

from __future__ import annotations

from msgspec import Struct

from radiograph.errors import AccessDenied

from .policy import Attached, Facts, Principal, ask, denial, evaluate, root
from .session_tokens import Session

__all__ = ["Caller", "authorize", "local_administrator"]


class Caller(Struct, frozen=True, kw_only=True):
    """Who asks, with what, and what it has."""

    principal: Principal
    attached: Attached = Attached()
    access_key_id: str = ""
    session: Session | None = None
    """What the session token said, where there was one."""
    is_local: bool = False
    """Everything is allowed: it is whoever has this machine, on a server that only this machine reaches."""

    @property
    def account(self) -> str:
        """Give the account it is of."""
        return self.principal.account


def local_administrator(account: str) -> Caller:
    """Give who calls a server that asks for no signature."""
    return Caller(principal=root(account), is_local=True)


def authorize(caller: Caller, action: str, resource: str, account: str, facts: Facts) -> None:
    """Return when a caller may do this to a resource that ``account`` owns.

    Raises: AccessDenied, with AWS's sentence.
    """
    if caller.is_local:
        return
    request = ask(caller.principal, action, resource, account, facts)
    decision = evaluate(request, caller.attached)
    if not decision.allowed:
        raise AccessDenied(denial(request, decision))
