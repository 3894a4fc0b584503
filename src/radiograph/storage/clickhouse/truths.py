"""What SQL can tell of an expression: a condition that is never true too often, and one that is never true too seldom.

Columns do not hold everything. Where ``lower`` is true the expression is; where ``upper`` is false it is not; between
the two only the documents tell. Most of the language is exact: both are then the same text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["FALSE", "TRUE", "UNKNOWN", "Need", "Truth", "all_of", "any_of", "exactly", "negated", "one_of"]

_MOST_NEEDS = 3


class Need(NamedTuple):
    """A condition on one row that some document of every matching trace satisfies.

    A lower ``rank`` is looked for first: 0 has an index for rare values, 1 reads columns.
    """

    rank: int
    sql: str
    hint: str = "1"
    """What an index tells of it: true wherever ``sql`` is, and dear to compute on rows."""


class Truth(NamedTuple):
    """Two conditions as SQL, ``1`` and ``0`` for what is certain; and needs that hold together wherever ``upper``."""

    lower: str
    upper: str
    needs: tuple[Need, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the documents need not be asked."""
        return self.lower == self.upper


TRUE, FALSE, UNKNOWN = Truth("1", "1"), Truth("0", "0"), Truth("0", "1")


def exactly(sql: str, *needs: Need) -> Truth:
    """Give what a condition tells fully."""
    return Truth(sql, sql, needs)


def negated(truth: Truth) -> Truth:
    """Give the opposite; of what a trace lacks no row tells."""
    return Truth(_not(truth.upper), _not(truth.lower))


def all_of(truths: Iterable[Truth]) -> Truth:
    """Give whether all hold."""
    terms = list(truths)
    needs = sorted(dict.fromkeys(need for term in terms for need in term.needs))
    return Truth(
        _joined("AND", "0", "1", [term.lower for term in terms]),
        _joined("AND", "0", "1", [term.upper for term in terms]),
        tuple(needs[:_MOST_NEEDS]),
    )


def any_of(truths: Iterable[Truth]) -> Truth:
    """Give whether any holds."""
    terms = [term for term in truths if term.upper != "0"]
    needs: tuple[Need, ...] = ()
    if terms and all(term.needs for term in terms):
        firsts = [term.needs[0] for term in terms]
        needs = (one_of(firsts),)
    return Truth(
        _joined("OR", "1", "0", [term.lower for term in terms]),
        _joined("OR", "1", "0", [term.upper for term in terms]),
        needs,
    )


def one_of(needs: Iterable[Need]) -> Need:
    """Give a need that is met where any of these is."""
    kept = [need for need in dict.fromkeys(needs) if need.sql != "0"]
    return Need(
        max((need.rank for need in kept), default=0),
        _joined("OR", "1", "0", [need.sql for need in kept]),
        _joined("OR", "1", "0", [need.hint for need in kept]),
    )


def _not(sql: str) -> str:
    return {"0": "1", "1": "0"}.get(sql, f"NOT {sql}")


def _joined(word: str, decides: str, neutral: str, terms: list[str]) -> str:
    kept = [term for term in dict.fromkeys(terms) if term != neutral]
    if decides in kept:
        return decides
    if not kept:
        return neutral
    return kept[0] if len(kept) == 1 else "(" + f" {word} ".join(kept) + ")"
