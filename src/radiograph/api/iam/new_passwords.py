"""Passwords that users get: what an account demands of them, and what is kept of one that is as demanded.

Working that out takes long on purpose, and is done outside any transaction: what it is worked out from is told by a
:class:`Basis`, and the password may be kept for as long as that is still so.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from radiograph.model.iam.passwords import PasswordPolicy
from radiograph.model.iam.records import PasswordRecord, UserRecord
from radiograph.passwords import hash_password, is_password
from radiograph.storage.interfaces import Identities

from .errors import PasswordPolicyViolation

__all__ = ["Basis", "basis_of", "changed_password", "check_password", "first_password", "is_over"]

_DAY_S = 86_400
_SYMBOLS = frozenset("!@#$%^&*()_+-=[]{}|'")
_LEAST, _LEAST_KINDS = 8, 3
"""What is demanded where the account says nothing: eight characters, of three kinds of four."""
_SIX = 6


class Basis(Struct, frozen=True):
    """Whose password it is, which one that user has, and what its account demands of another."""

    user: UserRecord
    before: PasswordRecord | None
    policy: PasswordPolicy | None
    alias: str | None


def basis_of(user: UserRecord, kept: Identities) -> Basis:
    """Give what a new password of a user would be worked out from."""
    return Basis(user, kept.passwords.of(user.id), kept.password_policy, kept.alias)


def first_password(password: str, user: UserRecord, now: float, must_change: bool) -> PasswordRecord:
    """Give what to keep of a checked password of a user who has none. Blocks for as long as that takes.

    Raises: ThrottledException.
    """
    hashed = hash_password(password)
    return PasswordRecord(user_id=user.id, created_at=now, changed_at=now, hash=hashed, must_change=must_change)


def changed_password(
    password: str, before: PasswordRecord, policy: PasswordPolicy | None, now: float
) -> PasswordRecord:
    """Give what to keep of a checked password in place of another. Blocks for as long as that takes.

    Raises: PasswordPolicyViolation for one that was used before, ThrottledException.
    """
    remembered = (policy.password_reuse_prevention or 0) if policy is not None else 0
    earlier = [before.hash, *before.earlier][:remembered]
    if any(is_password(password, one) for one in earlier):
        raise PasswordPolicyViolation(f"The password was used before; none of the last {remembered} is accepted")
    return replace(before, hash=hash_password(password), changed_at=now, must_change=False, earlier=earlier)


def is_over(password: PasswordRecord, policy: PasswordPolicy | None, now: float) -> bool:
    """Whether a password is older than its account allows."""
    days = policy.max_password_age if policy is not None else None
    return days is not None and now - password.changed_at > days * _DAY_S


def check_password(password: str, basis: Basis) -> None:
    """Return when a password is what the account demands, as far as that can be seen at once.

    Raises: PasswordPolicyViolation.
    """
    policy = basis.policy
    kinds = {
        "an uppercase letter": any(one.isascii() and one.isupper() for one in password),
        "a lowercase letter": any(one.isascii() and one.islower() for one in password),
        "a number": any(one.isascii() and one.isdigit() for one in password),
        "a symbol": any(one in _SYMBOLS for one in password),
    }
    if policy is None:
        wanting = [] if sum(kinds.values()) >= _LEAST_KINDS else ["three of: " + ", ".join(kinds)]
        least = _LEAST
    else:
        demanded = (
            policy.require_uppercase_characters,
            policy.require_lowercase_characters,
            policy.require_numbers,
            policy.require_symbols,
        )
        wanting = [kind for (kind, there), must in zip(kinds.items(), demanded, strict=True) if must and not there]
        least = policy.minimum_password_length or _SIX
    if len(password) < least:
        wanting.insert(0, f"{least} characters or more")
    if password.lower() in (basis.user.name.lower(), (basis.alias or "").lower()):
        wanting.append("anything but the name of its user or account")
    if wanting:
        raise PasswordPolicyViolation(f"Password does not conform to the account password policy: {'; '.join(wanting)}")
