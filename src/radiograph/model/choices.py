"""What there is one of in an account, as it is kept; ours, and not AWS's. Times are epoch seconds."""

from __future__ import annotations

import msgspec

from .settings import EncryptionType, TraceSegmentDestination

__all__ = ["Choice", "Destination", "Encryption", "Indexing", "RulesChanged"]


class Choice(msgspec.Struct, frozen=True):
    """Something that was chosen, and when."""

    at_s: float


class Encryption(Choice, frozen=True):
    """How data is to be encrypted."""

    type: EncryptionType
    key_id: str | None = None


class Destination(Choice, frozen=True):
    """Where segments are to go."""

    destination: TraceSegmentDestination


class Indexing(Choice, frozen=True):
    """How many traces in a hundred are to be indexed."""

    percentage: float


class RulesChanged(Choice, frozen=True):
    """When a sampling rule was last made, changed or deleted."""
