"""Groups: the graph, the series and the count of the traces that match, from the group's creation on."""

from __future__ import annotations

from collections import Counter

import pytest

from radiograph.filters import parse
from radiograph.model.graph_rows import NodeKey
from radiograph.storage.interfaces import TraceGroup
from tests.oracle.documents import segment, subsegment

from .conftest import GROUPS, Account

MINUTE_S = 1_700_100_060
WINDOW = (MINUTE_S - 3_600, MINUTE_S + 3_600)
FAULTY = "arn:aws:xray:us-east-1:000000000000:group/faulty/ABC"


def trace(number: int, minute: int = 0, **members: object) -> list[dict[str, object]]:
    """Shop calls pay in the next minute: two documents of one trace."""
    at = MINUTE_S + minute * 60
    trace_id = f"1-{at:08x}-{number:024x}"
    entity = f"{number:015x}"
    call = subsegment(id=entity + "b", name="pay.test", namespace="remote", start_time=at + 1.0, end_time=at + 63.0)
    times = {"start_time": at + 0.5, "end_time": at + 64.0}
    callee = {"start_time": at + 61.0, "end_time": at + 62.0}
    return [
        segment(trace_id=trace_id, id=entity + "a", subsegments=[call], **times, **members),
        segment(trace_id=trace_id, id=entity + "c", name="pay", parent_id=entity + "b", **callee),
    ]


@pytest.fixture
def group(account: Account) -> TraceGroup:
    account.clock.now = max(account.clock.now, MINUTE_S + 7_200.0)
    made = TraceGroup(FAULTY, parse("fault"), since_s=MINUTE_S - 3_600.0)
    GROUPS[account.id] = [made]
    return made


def edges(account: Account, group: TraceGroup | None) -> dict[tuple[str, str], int]:
    """Requests of every edge."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in account.store.graph(account.id, *WINDOW, group):
        if row.kind == 3:
            counts[row.caller_name, row.name] += row.ok + row.error + row.throttle + row.fault
    return dict(counts)


ONE = {("shop", "shop"): 1, ("shop", "pay"): 1}
TWO = {("shop", "shop"): 2, ("shop", "pay"): 2}


def test_the_graph_of_a_group_has_its_traces_alone_while_minutes_are_open_and_after(
    account: Account, group: TraceGroup
) -> None:
    account.write(trace(1, fault=True))
    account.write(trace(2))
    assert (edges(account, None), edges(account, group)) == (TWO, ONE)
    account.count()
    assert (edges(account, None), edges(account, group)) == (TWO, ONE)


def test_a_part_of_a_trace_that_comes_late_makes_it_the_group_s(account: Account, group: TraceGroup) -> None:
    first, second = trace(1, fault=True)
    account.write([second])
    account.count()
    assert edges(account, group) == {}
    account.write([first])
    account.store.keeper.count()
    assert edges(account, group) == ONE
    account.count()
    assert edges(account, group) == ONE


def test_a_trace_that_matches_no_longer_leaves_the_group(account: Account, group: TraceGroup) -> None:
    account.write(trace(1, fault=True, in_progress=True))
    account.count()
    account.write(trace(1))
    account.store.keeper.count()
    account.count()
    account.store.keeper.sweep()
    assert edges(account, group) == {}


def test_a_group_has_nothing_from_before_it_was_made(account: Account, group: TraceGroup) -> None:
    late = TraceGroup(group.arn, group.expression, since_s=MINUTE_S + 300.0)
    GROUPS[account.id] = [late]
    account.write(trace(1, fault=True))
    account.write(trace(2, minute=10, fault=True))
    assert edges(account, late) == ONE
    account.count()
    assert edges(account, late) == ONE


def test_matching_traces_are_counted_by_the_minute_they_began_in(account: Account, group: TraceGroup) -> None:
    for number in (1, 2):
        account.write(trace(number, fault=True))
    account.write(trace(3))
    account.write(trace(4, minute=3, fault=True))
    account.count()
    counts = account.store.matched(account.id, group.arn, *WINDOW)
    assert {minute: count for minute, count in counts.items() if count} == {MINUTE_S: 2, MINUTE_S + 180: 1}
    assert counts[MINUTE_S + 60] == 0


@pytest.mark.parametrize("counted", [False, True])
def test_a_series_can_be_of_a_group(account: Account, group: TraceGroup, counted: bool) -> None:
    account.write(trace(1, fault=True))
    account.write(trace(2))
    if counted:
        account.count()
    for wanted, faults, oks in ((group, 1, 0), (None, 1, 1)):
        rows = account.store.series(account.id, *WINDOW, 60, None, NodeKey("shop"), wanted)
        assert {row.minute for row in rows} == {MINUTE_S}
        assert (sum(row.fault for row in rows), sum(row.ok for row in rows)) == (faults, oks)
