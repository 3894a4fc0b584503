"""What a store of identities promises: users, groups, roles, policies, keys, passwords, and what links them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from radiograph.model.iam.passwords import PasswordPolicy
from radiograph.model.iam.records import (
    Entity,
    GroupRecord,
    KeyRecord,
    PasswordRecord,
    PolicyRecord,
    ProfileRecord,
    ProviderRecord,
    RoleRecord,
    Use,
    UserRecord,
)

__all__ = ["AccessKeys", "Entities", "Identities", "IdentityStore", "Links", "Passwords"]

E = TypeVar("E", bound=Entity)


class IdentityStore(Protocol):
    """Keeps users, groups, roles, their policies and access keys, of every account."""

    def read(self, account: str) -> AbstractContextManager[Identities]:
        """Give what an account has at one moment; as :meth:`SettingsStore.read`."""

    def change(self, account: str) -> AbstractContextManager[Identities]:
        """Give what an account has to read and to write; as :meth:`SettingsStore.change`."""

    def generation(self, account: str) -> int:
        """Give a number that is another one after every change of the account that was kept.

        MUST be cheap, some microseconds: it is asked with every request. MAY miss what another process has changed in
        the last milliseconds.
        """

    def account_of(self, access_key_id: str) -> str | None:
        """Give the account that an access key is of, or None."""

    def account_of_alias(self, alias: str) -> str | None:
        """Give the account that has this other name, or None."""

    def note_use(self, account: str, id_: str, use: Use) -> None:
        """Keep when a key or a role was last used, in place of what was noted before; no change of the account."""


class Identities(Protocol):
    """What one account has while a block of :class:`IdentityStore` lasts, family by family.

    Keeps what it is given: what is allowed, and how much of it, is for the API to say.
    """

    @property
    def users(self) -> Entities[UserRecord]:
        """Users."""

    @property
    def groups(self) -> Entities[GroupRecord]:
        """Groups."""

    @property
    def roles(self) -> Entities[RoleRecord]:
        """Roles."""

    @property
    def policies(self) -> Entities[PolicyRecord]:
        """Managed policies of the account."""

    @property
    def profiles(self) -> Entities[ProfileRecord]:
        """Instance profiles."""

    @property
    def providers(self) -> Entities[ProviderRecord]:
        """OpenID Connect providers."""

    @property
    def members(self) -> Links:
        """Which group (its id) has which user (its id)."""

    @property
    def attachments(self) -> Links:
        """Which managed policy (its ARN) is attached to which user, group or role (its id)."""

    @property
    def keys(self) -> AccessKeys:
        """Access keys."""

    @property
    def alias(self) -> str | None:
        """The account's other name, if it has one."""

    def set_alias(self, alias: str | None) -> bool:
        """Keep the account's other name, or none; False when another account has it."""

    @property
    def passwords(self) -> Passwords:
        """Passwords of users."""

    @property
    def password_policy(self) -> PasswordPolicy | None:
        """What the account demands of passwords, if it says so."""

    def set_password_policy(self, policy: PasswordPolicy | None) -> None:
        """Keep what the account demands of passwords, or that it says nothing."""

    def last_use(self, id_: str) -> Use | None:
        """Give when a key or a role was last used, as far as it was noted."""


class Entities(Protocol[E]):
    """Entities of one kind, each with a unique id and a name that no other has, whatever its case."""

    def all(self) -> list[E]:
        """Give every one, by name."""

    def count(self) -> int:
        """Give how many there are."""

    def named(self, name: str) -> E | None:
        """Give the one of exactly this name, or None."""

    def like(self, name: str) -> E | None:
        """Give the one whose name differs from this in case at most, or None."""

    def with_id(self, id_: str) -> E | None:
        """Give the one of this id, or None."""

    def put(self, entity: E) -> None:
        """Keep an entity, in place of the one of its id."""

    def remove(self, id_: str) -> None:
        """Forget the entity of this id, if there is one; what it is linked with is not asked."""


class Links(Protocol):
    """Pairs, each there once."""

    def of(self, one: str) -> list[str]:
        """Give the others of one, in order."""

    def to(self, other: str) -> list[str]:
        """Give the ones of an other, in order."""

    def counts(self) -> dict[str, int]:
        """Give how many others each one has, if any."""

    def put(self, one: str, other: str) -> None:
        """Keep a pair."""

    def remove(self, one: str, other: str) -> None:
        """Forget a pair, if it is there."""


class AccessKeys(Protocol):
    """Access keys of an account's users."""

    def of(self, user_id: str) -> list[KeyRecord]:
        """Give a user's keys, oldest first."""

    def with_id(self, id_: str) -> KeyRecord | None:
        """Give the key of this id, or None."""

    def put(self, key: KeyRecord) -> None:
        """Keep a key, in place of the one of its id."""

    def remove(self, id_: str) -> None:
        """Forget the key of this id, and when it was used."""


class Passwords(Protocol):
    """Passwords of users, at most one each."""

    def of(self, user_id: str) -> PasswordRecord | None:
        """Give a user's, or None."""

    def put(self, password: PasswordRecord) -> None:
        """Keep one, in place of the user's."""

    def remove(self, user_id: str) -> None:
        """Forget a user's, if it has one."""
