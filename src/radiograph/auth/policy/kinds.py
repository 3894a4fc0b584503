"""The kinds of policies: what each may say, and how long it may be.

Source: IAM user guide, "Grammar of the IAM JSON policy language", notes; "IAM and AWS STS quotas"; for policies of
X-Ray's resources, PutResourcePolicy.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = [
    "MOST_GROUP_INLINE",
    "MOST_MANAGED",
    "MOST_RESOURCE_BYTES",
    "MOST_ROLE_INLINE",
    "MOST_SESSION",
    "MOST_TRUST",
    "MOST_USER_INLINE",
    "STATEMENT_MEMBERS",
    "Kind",
    "counted",
]

Kind: TypeAlias = Literal["identity", "resource", "trust"]
"""``identity`` is also the kind of boundaries and of session policies."""

MOST_MANAGED = 6_144
"""Counted characters of a managed policy."""

MOST_USER_INLINE = 2_048
"""Counted characters of all inline policies of a user together."""

MOST_GROUP_INLINE = 5_120
"""Counted characters of all inline policies of a group together."""

MOST_ROLE_INLINE = 10_240
"""Counted characters of all inline policies of a role together."""

MOST_TRUST = 2_048
"""Counted characters of a role's trust policy."""

MOST_SESSION = 2_048
"""Characters of the policy that is passed with AssumeRole, spaces and all."""

MOST_RESOURCE_BYTES = 5_120
"""Bytes of a policy of X-Ray's resources, spaces and all."""

_NAMED = ("Sid", "Effect", "Principal", "NotPrincipal")
_ACTIONS, _RESOURCES = ("Action", "NotAction"), ("Resource", "NotResource")

STATEMENT_MEMBERS: dict[Kind, tuple[str, ...]] = {
    "identity": ("Sid", "Effect", *_ACTIONS, *_RESOURCES, "Condition"),
    "resource": (*_NAMED, *_ACTIONS, *_RESOURCES, "Condition"),
    "trust": ("Sid", "Effect", "Principal", "Action", "Condition"),
}
"""What a statement may have."""


def counted(text: str) -> int:
    """Give how many characters IAM counts of a document: all but white space."""
    return sum(map(len, text.split()))
