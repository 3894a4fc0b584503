"""What OAM's operations use beside a caller's context."""

from __future__ import annotations

import msgspec

from radiograph.api.context import Context
from radiograph.storage.interfaces import IdentityStore, SharingStore

__all__ = ["OamContext"]


class OamContext(msgspec.Struct, frozen=True):
    """One request's view."""

    ctx: Context
    store: SharingStore
    identities: IdentityStore
    """For the names of accounts."""

    @property
    def account(self) -> str:
        """Give the account that asks."""
        return self.ctx.account
