"""How long things take: log-normal latencies, the network between two services, the wave of a day."""

from __future__ import annotations

import math
import random

__all__ = ["DAY_S", "latency", "network_gap", "wave"]

DAY_S = 86_400.0
_PEAK_HOUR = 19.0
_NIGHT = 0.3


def wave(at_s: float) -> float:
    """Return the traffic at this moment relative to the busiest: 0.3 in the small hours, 1.0 at 19:00 UTC."""
    hour = at_s % DAY_S / 3600
    swing = (1 + math.cos((hour - _PEAK_HOUR) / 24 * 2 * math.pi)) / 2
    return _NIGHT + (1 - _NIGHT) * swing


def latency(rng: random.Random, median_s: float, spread: float = 0.35) -> float:
    """Return seconds, log-normal around ``median_s``; ``spread`` is the deviation of the logarithm."""
    return median_s * math.exp(min(rng.gauss(0.0, spread), 3.5 * spread))


def network_gap(rng: random.Random) -> float:
    """Return the seconds a request, or its answer, is on the wire between two services."""
    return latency(rng, 0.0012, 0.5)
