"""A journal that another process appends to, as seen by the process that applies it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from .files import JournalFiles

__all__ = ["JournalFollower"]


class JournalFollower:
    """What an applier needs of a journal: its files, how far they reach, and whom to tell what is applied."""

    def __init__(self, files: JournalFiles, durable: int, on_applied: Callable[[int], None]) -> None:
        self.files, self.durable_sequence = files, durable
        self.grown = threading.Event()
        """Set whenever documents have become durable; a reader clears it."""
        self._on_applied = on_applied

    def advance(self, durable: int) -> None:
        """Note that the journal is durable up to a sequence."""
        self.durable_sequence = max(self.durable_sequence, durable)
        self.grown.set()

    def applied(self, sequence: int, _now: float) -> None:
        """Tell the journal's owner that the store has everything up to ``sequence``."""
        self._on_applied(sequence)
