"""GetInsight · GetInsightSummaries · GetInsightEvents · GetInsightImpactGraph.

Nothing looks for insights in this release, so there are none: every question is checked as it will be, and answered
with none, or for a single insight with the error for one that does not exist.
"""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn

from radiograph.api.context import Context
from radiograph.api.paging import no_token
from radiograph.api.windows import read_window
from radiograph.errors import InvalidRequest
from radiograph.model.insights import (
    GetInsightEventsRequest,
    GetInsightEventsResult,
    GetInsightImpactGraphRequest,
    GetInsightImpactGraphResult,
    GetInsightRequest,
    GetInsightResult,
    GetInsightSummariesRequest,
    GetInsightSummariesResult,
)

from .names import find_group

__all__ = ["get_insight", "get_insight_events", "get_insight_impact_graph", "get_insight_summaries"]

_OLDEST_S = 30 * 86_400 + 60  # a minute more, for the way: a chart of 30 days asks for exactly that
_LONGEST_S = 6 * 3600


def get_insight(request: GetInsightRequest, ctx: Context) -> GetInsightResult:
    """Give one insight.

    Raises: InvalidRequestException when there is none of this id.
    """
    _unknown(request.insight_id)


def get_insight_summaries(request: GetInsightSummariesRequest, ctx: Context) -> GetInsightSummariesResult:
    """Give the insights of a group in a window, at most 30 days back.

    Raises: InvalidRequestException.
    """
    _read_window(request.start_time, request.end_time, ctx.clock())
    no_token(request.next_token)
    with ctx.settings.read(ctx.account) as kept:
        find_group(kept, request.group_name, request.group_arn)
    return GetInsightSummariesResult()


def get_insight_events(request: GetInsightEventsRequest, ctx: Context) -> GetInsightEventsResult:
    """Give the changes of one insight, oldest first.

    Raises: InvalidRequestException when there is none of this id.
    """
    no_token(request.next_token)
    _unknown(request.insight_id)


def get_insight_impact_graph(request: GetInsightImpactGraphRequest, ctx: Context) -> GetInsightImpactGraphResult:
    """Give the services that one insight reaches, in a window of at most six hours.

    Raises: InvalidRequestException when there is none of this id.
    """
    start, end = _read_window(request.start_time, request.end_time, ctx.clock())
    if end - start > _LONGEST_S:
        raise InvalidRequest("Time range cannot be longer than 6 hours")
    no_token(request.next_token)
    _unknown(request.insight_id)


def _read_window(start: float | datetime, end: float | datetime, now: float) -> tuple[float, float]:
    start_s, end_s = read_window(start, end)
    if start_s < now - _OLDEST_S:
        raise InvalidRequest(f"StartTime is {start_s:.15g}, {(now - start_s) / 86_400:.0f} days ago; 30 are accepted")
    return start_s, end_s


def _unknown(insight_id: str) -> NoReturn:
    raise InvalidRequest(f"there is no insight {insight_id!r}; GetInsightSummaries lists them")
