"""Daemons."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .running import RunningDaemon


@pytest.fixture
def start_daemon(tmp_path: Path) -> Iterator[Callable[..., RunningDaemon]]:
    """Start daemons; those still running at the end are killed."""
    started: list[RunningDaemon] = []

    def start(url: str, *arguments: str, data: Path | None = None, **named: object) -> RunningDaemon:
        started.append(RunningDaemon(url, data or tmp_path / "daemon", *arguments, **named))  # type: ignore[arg-type]
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.end(signal.SIGKILL)
