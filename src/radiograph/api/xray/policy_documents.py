"""A resource policy's document: whether it is one, and whether it would lock its own account out.

Source: IAM's grammar of policies, as far as a policy of a resource may use it.
"""

from __future__ import annotations

import re
from typing import Any, Literal, TypeAlias

import msgspec

from radiograph.errors import LockoutPrevention, MalformedPolicyDocument

__all__ = ["Policy", "check_lockout", "read_policy"]

_Texts: TypeAlias = str | list[str]
_Principals: TypeAlias = Literal["*"] | dict[Literal["AWS", "Service", "Federated", "CanonicalUser"], _Texts]
_PUT = "xray:PutResourcePolicy"


class _Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="pascal"):
    effect: Literal["Allow", "Deny"]
    sid: str | None = None
    principal: _Principals | None = None
    not_principal: _Principals | None = None
    action: _Texts | None = None
    not_action: _Texts | None = None
    resource: _Texts | None = None
    not_resource: _Texts | None = None
    condition: dict[str, dict[str, Any]] | None = None


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="pascal"):
    """A document that has been read."""

    statement: _Statement | list[_Statement]
    version: Literal["2012-10-17", "2008-10-17"] = "2008-10-17"
    id: str | None = None

    @property
    def statements(self) -> list[_Statement]:
        """Give the statements; one may stand without a list around it."""
        return self.statement if isinstance(self.statement, list) else [self.statement]


def read_policy(text: str) -> Policy:
    """Give the policy that a document is.

    Raises: MalformedPolicyDocumentException.
    """
    try:
        policy = msgspec.json.decode(text, type=Policy)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise MalformedPolicyDocument(f"PolicyDocument is no policy: {error}") from None
    if not policy.statements:
        raise MalformedPolicyDocument("PolicyDocument has no statement; at least one is accepted")
    sids = [one.sid for one in policy.statements if one.sid is not None]
    if len(set(sids)) < len(sids):
        raise MalformedPolicyDocument("PolicyDocument has two statements with one Sid; each its own is accepted")
    for number, statement in enumerate(policy.statements, 1):
        _check(statement, f"statement {number} of PolicyDocument")
    return policy


def check_lockout(policy: Policy, account: str) -> None:
    """Refuse a policy that denies the account to put the next one.

    A statement with a condition is let pass: whether it will hold, nobody knows beforehand.

    Raises: LockoutPreventionException.
    """
    for statement in policy.statements:
        if statement.effect == "Deny" and not statement.condition and _hits(statement, account):
            raise LockoutPrevention(
                f"the policy denies {_PUT} to account {account}, which asks for it; "
                "leave that out, or set BypassPolicyLockoutCheck"
            )


def _check(statement: _Statement, where: str) -> None:
    pairs = (
        ("Principal", statement.principal, statement.not_principal),
        ("Action", statement.action, statement.not_action),
        ("Resource", statement.resource, statement.not_resource),
    )
    for name, one, other in pairs:
        if (one is None) == (other is None):
            raise MalformedPolicyDocument(f"{where} needs {name} or Not{name}, and not both")
        if one in ([], {}) or other in ([], {}):
            raise MalformedPolicyDocument(f"{where} has an empty {name}; at least one is accepted")
    for action in _list(statement.action or statement.not_action):
        if action != "*" and not re.fullmatch(r"[A-Za-z0-9-]+:[A-Za-z0-9*?]+", action):
            raise MalformedPolicyDocument(f"{where} has the action {action!r}; xray:… is accepted")


def _hits(statement: _Statement, account: str) -> bool:
    if statement.principal is not None:
        of_account = _names(statement.principal, account)
    else:
        of_account = not _names(statement.not_principal, account)
    if statement.action is not None:
        of_action = any(_matches(one, _PUT) for one in _list(statement.action))
    else:
        of_action = not any(_matches(one, _PUT) for one in _list(statement.not_action))
    return of_account and of_action and (statement.not_resource is None or "*" not in _list(statement.not_resource))


def _names(principals: _Principals | None, account: str) -> bool:
    """Tell whether the account as a whole is among these."""
    if isinstance(principals, str):
        return True
    named = _list(principals["AWS"]) if principals and "AWS" in principals else []
    return any(one in ("*", account) or re.fullmatch(rf"arn:[a-z-]+:iam::{account}:root", one) for one in named)


def _matches(pattern: str, action: str) -> bool:
    text = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(text, action, re.IGNORECASE) is not None


def _list(texts: _Texts | None) -> list[str]:
    return [texts] if isinstance(texts, str) else texts or []
