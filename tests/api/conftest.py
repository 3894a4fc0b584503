"""A desk for every test that needs no server, and a shelf of documents for those that need some."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from msgspec import structs

from radiograph.storage.interfaces import TraceReader

from .desk import Desk
from .shelf import Shelf


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "settings.sqlite3")
    yield made
    made.context.retrievals.stop()
    made.changes.close()
    made.settings.close()


@pytest.fixture
def shelf(desk: Desk) -> Iterator[Shelf]:
    made = Shelf()
    desk.context = structs.replace(desk.context, traces=cast("TraceReader", made))
    yield made
    made.open.set()
