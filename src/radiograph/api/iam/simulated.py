"""Whom a simulation is about, by ARN: a user, a group or a role of the account, and the policies it has."""

from __future__ import annotations

from msgspec import Struct

from radiograph.auth.policy import Principal, assumed_role, user
from radiograph.model.iam.records import Holder, RoleRecord, UserRecord

from .context import IamContext
from .entities import arn_of
from .errors import InvalidInput, NoSuchEntity
from .holdings import NamedPolicy, managed_policy, named_policies

__all__ = ["Simulated", "caller_named", "holder_of"]


class Simulated(Struct, frozen=True):
    """Who it is as one that asks, and what it has."""

    principal: Principal
    policies: list[NamedPolicy]
    boundary: list[NamedPolicy]


def holder_of(arn: str, ctx: IamContext) -> Simulated:
    """Give the user, group or role of an ARN.

    Raises: NoSuchEntity, InvalidInput for any other ARN.
    """
    holder = _named(arn, ctx)
    boundary = None if holder is None else getattr(holder, "boundary", None)
    if holder is None:
        raise NoSuchEntity(f"The entity with ARN {arn} cannot be found.")
    bounding = managed_policy(boundary, ctx.account, ctx.kept) if boundary is not None else None
    return Simulated(
        _principal(holder, ctx), named_policies(holder, ctx.account, ctx.kept), [] if bounding is None else [bounding]
    )


def caller_named(arn: str, ctx: IamContext) -> Principal:
    """Give the user of an ARN as one that asks; it need not be there.

    Raises: InvalidInput for what is no ARN of a user.
    """
    parts = arn.split(":", 5)
    if len(parts) < 6 or parts[2] != "iam" or not parts[5].startswith("user/"):
        raise InvalidInput(f"CallerArn is {arn!r}; the ARN of a user is accepted.")
    holder = _named(arn, ctx) if parts[4] == ctx.account else None
    return _principal(holder, ctx) if holder is not None else user(arn, "AIDASIMULATED")


def _named(arn: str, ctx: IamContext) -> Holder | None:
    kinds = {"user/": ctx.kept.users, "group/": ctx.kept.groups, "role/": ctx.kept.roles}
    before = ctx.arn("")
    word = next((word for word in kinds if arn.startswith(before + word)), None)
    if word is None:
        raise InvalidInput(f"{arn} is no user, group or role of account {ctx.account}; the ARN of one is accepted.")
    holder: Holder | None = kinds[word].named(arn.rpartition("/")[2])  # type: ignore[attr-defined]
    return holder if holder is not None and arn_of(holder, ctx) == arn else None


def _principal(holder: Holder, ctx: IamContext) -> Principal:
    arn = arn_of(holder, ctx)
    if isinstance(holder, RoleRecord):
        return assumed_role(arn, holder.id, "simulated", issued_at_s=ctx.now, tags=tuple(holder.tags.items()))
    return user(arn, holder.id, tuple(holder.tags.items()) if isinstance(holder, UserRecord) else ())
