"""One thread that runs each job when its time has come."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

import msgspec

from radiograph.telemetry import Counters, log

__all__ = ["Job", "Scheduler"]


class Job(msgspec.Struct, frozen=True):
    """What to run, and how many seconds to leave between runs."""

    name: str
    every_s: float
    run: Callable[[], object]


class Scheduler:
    """Runs jobs one after another; a job that fails is logged, counted, and tried again at its next time."""

    def __init__(self, jobs: Sequence[Job], counters: Counters) -> None:
        self._due = {job.name: (0.0, job) for job in jobs}
        self._counters = counters
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Run every job once, then by the clock."""
        self._thread.start()

    def _run(self) -> None:
        while not self._stopping.is_set():
            for name, (due, job) in list(self._due.items()):
                if time.monotonic() < due or self._stopping.is_set():
                    continue
                try:
                    job.run()
                except Exception:  # the edge: one job's failure is not the others'
                    self._counters.add(f"jobs.failed.{name}")
                    log.exception("job %s failed", name)
                self._due[name] = (time.monotonic() + job.every_s, job)
            self._stopping.wait(max(0.05, min(due for due, _ in self._due.values()) - time.monotonic()))

    def stop(self) -> None:
        """Finish the job at hand, then stop."""
        self._stopping.set()
        self._thread.join()
