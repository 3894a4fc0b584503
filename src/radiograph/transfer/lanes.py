"""Several requests under way at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

__all__ = ["in_lanes"]

T = TypeVar("T")
_LANES = 4


def in_lanes(jobs: Iterable[Callable[[], T]], lanes: int = _LANES) -> Iterator[T]:
    """Yield the results of jobs in their order; a few are under way while the next are made.

    Raises: what a job raises; those under way are finished first, those not begun are dropped.
    """
    under_way: deque[Future[T]] = deque()
    pool = ThreadPoolExecutor(lanes, thread_name_prefix="lane")
    try:
        for job in jobs:
            under_way.append(pool.submit(job))
            if len(under_way) > 2 * lanes:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
