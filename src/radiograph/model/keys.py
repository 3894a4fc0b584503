"""Keys of an account as they are kept: our own rows, of which AWS's structures are made. Times are epoch seconds.

A data key seals documents; a customer key wraps the account's data keys; the master key wraps customer keys.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

__all__ = ["CustomerKey", "DataKeyRecord", "DictionaryRecord", "KeyState"]

KeyState: TypeAlias = Literal["Enabled", "Disabled", "PendingDeletion", "Destroyed"]
"""As KMS has them; and ``Destroyed``, of which KMS says that it never was."""


class CustomerKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key of an account's: it wraps data keys."""

    id: str
    created_at: float
    state: KeyState = "Enabled"
    material: bytes | None
    """Wrapped by the master key; None once it is destroyed."""
    description: str = ""
    managed: bool = False
    """Made by the installation itself, as AWS makes ``aws/xray``; nobody disables or destroys it by itself."""
    deletes_at: float | None = None


class DataKeyRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A data key of an account's."""

    number: int
    """1, 2, 3 … within the account, never given again."""
    key_id: str
    """The customer key that wraps it."""
    created_at: float
    material: bytes | None
    """None once its customer key is destroyed."""


class DictionaryRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What was learned of the documents under a data key, so that they pack well."""

    number: int
    """1, 2, 3 … within the account, never given again."""
    data_key: int
    content: bytes | None
    """Sealed by the data key; None once that is destroyed."""
