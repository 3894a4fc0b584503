"""What a journal needs of keys: with which to seal, and which one a frame was sealed with."""

from __future__ import annotations

from typing import Protocol

from radiograph.data_keys import DataKey

__all__ = ["FrameKeys", "KeysOfFrames"]


class FrameKeys(Protocol):
    """The keys that frames are to be sealed with."""

    def sealing(self, account: str, documents: int) -> DataKey | None:
        """Give the data key for an arrival of so many documents; None when the account's are not to be sealed.

        MUST know of every change that was acknowledged before it was asked.

        Raises: ServiceUnavailable when they are to be sealed and cannot be.
        """


class KeysOfFrames(Protocol):
    """The keys that frames were sealed with."""

    def carried(self, account: str, number: int) -> DataKey:
        """Give a data key, disabled or not: what is acknowledged is carried into the store.

        Raises: Unsealable when it is destroyed or was never there; ServiceUnavailable when that cannot be told now.
        """
