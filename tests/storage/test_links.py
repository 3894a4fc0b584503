"""Linked traces in the graph: an edge from where an event was sent to who received it, whichever came first."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from radiograph.filters import parse
from radiograph.model.graph_rows import LINK, GraphRow
from radiograph.storage.clickhouse import ClickHouseStore
from radiograph.storage.clickhouse.graphs import GraphReader
from radiograph.storage.clickhouse.links import LinkedMinutes, Links
from radiograph.storage.clickhouse.partitions import drop_before
from radiograph.storage.interfaces import TraceGroup
from tests.oracle.documents import columns, segment, stored, subsegment
from tests.storage.conftest import GROUPS, Account, FakeClock, restarted

MINUTE_S = 1_700_200_020
WINDOW = (MINUTE_S - 3_600, MINUTE_S + 7_200)
SENDER, RECEIVER = f"1-{MINUTE_S:08x}-{'1' * 24}", f"1-{MINUTE_S:08x}-{'2' * 24}"
SEND = "b" * 16
TO_SEND = [{"trace_id": SENDER, "id": SEND}]
QUEUE = ("mails", "AWS::SQS::Queue")


def sender(**members: Any) -> dict[str, Any]:
    """Shop puts a message into a queue, half a second after the minute's begin."""
    times = {"start_time": MINUTE_S + 0.5, "end_time": MINUTE_S + 0.7}
    sent = subsegment(id=SEND, name="SQS", namespace="aws", aws={"queue_url": "https://sqs.test/1/mails"}, **times)
    whole = {"trace_id": SENDER, "start_time": MINUTE_S + 0.1, "end_time": MINUTE_S + 0.9, "subsegments": [sent]}
    return segment(**{**whole, **members})


def receiver(minute: int = 3, **members: Any) -> dict[str, Any]:
    """Mailer works for a second, some minutes later."""
    at = MINUTE_S + minute * 60
    mailer = {"trace_id": RECEIVER, "id": "d" * 16, "name": "mailer", "links": TO_SEND}
    return segment(**{**mailer, "start_time": at + 0.5, "end_time": at + 1.5, **members})


def links(reader: GraphReader, account: Account, group: TraceGroup | None = None) -> dict[tuple[str, ...], int]:
    """Events by (name and type of where they came from, name of the receiver)."""
    found: dict[tuple[str, ...], int] = {}
    for row in reader.graph(account.id, *WINDOW, group):
        if row.kind == LINK:
            key = row.caller_name, row.caller_type, row.name
            found[key] = found.get(key, 0) + sum(row.counts)
    return found


LINKED = {(*QUEUE, "mailer"): 1}


class _Count(msgspec.Struct):
    count: int


@pytest.fixture(autouse=True)
def _a_while_later(clock: FakeClock, store: ClickHouseStore) -> None:
    """Every minute is over, and what other tests left open is counted."""
    clock.now = max(clock.now, MINUTE_S + 10_000.0)
    for _ in range(3):
        clock.passes(1_000)
        store.keeper.count()


def test_an_event_has_the_age_it_had_when_its_receiver_began(account: Account) -> None:
    account.write([sender(), receiver()])
    (link,) = (row for row in account.store.trace_graph(account.id, [RECEIVER]) if row.kind == LINK)
    assert (link.buckets, link.counts) == ([180_000], [1])
    assert (link.ok, link.total_us) == (1, 1_000_000)


def test_an_edge_is_there_while_minutes_are_open_and_when_they_are_counted(account: Account) -> None:
    account.write([sender(), receiver()])
    assert account.count(after_s=1) == 0
    assert links(account.store, account) == LINKED
    assert account.count() == 2
    assert links(account.store, account) == LINKED


def test_a_sender_that_comes_late_opens_its_receiver_s_minute(account: Account) -> None:
    account.write([receiver()])
    account.count()
    assert links(account.store, account) == {}
    account.write([sender()])
    account.count(after_s=1)
    assert links(account.store, account) == LINKED
    assert account.count() == 2
    assert links(account.store, account) == LINKED


def test_an_event_of_a_sender_long_before_the_window_has_an_edge(account: Account) -> None:
    account.write([sender()])
    account.count()
    account.write([receiver(minute=100)])
    account.count()
    rows = account.store.graph(account.id, MINUTE_S + 5_400, MINUTE_S + 7_200)
    (link,) = (row for row in rows if row.kind == LINK)
    assert (link.caller_name, link.name) == ("mails", "mailer")
    assert not [row for row in rows if row.name == "shop"]


def test_an_event_whose_sender_is_not_known_has_no_edge(account: Account) -> None:
    account.write([receiver()])
    account.count()
    assert links(account.store, account) == {}
    assert not [row for row in account.store.trace_graph(account.id, [RECEIVER]) if row.kind == LINK]


def test_a_call_that_is_answered_after_all_was_no_queue_s(account: Account) -> None:
    account.write([sender(), receiver()])
    account.count()
    answer = {"start_time": MINUTE_S + 0.55, "end_time": MINUTE_S + 0.6}
    account.write([segment(trace_id=SENDER, id="e" * 16, name="broker", parent_id=SEND, **answer)])
    account.count()
    assert links(account.store, account) == {("shop", "", "mailer"): 1}


def test_a_sender_that_is_found_to_have_sent_nothing_takes_its_edge_along(account: Account) -> None:
    account.write([sender(), receiver()])
    account.count()
    account.write([sender(subsegments=[])])
    account.count()
    assert links(account.store, account) == {}


def test_documents_without_links_write_no_rows_of_links(account: Account) -> None:
    account.write([sender(), receiver(links=[]), receiver(id="e" * 16, links=[{"trace_id": SENDER}])])
    writer = account.store.writer
    assert not writer.encode(account.id, columns(sender()), stored(sender())).links
    sql = "SELECT count() AS count FROM segment_links WHERE account = {account:String}"
    assert account.store.engine.rows(_Count, sql, account=account.id)[0].count == 0


def test_of_a_receiver_sent_twice_the_links_of_the_last_count(account: Account) -> None:
    account.write([sender(), receiver(links=[*TO_SEND, {"trace_id": SENDER, "id": "a" * 16}])])
    account.count()
    assert links(account.store, account) == {**LINKED, ("shop", "", "mailer"): 1}
    account.write([receiver(links=[])])
    account.count()
    assert links(account.store, account) == {}


def test_a_receiver_in_progress_has_received_its_event(account: Account) -> None:
    account.write([sender(), receiver(end_time=..., in_progress=True)])
    account.count()
    assert links(account.store, account) == LINKED
    rows = [row for row in account.store.graph(account.id, *WINDOW) if row.kind == LINK]
    assert sum(row.ok + row.error + row.throttle + row.fault for row in rows) == 0
    account.write([receiver()])
    account.count()
    assert links(account.store, account) == LINKED


def test_a_batch_has_an_event_of_each_of_its_links_however_often_they_are_named(account: Account) -> None:
    others = [f"1-{MINUTE_S:08x}-{n:024x}" for n in range(3)]
    account.write([sender(trace_id=other) for other in others])
    named = [{"trace_id": other, "id": SEND} for other in others]
    account.write([receiver(links=named + named[:1])])
    account.count()
    assert links(account.store, account) == {(*QUEUE, "mailer"): 3}


def test_however_many_links_there_are_some_are_followed_at_once_and_each_once(
    account: Account, store: ClickHouseStore
) -> None:
    others = [f"1-{MINUTE_S:08x}-{n:024x}" for n in (3, 1, 2)]
    account.write([sender(trace_id=other) for other in others])
    named = [{"trace_id": other, "id": SEND} for other in others]
    first = account.write([receiver(links=named), receiver(minute=4, id="e" * 16, links=named[:2])])
    links = Links(store.engine, store.knowing, LinkedMinutes(store.engine), at_once=2)
    found = list(links.look(account.id, MINUTE_S, MINUTE_S + 600, first - 1))
    assert [len(some) for some in found] == [2, 2, 1]
    told = {(one.minute, one.sender.trace[-1]) for some in found for one in some}
    assert told == {(MINUTE_S + 180, n) for n in "123"} | {(MINUTE_S + 240, n) for n in "31"}


def test_the_graph_of_a_group_has_the_edges_to_its_traces(account: Account) -> None:
    of_mailer = TraceGroup("arn:mailer", parse('service("mailer")'), since_s=0.0)
    of_shop = TraceGroup("arn:shop", parse('service("shop")'), since_s=0.0)
    GROUPS[account.id] = [of_mailer, of_shop]
    account.write([sender(), receiver()])
    account.count(after_s=1)
    for _ in ("open", "counted"):
        assert links(account.store, account, of_mailer) == LINKED
        assert links(account.store, account, of_shop) == {}
        account.count()


def test_a_restart_finds_what_is_linked(account: Account) -> None:
    account.write([sender(), receiver()])
    reader, keeper = restarted(account.store, account.clock)
    keeper.count()
    assert links(reader, account) == LINKED
    account.clock.passes(300)
    keeper.count()
    reader, _ = restarted(account.store, account.clock)
    assert links(reader, account) == LINKED


def test_a_sender_that_came_just_before_a_restart_opens_its_receiver_s_minute_after_it(account: Account) -> None:
    account.write([receiver()])
    account.count()
    account.write([sender()])
    reader, keeper = restarted(account.store, account.clock)
    keeper.count()
    account.clock.passes(300)
    keeper.count()
    assert links(reader, account) == LINKED


def test_links_go_with_their_day(account: Account) -> None:
    account.write([sender(), receiver()])
    account.count()
    dropped = drop_before(account.store.engine, MINUTE_S + 86_400 * 2)
    assert {"segment_links", "link_origins"} <= {name.split()[0] for name in dropped}


def test_a_time_series_of_calls_has_no_events(account: Account) -> None:
    account.write([sender(), receiver()])
    account.count(after_s=1)

    def rows() -> list[GraphRow]:
        return account.store.series(account.id, *WINDOW, 60, None, None)

    assert {row.kind for row in rows()} == {3}
    account.count()
    assert {row.kind for row in rows()} == {3}
