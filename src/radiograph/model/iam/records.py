"""What is kept of users, groups, roles and the rest: our own rows, of which AWS's structures are made.

Relations name each other by unique id, so that a new name changes one row. Times are epoch seconds.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

__all__ = [
    "Entity",
    "GroupRecord",
    "Holder",
    "KeyRecord",
    "PasswordRecord",
    "PolicyRecord",
    "ProfileRecord",
    "ProviderRecord",
    "RoleRecord",
    "Use",
    "UserRecord",
    "VersionRecord",
]


class Entity(Struct, frozen=True, kw_only=True):
    """What all of them have. ``id`` is unique for ever, ``name`` within its kind and account, whatever its case."""

    id: str
    name: str
    path: str = "/"
    created_at: float


class UserRecord(Entity, frozen=True, kw_only=True):
    """A user; ``AIDA…``."""

    boundary: str | None = None
    """ARN of a managed policy."""
    tags: dict[str, str] = {}
    inline: dict[str, str] = {}
    """Documents by the names of the user's own policies."""


class GroupRecord(Entity, frozen=True, kw_only=True):
    """A group; ``AGPA…``."""

    inline: dict[str, str] = {}


class RoleRecord(Entity, frozen=True, kw_only=True):
    """A role; ``AROA…``."""

    trust: str
    """The document of the policy that says who may assume it."""
    description: str | None = None
    longest_s: int = 3600
    """How long a session may last."""
    boundary: str | None = None
    tags: dict[str, str] = {}
    inline: dict[str, str] = {}


Holder: TypeAlias = UserRecord | GroupRecord | RoleRecord
"""What policies can be attached to."""


class VersionRecord(Struct, frozen=True, kw_only=True):
    """A version of a managed policy."""

    document: str
    created_at: float


class PolicyRecord(Entity, frozen=True, kw_only=True):
    """A managed policy of the account; ``ANPA…``."""

    updated_at: float
    description: str | None = None
    default: str = "v1"
    versions: dict[str, VersionRecord]
    """By ``v1``, ``v2`` …, oldest first."""
    latest: int = 1
    """The number of the last version there was: no number comes twice."""
    tags: dict[str, str] = {}


class ProfileRecord(Entity, frozen=True, kw_only=True):
    """An instance profile; ``AIPA…``."""

    role_id: str | None = None
    tags: dict[str, str] = {}


class ProviderRecord(Entity, frozen=True, kw_only=True):
    """An OpenID Connect provider; its name is its URL without ``https://``, and its id the same."""

    clients: list[str] = []
    thumbprints: list[str] = []
    tags: dict[str, str] = {}


class KeyRecord(Struct, frozen=True, kw_only=True):
    """An access key; ``AKIA…``."""

    id: str
    user_id: str
    active: bool = True
    created_at: float
    secret: bytes
    """Sealed."""


class PasswordRecord(Struct, frozen=True, kw_only=True):
    """A user's password, as Argon2id makes it."""

    user_id: str
    created_at: float
    changed_at: float
    hash: str
    must_change: bool = False
    """Whether its user has to choose another before anything else."""
    earlier: list[str] = []
    """Those that must not come again, the last one first."""


class Use(Struct, frozen=True):
    """The last use of an access key or of a role, as it was noted."""

    used_at: float
    service: str
    region: str
