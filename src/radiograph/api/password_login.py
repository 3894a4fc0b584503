"""Who a password says somebody is."""

from __future__ import annotations

from enum import Enum, auto

import msgspec

from radiograph.clock import Clock
from radiograph.model.iam.records import PasswordRecord
from radiograph.passwords import is_password, is_password_in_vain
from radiograph.storage.interfaces import Identities, IdentityStore

from .iam.callers import login_of_user
from .iam.new_passwords import Basis, basis_of, changed_password, check_password, is_over

__all__ = ["Known", "PasswordLogin"]

_DIGITS = 12


class Known(Enum):
    """What becomes of an account, a user and a password."""

    NOBODY = auto()
    MUST_CHANGE = auto()
    OVER = auto()
    """Too old to be changed by its user."""


class _Found(msgspec.Struct, frozen=True):
    account: str
    basis: Basis
    password: PasswordRecord
    is_over: bool
    is_hard: bool


class PasswordLogin:
    """Passwords of every account. Its methods block for as long as a password takes to be looked at."""

    def __init__(self, store: IdentityStore, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def check(self, account: str, user: str, password: str) -> str | Known:
        """Give the login of whose password this is.

        Raises: ThrottledException, ServiceUnavailable.
        """
        found = self._found(account, user, password)
        if found is None:
            return Known.NOBODY
        if found.is_over and found.is_hard:
            return Known.OVER
        if found.is_over or found.password.must_change:
            return Known.MUST_CHANGE
        return login_of_user(found.account, found.password)

    def change(self, account: str, user: str, old: str, new: str) -> str | Known:
        """Give the login of whose password this was, which is another one from now on.

        Raises: PasswordPolicyViolation, ThrottledException, ServiceUnavailable.
        """
        found = self._found(account, user, old)
        if found is None:
            return Known.NOBODY
        if found.is_over and found.is_hard:
            return Known.OVER
        basis = found.basis
        check_password(new, basis)
        after = changed_password(new, found.password, basis.policy, self._clock())
        with self._store.change(found.account) as kept:
            now = kept.users.with_id(basis.user.id)
            if now is None or basis_of(now, kept) != basis:
                return Known.NOBODY  # somebody was quicker
            kept.passwords.put(after)
        return login_of_user(found.account, after)

    def _found(self, account: str, user: str, password: str) -> _Found | None:
        id_ = account if account.isdigit() and len(account) == _DIGITS else self._store.account_of_alias(account)
        found: _Found | None = None
        if id_ is not None:
            with self._store.read(id_) as kept:
                found = self._in(kept, id_, user)
        if found is None:
            is_password_in_vain(password)
            return None
        return found if is_password(password, found.password.hash) else None

    def _in(self, kept: Identities, account: str, name: str) -> _Found | None:
        user = kept.users.named(name)
        password = kept.passwords.of(user.id) if user is not None else None
        if user is None or password is None:
            return None
        basis = basis_of(user, kept)
        is_hard = basis.policy is not None and bool(basis.policy.hard_expiry)
        return _Found(account, basis, password, is_over(password, basis.policy, self._clock()), is_hard)
