"""The demo's core: one trace of the shop as the documents that its services send, and when. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator

from radiograph.demo.customers import draw
from radiograph.demo.journeys import JOURNEYS
from radiograph.demo.scenarios import TROUBLES, Scenario
from radiograph.demo.story import Emission, Story
from radiograph.demo.timing import wave
from radiograph.model.new_ids import trace_id

__all__ = ["arrivals", "trace"]

_TELLERS = [teller for teller, _ in JOURNEYS]
_WEIGHTS = [weight for _, weight in JOURNEYS]


def trace(rng: random.Random, start_time: float, scenario: Scenario) -> list[Emission]:
    """Return what one visit to the shop sends, in the order it is sent.

    Callees send before their callers; what follows the answer (shipping, notifications) comes seconds later. A
    shipping worker that polled a batch starts a second trace, which links to the first.
    The same state of ``rng``, start (epoch seconds) and scenario give the same documents.
    """
    load = 0.9 + 0.25 * wave(start_time)
    story = Story(rng, TROUBLES[scenario], trace_id(rng, start_time), load)
    (teller,) = rng.choices(_TELLERS, _WEIGHTS)
    teller(story, start_time, draw(rng))
    story.emissions.sort(key=_when)
    return story.emissions


def arrivals(rng: random.Random, from_s: float, rate_per_s: float) -> Iterator[float]:
    """Yield the epoch seconds at which visits start, without end: ``rate_per_s`` on average over a day, in its wave."""
    at_s = from_s
    while True:
        at_s += rng.expovariate(rate_per_s * wave(at_s) / _MEAN_WAVE)
        yield at_s


_MEAN_WAVE = sum(wave(hour * 3600.0) for hour in range(24)) / 24


def _when(emission: Emission) -> float:
    return emission.at_s
