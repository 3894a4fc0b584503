"""Unique ids, access keys and their secrets, drawn as AWS draws them."""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import Literal, TypeAlias

__all__ = ["IdPrefix", "account_in", "new_access_key_id", "new_id", "new_secret"]

IdPrefix: TypeAlias = Literal["AIDA", "AGPA", "AROA", "ANPA", "AIPA"]
KeyPrefix: TypeAlias = Literal["AKIA", "ASIA"]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_KEY_BYTES = 10
_ACCOUNT_SHIFT = 39
"""The account stands in an access key's 80 bits from the second on: forty of them, the first is always set."""
_FIRST = 1 << 79


def new_id(prefix: IdPrefix) -> str:
    """Give an id that nothing had before."""
    return prefix + "".join(secrets.choice(_LETTERS) for _ in range(17))


def new_access_key_id(prefix: KeyPrefix, account: str) -> str:
    """Give an access key's id; it tells its account, as AWS's do."""
    number = _FIRST | int(account) << _ACCOUNT_SHIFT | secrets.randbits(_ACCOUNT_SHIFT)
    return prefix + base64.b32encode(number.to_bytes(_KEY_BYTES)).decode()


def account_in(access_key_id: str) -> str | None:
    """Give the account that an access key's id tells, or None when it tells none."""
    try:
        number = int.from_bytes(base64.b32decode(access_key_id[4:]))
    except binascii.Error:
        return None
    account = (number & ~_FIRST) >> _ACCOUNT_SHIFT
    return f"{account:012d}" if number >> 79 == 1 and account < 10**12 else None


def new_secret() -> str:
    """Give a secret of forty characters, 240 bits of them drawn."""
    return base64.b64encode(secrets.token_bytes(30)).decode()
