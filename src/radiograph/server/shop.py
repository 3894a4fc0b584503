"""The demo shop inside the server: a thread that tells its traces to the door, started and stopped at any time."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

from msgspec import UNSET

from radiograph import demo
from radiograph.clock import Clock
from radiograph.demo.history import batches, past
from radiograph.errors import ApiError, ServiceUnavailable, Throttled
from radiograph.ingest import Door
from radiograph.model.explore import DemoStatus
from radiograph.telemetry import log

__all__ = ["DemoShop"]

_SEED = 1
_RATE_PER_S = 4.0
_STOPS_WITHIN_S = 10.0
_COME_BACK_S = 1.0
_SOURCE = "demo"


class DemoShop:
    """At most one shop at a time. Safe for several threads."""

    def __init__(self, account: str, door: Door, clock: Clock, leaving: threading.Event) -> None:
        self._account, self._door, self._clock, self._leaving = account, door, clock, leaving
        self._lock = threading.Lock()
        self._open: _Opening | None = None

    def start(self, scenario: demo.Scenario, history_s: float, say: Callable[[str], None] | None = None) -> None:
        """Open the shop, in place of the one that is open; ``say`` is told how it goes on."""
        with self._lock:
            self._close()
            self._open = _Opening(self._account, self._door, self._clock, self._leaving, scenario, history_s, say)
            self._open.thread.start()

    def stop(self) -> None:
        """Close the shop, if it is open; what it has begun is told to its end."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._open is not None:
            self._open.leave.set()
            self._open.thread.join(_STOPS_WITHIN_S)

    def status(self) -> DemoStatus:
        """Give how it is."""
        opened, scenarios = self._open, [scenario.value for scenario in demo.Scenario]
        if opened is None:
            return DemoStatus(is_running=False, traces=0, scenarios=scenarios)
        is_running = opened.thread.is_alive() and not opened.leave.is_set()
        return DemoStatus(
            is_running=is_running,
            scenario=opened.scenario.value if is_running else UNSET,
            started_at=opened.started_s if is_running else UNSET,
            traces=opened.traces,
            failure=opened.failure or UNSET,
            scenarios=scenarios,
        )


class _Opening:
    """One time that the shop is open."""

    def __init__(
        self,
        account: str,
        door: Door,
        clock: Clock,
        leaving: threading.Event,
        scenario: demo.Scenario,
        history_s: float,
        say: Callable[[str], None] | None,
    ) -> None:
        self._account, self._door, self._clock, self._leaving = account, door, clock, leaving
        self._history_s, self._say = history_s, say or (lambda _words: None)
        self.scenario, self.started_s = scenario, clock()
        self.traces, self.failure = 0, ""
        self.leave = threading.Event()
        self.thread = threading.Thread(target=self._run, name="demo", daemon=True)

    def _run(self) -> None:
        try:
            if self._history_s:
                self._tell_past()
                self._say(f"{self.traces} traces of the past sent.")
            self._say(f"the shop is open ({self.scenario.value}).")
            before = self.traces

            def count(told: demo.Told) -> None:
                self.traces = before + told.traces

            demo.run(
                self._tell,
                clock=self._clock,
                wait=self.leave.wait,
                scenario=self.scenario,
                seed=_SEED,
                rate_per_s=_RATE_PER_S,
                progress=count,
            )
        except Exception as error:  # the edge of a thread: without this nobody would know why it ended
            if self._leaving.is_set():
                return
            self.failure = error.message if isinstance(error, ApiError) else str(error)
            log.error("the demo ended: %s", error)
            self._say(f"ended: {error}")

    def _tell_past(self) -> None:
        rng = random.Random(_SEED)  # noqa: S311 - a seed that repeats is the point
        now = self._clock()
        for batch in batches(past(rng, now - self._history_s, now, _RATE_PER_S, self.scenario)):
            while not self.leave.is_set():
                try:
                    self._door.accept(self._account, _SOURCE, batch.documents, None)
                except (Throttled, ServiceUnavailable):
                    self.leave.wait(_COME_BACK_S)
                else:
                    break
            if self.leave.is_set():
                return
            self.traces += batch.traces

    def _tell(self, datagram: bytes) -> None:
        try:
            self._door.accept(self._account, _SOURCE, [datagram.partition(b"\n")[2]], None)
        except (Throttled, ServiceUnavailable):
            self.leave.wait(_COME_BACK_S)  # one document less: a datagram would be lost too
