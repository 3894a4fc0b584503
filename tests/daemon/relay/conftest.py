"""An X-Ray on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from .upstream import Upstream


@pytest.fixture
def start_upstream() -> Iterator[Callable[..., Upstream]]:
    started: list[Upstream] = []

    def start(*arguments: object, **named: object) -> Upstream:
        started.append(Upstream(*arguments, **named))  # type: ignore[arg-type]
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.fixture
def upstream(start_upstream: Callable[..., Upstream]) -> Upstream:
    return start_upstream()
