"""Passwords: kept as Argon2id makes them, which takes time and memory on purpose; so not many at once."""

from __future__ import annotations

import os
import threading

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from radiograph.errors import Throttled

__all__ = ["hash_password", "is_password", "is_password_in_vain"]

_ITERATIONS, _LANES, _MEMORY_KIB, _BYTES, _SALT_BYTES = 3, 1, 64 << 10, 32, 16
_AT_ONCE, _PATIENCE_S = 2, 10.0
_room = threading.BoundedSemaphore(_AT_ONCE)
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""Of no password: checking against it takes as long as against any other."""


def hash_password(password: str) -> str:
    """Give what to keep of a password: ``$argon2id$…``, with a salt of its own.

    Raises: ThrottledException when too many passwords are being looked at.
    """
    with _Turn():
        maker = Argon2id(
            salt=os.urandom(_SALT_BYTES), length=_BYTES, iterations=_ITERATIONS, lanes=_LANES, memory_cost=_MEMORY_KIB
        )
        return maker.derive_phc_encoded(password.encode())


def is_password(password: str, kept: str) -> bool:
    """Whether this is the password of which that was kept.

    Raises: ThrottledException when too many passwords are being looked at.
    """
    with _Turn():
        try:
            Argon2id.verify_phc_encoded(password.encode(), kept)
        except InvalidKey:
            return False
        return True


def is_password_in_vain(password: str) -> bool:
    """Give False, after as long as it takes to know that of somebody's password: nobody learns who there is.

    Raises: ThrottledException when too many passwords are being looked at.
    """
    return is_password(password, _NOBODYS) and False


class _Turn:
    """One of the few that may use so much memory at once."""

    def __enter__(self) -> None:
        if not _room.acquire(timeout=_PATIENCE_S):
            raise Throttled("too many passwords are being looked at; send it again later")

    def __exit__(self, *_: object) -> None:
        _room.release()
