"""Sinks, links and what was shared, in the settings' file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from radiograph.model.sharing import TRACES, Share, Sink, SinkLink
from radiograph.storage.documents import SettingsDatabase
from radiograph.storage.documents.changes import Changes

SOURCE, ONE, TWO = "111111111111", "222222222222", "333333333333"
SINK = Sink("arn:aws:oam:r:222222222222:sink/s", ONE, "s", 5.0)
LINK = SinkLink("arn:aws:oam:r:111111111111:link/l", SOURCE, SINK.arn, "x", "$x", [TRACES], None, "f", 6.0, {"k": "v"})
DAY_S = 86_400.0


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[SettingsDatabase]:
    made = SettingsDatabase(tmp_path / "settings.sqlite3")
    yield made
    made.close()


def test_what_is_put_is_given_to_either_end_and_replaced_by_its_arn(settings: SettingsDatabase) -> None:
    changed = Sink(SINK.arn, ONE, "s", 5.0, "{}", {"a": "b"})
    with settings.sharing.change() as kept:
        kept.put_sink(SINK)
        kept.put_sink(changed)
        kept.put_link(LINK)
    with settings.sharing.read() as kept:
        assert (kept.sinks(ONE), kept.sink(SINK.arn), kept.sinks(SOURCE)) == ([changed], changed, [])
        assert (kept.links(SOURCE), kept.links_to(SINK.arn), kept.link(LINK.arn)) == ([LINK], [LINK], LINK)
        assert kept.links(ONE) == []
    with settings.sharing.change() as kept:
        kept.remove_sink(SINK.arn)
        kept.remove_link(LINK.arn)
    with settings.sharing.read() as kept:
        assert (kept.sink(SINK.arn), kept.link(LINK.arn)) == (None, None)


def test_sharing_leaves_behind_when_it_was(settings: SettingsDatabase) -> None:
    def share(now: float, *monitors: str) -> list[Share]:
        with settings.sharing.change() as kept:
            kept.share(SOURCE, monitors, now)
        return settings.sharing.shares()

    assert share(1.0, ONE) == [Share(SOURCE, ONE, 1.0)]
    assert share(2.0, ONE, TWO) == [Share(SOURCE, ONE, 1.0), Share(SOURCE, TWO, 2.0)]
    assert share(3.0, TWO) == [Share(SOURCE, ONE, 1.0, 3.0), Share(SOURCE, TWO, 2.0)]
    assert share(4.0, TWO, ONE)[:2] == [Share(SOURCE, ONE, 1.0, 3.0), Share(SOURCE, ONE, 4.0)]
    assert share(100 * DAY_S, TWO) == [Share(SOURCE, ONE, 4.0, 100 * DAY_S), Share(SOURCE, TWO, 2.0)]


def test_a_change_is_seen_from_another_connection(settings: SettingsDatabase, tmp_path: Path) -> None:
    changes = Changes(tmp_path / "settings.sqlite3")
    before = changes.version()
    assert changes.version() == before
    with settings.sharing.change() as kept:
        kept.share(SOURCE, [ONE], 1.0)
    assert changes.version() != before
    changes.close()
