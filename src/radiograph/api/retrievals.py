"""Retrievals: looking for traces while nobody waits. Kept in memory, so a restart forgets them.

What is kept of one is the ids of the traces that were found; their documents are read when they are listed.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec

from radiograph.clock import Clock
from radiograph.errors import ServiceUnavailable, Throttled
from radiograph.model.retrieval import RetrievalStatus
from radiograph.telemetry import Counters, log

__all__ = ["Find", "Retrieval", "RetrievalLimits", "Retrievals"]

Find = Callable[[Sequence[str]], list[str]]
"""From some trace ids to those of them that are there; blocks. Raises: ServiceUnavailable when it cannot be told."""

_STEP = 10
"""Ids looked for at once; in between, a retrieval can be cancelled."""


class RetrievalLimits(msgspec.Struct, frozen=True):
    """How many, and how long.

    Source: AWS's retrievals time out after 60 minutes; the other limits are ours.
    """

    at_once: int = 2
    waiting: int = 100
    timeout_s: float = 3600.0
    keep_s: float = 3600.0
    """How long one is remembered after it ended."""
    keep: int = 1000
    """How many are remembered at most; those that were asked for first are forgotten first."""
    again_s: float = 1.0
    """How long to leave a store alone that cannot answer."""


class Retrieval(msgspec.Struct, frozen=True):
    """How a retrieval stands, and the traces it found once it is complete."""

    status: RetrievalStatus
    trace_ids: tuple[str, ...] = ()


class _Job:
    __slots__ = ("asked_s", "ended_s", "find", "found", "status", "trace_ids")

    def __init__(self, trace_ids: Sequence[str], find: Find, asked_s: float) -> None:
        self.trace_ids, self.find, self.asked_s = trace_ids, find, asked_s
        self.status: RetrievalStatus = "SCHEDULED"
        self.found: tuple[str, ...] = ()
        self.ended_s: float | None = None

    def end(self, status: RetrievalStatus, at_s: float, found: Sequence[str] = ()) -> None:
        self.status, self.ended_s, self.found = status, at_s, tuple(found)
        self.trace_ids = ()


class Retrievals:
    """Every retrieval that is not forgotten, and the threads they run on. Safe to use from several threads."""

    def __init__(self, clock: Clock, counters: Counters, limits: RetrievalLimits = RetrievalLimits()) -> None:  # noqa: B008
        self._clock, self._counters, self._limits = clock, counters, limits
        self._lock = threading.Lock()
        self._jobs: dict[tuple[str, str], _Job] = {}
        self._pending = 0
        self._stopping = threading.Event()
        self._pool = ThreadPoolExecutor(limits.at_once, thread_name_prefix="retrieval")

    def start(self, account: str, trace_ids: Sequence[str], find: Find) -> str:
        """Give the token of a retrieval that will look for these traces.

        Raises: ThrottledException when too many wait already.
        """
        with self._lock:
            now = self._clock()
            self._forget(now)
            if self._pending >= self._limits.at_once + self._limits.waiting:
                raise Throttled(f"{self._pending} retrievals are running or waiting; start this one when some ended")
            token = secrets.token_urlsafe(48)
            self._jobs[account, token] = job = _Job(trace_ids, find, now)
            self._pending += 1
            self._pool.submit(self._run, job)
            return token

    def get(self, account: str, token: str) -> Retrieval | None:
        """Give how a retrieval stands, or None when there is none of this token."""
        with self._lock:
            job = self._job(account, token)
            return Retrieval(job.status, job.found) if job is not None else None

    def cancel(self, account: str, token: str) -> bool:
        """Cancel a retrieval, whose traces cannot be listed from then on; give whether there is one of this token.

        One that has failed or timed out stays so.
        """
        with self._lock:
            job = self._job(account, token)
            if job is not None and job.status in ("SCHEDULED", "RUNNING", "COMPLETE"):
                job.end("CANCELLED", self._clock())
            return job is not None

    def stop(self) -> None:
        """Let go of what is waiting, and return when nothing is running any more."""
        self._stopping.set()
        self._pool.shutdown(cancel_futures=True)

    def _job(self, account: str, token: str) -> _Job | None:
        self._forget(self._clock())
        return self._jobs.get((account, token))

    def _forget(self, now: float) -> None:
        for job in self._jobs.values():
            if job.ended_s is None and now - job.asked_s >= self._limits.timeout_s:
                job.end("TIMEOUT", job.asked_s + self._limits.timeout_s)
        ended = [(key, job.ended_s) for key, job in self._jobs.items() if job.ended_s is not None]
        too_many = len(self._jobs) - self._limits.keep
        for n, (key, ended_s) in enumerate(ended):
            if n < too_many or now - ended_s >= self._limits.keep_s:
                del self._jobs[key]

    def _run(self, job: _Job) -> None:
        try:
            self._look(job)
        except Exception:  # the edge: whatever went wrong, the retrieval has failed, and others follow
            self._counters.add("retrievals.failed")
            log.exception("a retrieval failed")
            with self._lock:
                if job.ended_s is None:
                    job.end("FAILED", self._clock())
        finally:
            with self._lock:
                self._pending -= 1

    def _look(self, job: _Job) -> None:
        left, found = list(job.trace_ids), list[str]()
        while self._goes_on(job):
            if not left:
                with self._lock:
                    if job.ended_s is None:
                        job.end("COMPLETE", self._clock(), found)
                return
            try:
                found += job.find(left[:_STEP])
            except ServiceUnavailable:
                self._stopping.wait(self._limits.again_s)
            else:
                del left[:_STEP]

    def _goes_on(self, job: _Job) -> bool:
        with self._lock:
            self._forget(self._clock())
            if job.ended_s is not None or self._stopping.is_set():
                return False
            job.status = "RUNNING"
            return True
