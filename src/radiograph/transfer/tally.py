"""What became of everything: taken, left out, refused and why."""

from __future__ import annotations

from collections import Counter

import msgspec

__all__ = ["Outcome", "Refusal", "Tally"]

_EXAMPLES = 3
_OF_AGE = "days ago"
"""How a server's sentence about a time that it does not keep any more can be told."""


class Refusal(msgspec.Struct, frozen=True):
    """Something that was not taken."""

    code: str
    """What refusals of one kind have in common."""
    item: str
    """Which one: an id, a file and a line."""
    message: str
    count: int = 1


class Outcome(msgspec.Struct, frozen=True):
    """What became of one request."""

    what: str
    """``documents`` or ``spans``."""
    taken: int
    refused: list[Refusal] = []


class _Reason(msgspec.Struct):
    count: int = 0
    examples: list[Refusal] = []


class Tally:
    """Counts, and the first examples of each kind of refusal."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.refused: dict[str, _Reason] = {}
        self.too_old = 0

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        if outcome.taken:
            self.taken[outcome.what] += outcome.taken
        for refusal in outcome.refused:
            self.refuse(refusal)

    def refuse(self, refusal: Refusal) -> None:
        """Count a refusal."""
        reason = self.refused.setdefault(refusal.code, _Reason())
        reason.count += refusal.count
        if len(reason.examples) < _EXAMPLES:
            reason.examples.append(refusal)
        if _OF_AGE in refusal.message:
            self.too_old += refusal.count

    @property
    def refusals(self) -> int:
        """How many were refused."""
        return sum(reason.count for reason in self.refused.values())
