"""Appending: durable before anyone is told, in order, bounded, and going on where a predecessor ended."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from radiograph.errors import ApiError, ServiceUnavailable, Throttled
from radiograph.journal import JournalLimits
from radiograph.telemetry import Counters
from tests.conftest import eventually

from .conftest import ACCOUNT, SMALL, OpenJournal, commit, read_all


def test_what_is_told_durable_is_in_the_file(open_journal: OpenJournal, tmp_path: Path) -> None:
    journal = open_journal()
    seen: list[list[bytes]] = []
    told = threading.Event()

    def durable(failure: ApiError | None) -> None:
        assert failure is None
        seen.append([one.document for one in read_all(tmp_path / "journal", journal.durable_sequence)])
        told.set()

    journal.append(ACCOUNT, 0.0, [b"a", b"b"], durable)
    assert told.wait(10)
    assert seen == [[b"a", b"b"]]


def test_arrivals_of_many_threads_are_all_there_once_in_the_order_of_their_numbers(
    open_journal: OpenJournal, tmp_path: Path
) -> None:
    counters = Counters()
    journal = open_journal(counters=counters)

    def write(n: int) -> None:
        for m in range(50):
            commit(journal, [b"%d/%d/%d" % (n, m, part) for part in range(3)])

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = read_all(tmp_path / "journal", journal.durable_sequence)
    assert [one.sequence for one in found] == list(range(1, 8 * 50 * 3 + 1))
    assert len({one.document for one in found}) == len(found)
    assert {one.account for one in found} == {ACCOUNT}
    for n in range(8):
        own = [one.document for one in found if one.document.startswith(b"%d/" % n)]
        assert own == [b"%d/%d/%d" % (n, m, part) for m in range(50) for part in range(3)]
    assert counters.get("journal.commits") < 400, "neighbours share a commit"
    assert len(list((tmp_path / "journal").glob("*.journal"))) > 1, "and files are followed by others"


def test_sequences_go_on_after_reopening(open_journal: OpenJournal, tmp_path: Path) -> None:
    first = open_journal()
    commit(first, [b"a", b"b"])
    first.close()
    second = open_journal()
    assert second.durable_sequence == 2
    commit(second, [b"c"])
    found = read_all(tmp_path / "journal", second.durable_sequence)
    assert [(one.sequence, one.document) for one in found] == [(1, b"a"), (2, b"b"), (3, b"c")]


def test_sequences_go_on_behind_the_mark_though_the_journal_is_gone(open_journal: OpenJournal, tmp_path: Path) -> None:
    journal = open_journal(applied=40)
    commit(journal, [b"new"])
    assert journal.durable_sequence == 41
    assert [one.document for one in read_all(tmp_path / "journal", 41, after=40)] == [b"new"]


def test_numbers_of_a_failed_commit_are_not_given_again(open_journal: OpenJournal, tmp_path: Path) -> None:
    journal = open_journal()
    commit(journal, [b"a"])
    (tmp_path / "journal").rename(tmp_path / "away")
    with pytest.raises(ServiceUnavailable, match="journal cannot be written"):
        commit(journal, [b"x" * (32 << 10)])
    (tmp_path / "away").rename(tmp_path / "journal")
    commit(journal, [b"b"])
    found = read_all(tmp_path / "journal", journal.durable_sequence)
    assert [(one.sequence, one.document) for one in found] == [(1, b"a"), (3, b"b")]


def test_one_who_cannot_be_told_does_not_keep_the_others_waiting(open_journal: OpenJournal) -> None:
    counters = Counters()
    journal = open_journal(counters=counters)

    def gone(_: ApiError | None) -> None:
        raise RuntimeError("the event loop is closed")

    journal.append(ACCOUNT, 0.0, [b"a"], gone)
    commit(journal, [b"b"])
    assert counters.get("journal.untold") == 1
    assert journal.durable_sequence == 2


def test_closing_commits_what_is_pending_and_then_refuses(open_journal: OpenJournal, tmp_path: Path) -> None:
    journal = open_journal()
    for n in range(100):
        journal.append(ACCOUNT, 0.0, [b"%d" % n], None)
    journal.close()
    assert len(read_all(tmp_path / "journal", 100)) == 100
    with pytest.raises(ServiceUnavailable, match="stopping"):
        journal.append(ACCOUNT, 0.0, [b"late"], None)


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (JournalLimits(file_bytes=4096, min_free_bytes=0, pending_bytes=100), "wait for the disk"),
        (JournalLimits(file_bytes=4096, min_free_bytes=0, unapplied_bytes=100), "wait for the store"),
        (JournalLimits(file_bytes=4096, min_free_bytes=1 << 62), "bytes free"),
    ],
)
def test_beyond_a_bound_nothing_is_taken(open_journal: OpenJournal, limits: JournalLimits, why: str) -> None:
    journal = open_journal(limits)
    with pytest.raises(Throttled, match=why) as refused:
        journal.append(ACCOUNT, 0.0, [b"x" * 200], None)
    assert refused.value.retry_after_s >= 1
    assert journal.durable_sequence == 0


def test_what_the_store_has_no_longer_counts_as_waiting(open_journal: OpenJournal) -> None:
    limits = JournalLimits(file_bytes=4096, min_free_bytes=0, unapplied_bytes=3000)
    journal = open_journal(limits)
    commit(journal, [b"x" * 2000])
    with pytest.raises(Throttled):
        commit(journal, [b"y" * 2000])
    journal.applied(1, time.time())
    assert journal.unapplied_bytes == 0
    commit(journal, [b"y" * 900])


def test_after_reopening_only_what_the_store_lacks_counts_as_waiting(open_journal: OpenJournal) -> None:
    first = open_journal(JournalLimits(file_bytes=4096, min_free_bytes=0))
    for n in range(10):
        commit(first, [b"%d" % n * 2000])
    first.close()
    limits = JournalLimits(file_bytes=4096, min_free_bytes=0, unapplied_bytes=5000)
    second = open_journal(limits, applied=10)
    assert second.unapplied_bytes == 0
    commit(second, [b"x" * 2000])
    second.close()
    third = open_journal(limits, applied=9)
    assert third.unapplied_bytes == 3 * 2048, "the file of numbers 9 and 10, and the one of number 11"


def test_applied_files_go_by_age_and_by_size_and_the_one_in_use_stays(
    open_journal: OpenJournal, tmp_path: Path
) -> None:
    limits = JournalLimits(file_bytes=4096, min_free_bytes=0, retain_s=100, retain_bytes=3 * 4096)
    journal = open_journal(limits)
    for n in range(8):
        commit(journal, [b"%d" % n * 3000])
    files = sorted((tmp_path / "journal").glob("*.journal"))
    assert len(files) == 8
    journal.applied(3, time.time())
    assert sorted((tmp_path / "journal").glob("*.journal")) == files, "none is too old, and not too many are spare"
    os.utime(files[0], (0, 0))
    os.utime(files[5], (0, 0))
    journal.applied(3, time.time())
    assert sorted((tmp_path / "journal").glob("*.journal")) == files[1:], "the old one that the store lacks stays"
    journal.applied(8, time.time())
    assert len(list((tmp_path / "journal").glob("*.journal"))) <= 4
    assert files[-1].exists()


def test_a_file_half_made_by_a_crash_is_cleared_away(open_journal: OpenJournal, tmp_path: Path) -> None:
    (tmp_path / "journal").mkdir()
    (tmp_path / "journal" / "00000000000000000009.new").write_bytes(bytes(1000))
    commit(open_journal(), [b"a"])
    assert [path.suffix for path in (tmp_path / "journal").iterdir()] == [".journal"]


def test_a_waiting_reader_is_woken_by_what_becomes_durable(open_journal: OpenJournal) -> None:
    journal = open_journal(SMALL)
    journal.grown.clear()
    commit(journal, [b"a"])
    eventually(journal.grown.is_set)
