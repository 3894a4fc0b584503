"""All the policies that somebody has: its own, the attached ones, those of its groups, its boundary, its session's."""

from __future__ import annotations

from typing import NamedTuple

from radiograph.auth.policy import Attached, Policy, compile_policy, read_policy
from radiograph.auth.session_tokens import Session
from radiograph.model.iam.records import Holder, RoleRecord, UserRecord
from radiograph.storage.interfaces import Identities

from .by_arn import known_policy
from .documents import compiled
from .managed import MANAGED

__all__ = ["NamedPolicy", "attached_policies", "managed_policy", "named_policies", "session_policies"]

_NOTHING = compile_policy(
    read_policy('{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}')
)


class NamedPolicy(NamedTuple):
    """A policy that somebody has: what it is called, whose it is, as a simulation tells it, and its document."""

    name: str
    source: str
    document: str
    arn: str = ""
    """Of a managed policy."""


def named_policies(holder: Holder, account: str, kept: Identities) -> list[NamedPolicy]:
    """Give all policies of a user, group or role: its own and the attached ones, of a user those of its groups too."""
    groups = [kept.groups.with_id(id_) for id_ in kept.members.to(holder.id)] if isinstance(holder, UserRecord) else []
    found: list[NamedPolicy] = []
    for one in [holder, *(group for group in groups if group is not None)]:
        kind = "user" if isinstance(one, UserRecord) else "role" if isinstance(one, RoleRecord) else "group"
        found += [NamedPolicy(f"{kind}_{one.name}_{name}", kind, text) for name, text in sorted(one.inline.items())]
        for arn in kept.attachments.to(one.id):
            managed = managed_policy(arn, account, kept)
            if managed is not None:
                found.append(managed)
    return found


def managed_policy(arn: str, account: str, kept: Identities) -> NamedPolicy | None:
    """Give the version in force of the managed policy of an ARN, or None when there is no such policy."""
    policy = known_policy(arn, account, kept)
    if policy is None:
        return None
    source = "aws-managed" if arn in MANAGED else "user-managed"
    return NamedPolicy(policy.name, source, policy.versions[policy.default].document, arn)


def attached_policies(
    holder: UserRecord | RoleRecord, account: str, kept: Identities, session: tuple[Policy, ...] | None = None
) -> Attached:
    """Give a user's or role's policies, ready to be evaluated; a boundary that is not there any more allows nothing."""
    boundary = None
    if holder.boundary is not None:
        bounding = managed_policy(holder.boundary, account, kept)
        boundary = _NOTHING if bounding is None else compiled(bounding.document, bounding.name, bounding.source)
    return Attached(
        identity=tuple(compiled(one.document, one.name, one.source) for one in named_policies(holder, account, kept)),
        boundary=boundary,
        session=session,
    )


def session_policies(session: Session, kept: Identities) -> tuple[Policy, ...] | None:
    """Give the policies that were passed when a session began; None when none were."""
    if not session.policy and not session.policy_arns:
        return None
    found = [managed_policy(arn, session.account, kept) for arn in session.policy_arns]
    policies = [compiled(one.document, one.name, one.source) for one in found if one is not None]
    if session.policy:
        policies.append(compiled(session.policy, "session policy"))
    return tuple(policies)
