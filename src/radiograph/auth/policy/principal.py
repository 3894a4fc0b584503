"""Who asks, and whether a statement means it.

Source: IAM user guide, "AWS JSON policy elements: Principal", "NotPrincipal" and, for how far a grant reaches, "Policy
evaluation logic".
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Literal, TypeAlias

from msgspec import Struct

from .arns import PARTS
from .document import Principals, Statement

__all__ = [
    "Grant",
    "Names",
    "Principal",
    "PrincipalKind",
    "Tags",
    "anonymous",
    "assumed_role",
    "federated_user",
    "names_test",
    "root",
    "service",
    "user",
    "web_identity",
]

PrincipalKind: TypeAlias = Literal[
    "root", "user", "role session", "federated user", "service", "web identity", "anonymous"
]
Tags: TypeAlias = tuple[tuple[str, str], ...]


class Principal(Struct, frozen=True, kw_only=True):
    """Who asks. ``arn`` is how errors name it; ``entity`` the ARN of the user or role that has the policies.

    ``id`` is ``aws:userid``; ``entity_id`` the unique id of the user or role (``AIDA…``, ``AROA…``). Times are epoch
    seconds, and those of temporary credentials only.
    """

    kind: PrincipalKind
    arn: str
    account: str = ""
    entity: str = ""
    id: str = ""
    entity_id: str = ""
    name: str = ""
    tags: Tags = ()
    issued_at_s: float | None = None
    mfa_at_s: float | None = None
    provider: str = ""
    """The identity provider that a web identity, or the session made of it, comes from."""
    source_identity: str = ""


class Grant(IntEnum):
    """How a statement means who asks; the lesser the nearer its policies stay to the decision."""

    NONE = 0
    ACCOUNT = 1
    """Its account: whoever governs that has to allow it too."""
    ENTITY = 2
    """The role or user behind the session: boundary and session policy limit it."""
    DIRECT = 3
    """Itself, or everyone: nothing but a denial limits it."""


Names: TypeAlias = Callable[[Principal, bool], Grant]
"""Whether a statement means a principal; the flag tells whether a permissions boundary is set on that."""


def root(account: str, partition: str = "aws") -> Principal:
    """Give an account's root user."""
    arn = f"arn:{partition}:iam::{account}:root"
    return Principal(kind="root", arn=arn, account=account, entity=arn, id=account, entity_id=account)


def user(
    arn: str, unique_id: str, tags: Tags = (), issued_at_s: float | None = None, mfa_at_s: float | None = None
) -> Principal:
    """Give a user; of one that came through GetSessionToken, with the times of its token."""
    return Principal(
        kind="user",
        arn=arn,
        account=_account(arn),
        entity=arn,
        id=unique_id,
        entity_id=unique_id,
        name=arn.rpartition("/")[2],
        tags=tags,
        issued_at_s=issued_at_s,
        mfa_at_s=mfa_at_s,
    )


def assumed_role(
    role_arn: str,
    role_id: str,
    session: str,
    *,
    issued_at_s: float,
    tags: Tags = (),
    mfa_at_s: float | None = None,
    provider: str = "",
    source_identity: str = "",
) -> Principal:
    """Give the session of a role; ``tags`` are the role's with the session's over them."""
    return Principal(
        kind="role session",
        arn=_sts_arn(role_arn, f"assumed-role/{role_arn.rpartition('/')[2]}/{session}"),
        account=_account(role_arn),
        entity=role_arn,
        id=f"{role_id}:{session}",
        entity_id=role_id,
        name=session,
        tags=tags,
        issued_at_s=issued_at_s,
        mfa_at_s=mfa_at_s,
        provider=provider,
        source_identity=source_identity,
    )


def federated_user(user_arn: str, user_id: str, name: str, *, issued_at_s: float, tags: Tags = ()) -> Principal:
    """Give the session that a user's GetFederationToken makes."""
    account = _account(user_arn)
    return Principal(
        kind="federated user",
        arn=_sts_arn(user_arn, f"federated-user/{name}"),
        account=account,
        entity=user_arn,
        id=f"{account}:{name}",
        entity_id=user_id,
        name=name,
        tags=tags,
        issued_at_s=issued_at_s,
    )


def service(name: str) -> Principal:
    """Give a service that calls by itself, such as ``sns.amazonaws.com``."""
    return Principal(kind="service", arn=name, id=name, name=name)


def web_identity(provider: str, subject: str) -> Principal:
    """Give whom an identity provider, named by ARN or host, has vouched for, before a role is assumed."""
    return Principal(kind="web identity", arn=subject, id=f"{provider}:{subject}", name=subject, provider=provider)


def anonymous() -> Principal:
    """Give the one who did not say who it is."""
    return Principal(kind="anonymous", arn="anonymous", account="anonymous", id="anonymous")


def names_test(statement: Statement) -> Names | None:
    """Give the test whether the statement means a principal; None when it has no Principal, and means its own."""
    if statement.principal is not None:
        return _meant(statement.principal)
    if statement.not_principal is not None:
        return _not_meant(statement.not_principal, denies=statement.effect == "Deny")
    return None


def _meant(principals: Principals) -> Names:
    listed = _Listed(principals)

    def grant(principal: Principal, bounded: bool) -> Grant:
        if listed.everyone(principal):
            return Grant.DIRECT
        levels = listed.levels(principal)
        if levels[-1]:
            return Grant.DIRECT
        if len(levels) == 3 and levels[1]:
            return Grant.ENTITY
        return Grant.ACCOUNT if levels[0] else Grant.NONE

    return grant


def _not_meant(principals: Principals, denies: bool) -> Names:
    """Whoever denies all but a principal has to except its account, its role and its session, each by name."""
    listed = _Listed(principals)

    def grant(principal: Principal, bounded: bool) -> Grant:
        levels = [True] if listed.everyone(principal) else listed.levels(principal)
        excepted = (all(levels) and not bounded) if denies else any(levels)
        return Grant.NONE if excepted else Grant.DIRECT

    return grant


class _Listed:
    """The principals of a statement, sorted for looking up."""

    def __init__(self, principals: Principals) -> None:
        self._anyone = principals.anyone
        self._all_of_aws = "*" in principals.aws
        self._accounts = frozenset(account for one in principals.aws if (account := _whole_account(one)))
        self._named = frozenset(principals.aws)
        self._services = frozenset(principals.service)
        self._providers = frozenset(principals.federated)

    def everyone(self, principal: Principal) -> bool:
        return self._anyone or (self._all_of_aws and principal.kind not in ("service", "web identity"))

    def levels(self, principal: Principal) -> list[bool]:
        """Tell what is listed of it: its account, the role or user behind it, itself; some have fewer levels."""
        match principal.kind:
            case "service":
                return [principal.name in self._services]
            case "web identity":
                return [principal.provider in self._providers]
            case "anonymous":
                return [False]
        account = principal.account in self._accounts
        entity = principal.entity in self._named or principal.entity_id in self._named
        match principal.kind:
            case "root":
                return [account]
            case "user":
                return [account, entity]
        return [account, entity, principal.arn in self._named]


def _whole_account(named: str) -> str | None:
    if named.isdigit():
        return named
    fields = named.split(":", PARTS - 1)
    return fields[4] if fields[-1] == "root" else None


def _account(arn: str) -> str:
    return arn.split(":", PARTS - 1)[4]


def _sts_arn(arn: str, resource: str) -> str:
    partition = arn.split(":", 2)[1]
    return f"arn:{partition}:sts::{_account(arn)}:{resource}"
