"""What the engine says it has written is looked at before it counts."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from radiograph.errors import ServiceUnavailable
from radiograph.storage.clickhouse import ClickHouseStore
from radiograph.storage.clickhouse.verify import PartChecker

CREATE = "CREATE TABLE checked (n UInt64) ENGINE = MergeTree ORDER BY n"


class Part(msgspec.Struct):
    path: str


@pytest.fixture
def checker(store: ClickHouseStore) -> PartChecker:
    store.engine.execute("DROP TABLE IF EXISTS checked")
    store.engine.execute(CREATE)
    return PartChecker(store.engine, "checked")


def write(store: ClickHouseStore) -> None:
    store.engine.insert("checked", [("n", "UInt64", list(range(1000)))])


def rows(store: ClickHouseStore) -> int:
    sql = "SELECT toString(count()) AS path FROM checked"
    return int(store.engine.rows(Part, sql)[0].path)


def test_a_whole_part_passes(store: ClickHouseStore, checker: PartChecker) -> None:
    write(store)
    checker.check()
    assert rows(store) == 1000


def test_a_part_cut_short_is_put_aside_and_what_was_written_has_to_be_written_again(
    store: ClickHouseStore, checker: PartChecker
) -> None:
    write(store)
    (part,) = store.engine.rows(Part, "SELECT path FROM system.parts WHERE active AND table = 'checked'")
    data = next(path for path in Path(part.path).iterdir() if path.suffix == ".bin")
    data.write_bytes(data.read_bytes()[:3])
    with pytest.raises(ServiceUnavailable, match="not whole"):
        checker.check()
    write(store)
    checker.check()
    assert rows(store) == 1000


def test_a_write_that_left_nothing_is_noticed(checker: PartChecker) -> None:
    with pytest.raises(ServiceUnavailable, match="not whole"):
        checker.check()
