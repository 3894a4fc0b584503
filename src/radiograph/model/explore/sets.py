"""Explain: two sets of traces, and what tells one from the other."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from radiograph.model.base import Model, Moment, Request

__all__ = [
    "AttributeDifference",
    "ExplainRequest",
    "ExplainResult",
    "StructureHop",
    "TraceSet",
    "TraceSetStatistics",
]


class TraceSet(Request, frozen=True, kw_only=True):
    """The traces of a window that satisfy all that is there."""

    filter_expression: str | None = None
    start_time: Moment | None = None
    end_time: Moment | None = None
    min_duration: float | None = None
    """In seconds; traces that took this long belong to the set."""
    max_duration: float | None = None
    """In seconds; traces that took this long do not."""


class ExplainRequest(Request, frozen=True, kw_only=True):
    """A window, what every trace of either set must satisfy, and the sets."""

    start_time: Moment
    end_time: Moment
    set_a: TraceSet
    filter_expression: str | None = None
    set_b: TraceSet | None = None
    """All that is not in A, when absent. Traces in both count as A's alone."""
    most: Annotated[int, Meta(ge=1, le=200)] | None = None
    """How many differences to give, 30 when absent."""


class TraceSetStatistics(Model, frozen=True, kw_only=True):
    """One set; durations are those of whole traces, in seconds."""

    count: int
    mean: float
    median: float
    p95: float
    fault_count: int
    is_small: bool
    """It has too few traces to tell much."""


class AttributeDifference(Model, frozen=True, kw_only=True):
    """A value that one set has more often than the other. It goes along with the difference: no more is said."""

    attribute: str
    value: str
    count_a: int
    count_b: int
    share_a: float
    """Of the traces of A."""
    share_b: float
    divergence: float
    """How far apart the shares are, 0 to 1, less what chance may account for: what the list is ranked by."""
    is_small: bool
    """Too few traces have it to tell much."""
    filter_expression: str


class StructureHop(Model, frozen=True, kw_only=True):
    """One place in the tree that the traces of both sets make when laid over one another."""

    path: list[str]
    """Names from the root to here."""
    name: str
    type: str
    """Empty when unknown, and for work inside a service."""
    count_a: int
    """How many traces of A have it."""
    count_b: int
    median_a: float
    """In seconds, of all of it in a trace that has it; 0 where none has."""
    median_b: float
    self_a: float
    """Its own time without what it called, mean over all traces of A, in seconds."""
    self_b: float
    contribution: float
    """``self_a - self_b``: so much of the difference between the mean durations is spent here."""


class ExplainResult(Model, frozen=True, kw_only=True):
    """Both sets, their differences (the strongest first), and where their traces spend their time."""

    set_a: TraceSetStatistics
    set_b: TraceSetStatistics
    sampled_share: float
    differences: list[AttributeDifference]
    structure: list[StructureHop]
    """Parents before what is below them."""
    structure_count_a: int
    """Of how many traces of A the structure was made: of some, where they are many."""
    structure_count_b: int
