"""Changes: which services are worse than they were, and since when."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from radiograph.model.base import Model, Moment, Request, Timestamp

__all__ = ["ChangesRequest", "ChangesResult", "ServiceChange"]


class ChangesRequest(Request, frozen=True, kw_only=True):
    """A window, and where one of the same length begins that it is held against."""

    start_time: Moment
    end_time: Moment
    against: Moment | None = None
    """When absent, the window just before."""
    most: Annotated[int, Meta(ge=1, le=1000)] | None = None
    """100 when absent."""


class ServiceChange(Model, frozen=True, kw_only=True):
    """A service in both windows; shares are of its requests, durations seconds, 0 where it had none."""

    name: str
    type: str
    count: int
    count_before: int
    fault_share: float
    fault_share_before: float
    error_share: float
    """Without throttles."""
    error_share_before: float
    throttle_share: float
    throttle_share_before: float
    p50: float
    p50_before: float
    p95: float
    p95_before: float
    is_unhealthy: bool
    """More of its requests fail, or they take longer, than before, by more than chance may account for."""
    worse: float
    """What the list is ranked by: above 0 for worse, below for better."""
    first_bad: Timestamp | UnsetType = UNSET
    """The minute since which it is unhealthy; absent for one that is not."""


class ChangesResult(Model, frozen=True, kw_only=True):
    """Services, the worst first."""

    start_time: Timestamp
    end_time: Timestamp
    start_time_before: Timestamp
    end_time_before: Timestamp
    services: list[ServiceChange]
