"""Trails in a directory of their own, on a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.audit.trails import Trails

Opened = Callable[..., Trails]


@pytest.fixture
def trails(tmp_path: Path) -> Iterator[Trails]:
    made = Trails(tmp_path)
    yield made
    made.close()
