"""The roll-up of minutes: counted when quiet, opened by what comes late, right after a restart at any moment."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
import pytest

from radiograph.model.graph_rows import GraphRow
from radiograph.storage.clickhouse import ClickHouseStore
from radiograph.storage.clickhouse.graphs import GraphReader
from radiograph.storage.clickhouse.partitions import drop_before
from tests.oracle.documents import segment, subsegment
from tests.storage.conftest import Account, FakeClock, restarted

MINUTE_S = 1_700_000_040
WINDOW = (MINUTE_S - 3_600, MINUTE_S + 3_600)
CALL = "b" * 16


def caller(minute: int = 0, **members: Any) -> dict[str, Any]:
    """A segment with one call in it."""
    times = {"start_time": MINUTE_S + minute * 60 + 1.0, "end_time": MINUTE_S + minute * 60 + 2.0}
    call = subsegment(id=CALL, name="pay.test", namespace="remote", **times)
    return segment(subsegments=[call], **times, **members)


def callee(minute: int = 0) -> dict[str, Any]:
    """The segment that answers the call."""
    times = {"start_time": MINUTE_S + minute * 60 + 1.0, "end_time": MINUTE_S + minute * 60 + 1.5}
    return segment(id="c" * 16, name="pay", parent_id=CALL, **times)


def edges(reader: GraphReader, account: Account) -> set[tuple[str, str, int]]:
    """(caller, callee, requests) of every edge."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in reader.graph(account.id, *WINDOW):
        if row.kind == 3:
            counts[row.caller_name, row.name] += requests(row)
    return {(*edge, count) for edge, count in counts.items()}


class _Count(msgspec.Struct):
    count: int


def requests(row: GraphRow) -> int:
    return row.ok + row.error + row.throttle + row.fault


@pytest.fixture(autouse=True)
def _a_while_later(clock: FakeClock, store: ClickHouseStore) -> None:
    """Every minute is over, and what other tests left open is counted."""
    clock.now = max(clock.now, MINUTE_S + 7_200.0)
    for _ in range(3):
        clock.passes(1_000)
        store.keeper.count()


UNANSWERED = {("shop", "shop", 1), ("shop", "pay.test", 1)}
ANSWERED = {("shop", "shop", 1), ("shop", "pay", 1)}


def test_a_minute_is_counted_once_it_has_been_quiet_for_a_while(account: Account) -> None:
    account.write([caller()])
    assert account.count(after_s=1) == 0
    assert account.count(after_s=5) == 1
    assert account.count(after_s=5) == 0


def test_a_minute_that_never_goes_quiet_is_counted_all_the_same(account: Account) -> None:
    counted = 0
    for _ in range(40):
        account.write([caller()])
        counted += account.count(after_s=4)
    assert counted == 1


def test_a_minute_is_not_counted_while_it_lasts(account: Account, clock: FakeClock) -> None:
    start = int(clock.now) // 60 * 60 + 60
    account.write([segment(start_time=start + 1.0, end_time=start + 2.0)])
    clock.now = start + 60 + 14
    assert account.store.keeper.count() == 0
    assert account.count(after_s=1) == 1


def test_counting_changes_no_answer(account: Account) -> None:
    account.write([caller(), callee(minute=3)])
    before = edges(account.store, account)
    assert account.count() == 2
    assert edges(account.store, account) == before == ANSWERED


def test_a_late_document_opens_its_minute(account: Account) -> None:
    account.write([caller()])
    account.count()
    account.write([segment(id="d" * 16, start_time=MINUTE_S + 5.0, end_time=MINUTE_S + 6.0)])
    assert ("shop", "shop", 2) in edges(account.store, account)
    assert account.count() == 1
    assert ("shop", "shop", 2) in edges(account.store, account)


def test_a_late_callee_opens_its_caller_s_minute(account: Account) -> None:
    account.write([caller()])
    account.count()
    assert edges(account.store, account) == UNANSWERED
    account.write([callee(minute=10)])
    account.count()
    assert edges(account.store, account) == ANSWERED


def test_a_late_caller_opens_its_callee_s_minute(account: Account) -> None:
    account.write([callee()])
    account.count()
    assert edges(account.store, account) == {("pay", "pay", 1)}
    account.write([caller(minute=10)])
    account.count()
    assert edges(account.store, account) == ANSWERED


def test_a_complete_document_takes_the_place_of_a_counted_one_in_progress(account: Account) -> None:
    account.write([segment(start_time=MINUTE_S, end_time=..., in_progress=True)])
    account.count()
    assert edges(account.store, account) == {("shop", "shop", 0)}
    account.write([segment(start_time=MINUTE_S, end_time=MINUTE_S + 1.0)])
    account.count()
    assert edges(account.store, account) == {("shop", "shop", 1)}


def test_sweeping_old_versions_changes_no_answer(account: Account) -> None:
    for n in range(3):
        account.write([caller(id=f"{n + 1:016x}")])
        account.count()
    before = edges(account.store, account)
    account.store.keeper.sweep()
    assert edges(account.store, account) == before


# Restarts


def test_a_minute_that_was_not_counted_is_open_after_a_restart(account: Account) -> None:
    account.write([caller()])
    reader, keeper = restarted(account.store, account.clock)
    assert edges(reader, account) == UNANSWERED
    account.clock.passes(300)
    assert keeper.count() == 1
    assert edges(reader, account) == UNANSWERED


def test_a_counted_minute_that_got_a_late_document_is_open_after_a_restart(account: Account) -> None:
    account.write([caller()])
    account.count()
    account.write([caller(id="d" * 16)])
    reader, _ = restarted(account.store, account.clock)
    assert ("shop", "shop", 2) in edges(reader, account)


def test_a_counted_minute_is_closed_after_a_restart(account: Account) -> None:
    account.write([caller()])
    account.count()
    _, keeper = restarted(account.store, account.clock)
    account.clock.passes(300)
    assert keeper.count() == 0


def test_a_caller_s_minute_is_counted_again_though_the_server_restarts_before_the_keeper_looked(
    account: Account,
) -> None:
    account.write([caller()])
    account.count()
    account.write([callee(minute=5)])
    reader, keeper = restarted(account.store, account.clock)
    account.clock.passes(300)
    keeper.count()
    assert edges(reader, account) == ANSWERED


def test_a_caller_s_minute_is_counted_again_though_another_minute_has_been_counted_since(
    account: Account, store: ClickHouseStore, clock: FakeClock
) -> None:
    account.write([caller()])
    account.count()
    account.write([callee(minute=5)])
    # Another account's minute, newer in the journal, is counted before this account's relatives are looked for.
    other = Account(store, clock)
    other.write([caller()])
    store.keeper._count_run(other.id, [MINUTE_S])
    reader, keeper = restarted(store, clock)
    clock.passes(300)
    keeper.count()
    assert edges(reader, account) == ANSWERED


def test_a_caller_s_minute_is_counted_again_though_the_server_restarts_when_only_the_callee_s_is_counted(
    account: Account,
) -> None:
    account.write([caller()])
    account.count()
    account.write([callee(minute=5)])
    account.clock.passes(5)
    # The callee's minute has been quiet for long enough; the caller's has only now been opened.
    assert account.store.keeper.count() == 1
    reader, keeper = restarted(account.store, account.clock)
    account.clock.passes(300)
    keeper.count()
    assert edges(reader, account) == ANSWERED


def test_a_count_that_was_cut_short_does_not_come_to_count_later(account: Account) -> None:
    account.write([caller()])
    account.count()
    # As far as a count gets before the power fails: rows of a version that is recorded nowhere.
    engine = account.store.engine
    engine.execute(
        "INSERT INTO graph_minutes SELECT * REPLACE (version + 1 AS version) FROM graph_minutes "
        "WHERE account = {account:String}",
        account=account.id,
    )
    account.write([caller(id="d" * 16)])
    reader, keeper = restarted(account.store, account.clock)
    account.clock.passes(300)
    keeper.count()
    assert ("shop", "shop", 2) in edges(reader, account)
    keeper.sweep()
    assert ("shop", "shop", 2) in edges(reader, account)


# Whole hours


def in_hours(account: Account) -> int:
    """How many rows of whole hours the store has for the account."""
    sql = "SELECT count() AS count FROM graph_hours WHERE account = {account:String}"
    return account.store.engine.rows(_Count, sql, account=account.id)[0].count


def test_an_hour_whose_minutes_are_all_counted_is_summed_and_answers_as_they_did(account: Account) -> None:
    account.write([caller()])
    account.write([caller(20, id="d" * 16), callee(20)])
    before = edges(account.store, account)
    account.count()
    assert in_hours(account) > 0
    assert edges(account.store, account) == before
    rows = account.store.graph(account.id, *WINDOW)
    assert sum(row.ok for row in rows if row.kind == 1 and row.name == "shop") == 2
    assert sum(sum(row.counts) for row in rows if row.kind == 1 and row.name == "shop") == 2


def test_what_comes_late_for_a_summed_hour_counts_at_once_and_after_it_is_summed_again(account: Account) -> None:
    account.write([caller()])
    account.count()
    account.write([caller(1, id="d" * 16)])
    twice = {("shop", "shop", 2), ("shop", "pay.test", 2)}
    assert edges(account.store, account) == twice
    account.count()
    assert edges(account.store, account) == twice
    account.store.keeper.sweep()
    assert edges(account.store, account) == twice


def test_a_restart_finds_the_hours_that_hold_and_sums_the_others(account: Account) -> None:
    account.write([caller()])
    account.count()
    engine = account.store.engine
    engine.execute("DELETE FROM graph_hours WHERE account = {account:String}", account=account.id)
    reader, keeper = restarted(account.store, account.clock)
    assert edges(reader, account) == UNANSWERED
    keeper.count()
    assert in_hours(account) > 0
    reader, _ = restarted(account.store, account.clock)
    assert edges(reader, account) == UNANSWERED


def test_a_part_of_an_hour_is_answered_from_its_minutes(account: Account) -> None:
    account.write([caller(), caller(20, id="d" * 16)])
    account.count()
    rows = account.store.graph(account.id, MINUTE_S, MINUTE_S + 60)
    assert sum(requests(row) for row in rows if row.kind == 1 and row.name == "shop") == 1


# Retention


def test_whole_days_before_a_moment_go_and_the_others_stay(account: Account) -> None:
    day = MINUTE_S // 86_400 * 86_400
    old = segment(
        trace_id="1-65527a80-0123456789abcdef01234567", start_time=day - 86_400 + 1.0, end_time=day - 86_399 + 1.0
    )
    account.write([old, caller()])
    account.count()
    dropped = drop_before(account.store.engine, day + 3_600)
    assert {name.split()[0] for name in dropped} == {
        "segments",
        "documents",
        "graph_minutes",
        "graph_hours",
        "graph_versions",
    }
    assert account.store.documents(account.id, [old["trace_id"]]) == []
    assert len(account.store.documents(account.id, [caller()["trace_id"]])) == 1
    assert not account.store.graph(account.id, day - 86_400, day)
    assert edges(account.store, account) == UNANSWERED
    assert drop_before(account.store.engine, day + 3_600) == []


def test_a_minute_that_was_dropped_while_open_is_counted_as_empty(account: Account) -> None:
    day = MINUTE_S // 86_400 * 86_400
    account.write([segment(start_time=day - 86_400 + 1.0, end_time=day - 86_399 + 1.0)])
    drop_before(account.store.engine, day)
    assert account.count() == 1
    assert account.count() == 0
    assert account.store.graph(account.id, day - 86_400, day) == []


def test_a_callee_whose_caller_s_document_may_still_be_on_its_way_is_not_taken_for_a_client_s(
    account: Account, clock: FakeClock
) -> None:
    begun = clock.now
    times = {"start_time": begun, "end_time": begun + 1.0}
    account.write([segment(id="c" * 16, name="pay", parent_id=CALL, **times)])

    def entered() -> set[str]:
        rows = account.store.graph(account.id, int(begun) - 120, int(begun) + 120)
        return {row.caller_type for row in rows if row.kind == 3}

    clock.passes(5)
    assert entered() == set()
    clock.passes(30)
    assert entered() == {"client"}
