"""The part of the seam that relations and access keys are kept behind; :mod:`.interfaces` names these too."""

from __future__ import annotations

from typing import Protocol

from radiograph.model.iam.records import KeyRecord, PasswordRecord

__all__ = ["AccessKeys", "Links", "Passwords"]


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
