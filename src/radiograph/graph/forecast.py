"""How many faults a service was to be expected to have: a band around what it had before, for its present traffic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil, exp, floor, log, sqrt

from radiograph.model.graphs import ForecastStatistics

__all__ = ["HISTORY_S", "forecasts"]

HISTORY_S = 3 * 3600
"""How much of the past is worth reading: what is older weighs less than an eighth."""

_HALF_LIFE_S = 3600.0
_DEVIATIONS = 3.0
_PRIOR_FAULTS, _PRIOR_REQUESTS = 0.1, 20.0
"""What is believed of a service that nothing is known of: half a percent, and that weakly."""


def forecasts(points: Iterable[tuple[int, int, int]]) -> Iterator[ForecastStatistics]:
    """Yield the band of each (start, faults, requests), oldest first: of it, only the requests are used.

    The rate of faults is that of the points before, each weighing half as much as one an hour younger; the band is
    three standard deviations of so many requests failing at that rate to either side.

    Source: GetTimeSeriesServiceStatistics, ``ServiceForecastStatistics``; the service's own model is not published.
    """
    faults, requests, last = 0.0, 0.0, None
    for start, had, asked in points:
        if last is not None:
            fading = exp(log(0.5) * (start - last) / _HALF_LIFE_S)
            faults, requests = faults * fading, requests * fading
        rate = (faults + _PRIOR_FAULTS) / (requests + _PRIOR_REQUESTS)
        spread = _DEVIATIONS * sqrt(asked * rate * (1 - rate))
        yield ForecastStatistics(
            fault_count_high=min(asked, ceil(asked * rate + spread)),
            fault_count_low=max(0, floor(asked * rate - spread)),
        )
        faults, requests, last = faults + had, requests + asked, start
