"""Waiting, without blocking, until what was taken is on stable storage."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

from radiograph.errors import ApiError
from radiograph.journal import Durable

__all__ = ["when_durable"]

_Given = TypeVar("_Given")


async def when_durable(take: Callable[[Durable], _Given], executor: Executor | None = None) -> _Given:
    """Give what ``take`` gives, once the callback it was handed says that everything is durable.

    ``take`` runs in ``executor``, or here and now when there is none.

    Raises: whatever ``take`` raises; ThrottledException, ServiceUnavailable.
    """
    loop = asyncio.get_running_loop()
    settled: asyncio.Future[None] = loop.create_future()

    def settle(failure: ApiError | None) -> None:
        if settled.done():
            return
        if failure is None:
            settled.set_result(None)
        else:
            settled.set_exception(failure)

    def durable(failure: ApiError | None) -> None:
        loop.call_soon_threadsafe(settle, failure)

    given = take(durable) if executor is None else await loop.run_in_executor(executor, take, durable)
    await settled
    return given
