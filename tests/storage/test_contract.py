"""What every store promises in ``storage/interfaces``: SegmentWriter and TraceReader."""

from __future__ import annotations

import json
from typing import Any

import pytest

from radiograph.model.graph_rows import NodeKey
from radiograph.model.rows import StoredSegment
from radiograph.model.windows import TraceWindow
from radiograph.storage.clickhouse import ClickHouseStore
from tests.oracle.documents import TRACE, columns, segment, subsegment
from tests.storage.conftest import Account, FakeClock

BEGIN_S = 1_700_000_040


def trace(second: int, digit: str = "0") -> str:
    """The id of a trace that began so many seconds after BEGIN_S."""
    return f"1-{BEGIN_S + second:08x}-{digit * 24}"


def at(second: float, **members: Any) -> dict[str, Any]:
    """A segment half a second long, of a trace of its own unless it is given one."""
    start = BEGIN_S + second
    return segment(**{"trace_id": trace(int(second)), "start_time": start, "end_time": start + 0.5, **members})


def found(account: Account, start: int, end: int, kind: Any = "TraceId", limit: int = 100) -> list[tuple[int, str]]:
    """(second, id) of every trace in a window, read to its last page."""
    window, pages = TraceWindow(BEGIN_S + start, BEGIN_S + end, kind), []
    while True:
        page = account.store.traces_in(account.id, window, limit)
        pages += page.found
        if not page.more:
            return [(one.time_s - BEGIN_S, one.trace_id) for one in pages]
        assert len(page.found) == limit
        window = TraceWindow(window.start_s, window.end_s, kind, before=page.found[-1])


# Writing


def test_what_is_written_is_given_back(account: Account) -> None:
    documents = [segment(user="ada", annotations={"k": 1}), subsegment(parent_id="a" * 16, name="é 日本 \\ ' \" \t \0")]
    account.write(documents)
    given = account.store.documents(account.id, [TRACE])
    assert sorted((json.loads(one.document) for one in given), key=lambda one: one["id"]) == documents


def test_every_column_is_given_back(account: Account) -> None:
    rich = segment(
        parent_id="0123456789abcdef",
        origin="AWS::EC2::Instance",
        http={
            "request": {"method": "GET", "url": "https://a.test/é", "user_agent": "curl", "client_ip": "::1"},
            "response": {"status": 429},
        },
        user="ada",
        aws={"ec2": {"instance_id": "i-1", "availability_zone": "z"}, "xray": {"sampling_rule_name": "Default"}},
        resource_arn="arn:aws:lambda:eu-west-1:0:function:f",
        annotations={"text": "é\0\t'", "number": 1.5, "flag": True},
        subsegments=[subsegment(namespace="remote", fault=True), subsegment(id="f" * 16, traced=True)],
    )
    sequence = account.write([rich])
    expected = StoredSegment(**{**_fields(columns(rich)[0]), "version": sequence + (1 << 62)})
    assert account.store.segments(account.id, [TRACE]) == [expected]


def test_writing_the_same_batch_twice_changes_nothing(account: Account) -> None:
    batch = [at(0), at(1, id="b" * 16)]
    sequence = account.write(batch)
    before = _everything(account)
    account.write(batch, sequence=sequence)
    assert _everything(account) == before


@pytest.mark.parametrize("counted", [False, True])
def test_of_two_complete_documents_of_an_id_the_last_wins(account: Account, counted: bool) -> None:
    account.write([at(0, user="first")])
    if counted:
        account.count()
    account.write([at(0, user="second", fault=True)])
    assert [row.user for row in account.store.segments(account.id, [trace(0)])] == ["second"]
    assert len(account.store.documents(account.id, [trace(0)])) == 1
    (node,) = (row for row in account.store.graph(account.id, BEGIN_S, BEGIN_S + 60) if row.kind == 1)
    assert (node.ok, node.fault) == (0, 1)


def test_a_complete_document_wins_over_one_in_progress_whichever_comes_first(account: Account) -> None:
    begun = at(0, end_time=..., in_progress=True)
    account.write([begun, at(0), at(1, id="b" * 16), begun | {"id": "b" * 16, "trace_id": trace(1)}])
    rows = account.store.segments(account.id, [trace(0), trace(1)])
    assert [row.complete for row in rows] == [True, True]


@pytest.mark.xfail(strict=True, reason="versions of an id that begin in different minutes are both counted")
def test_a_document_whose_newer_version_begins_in_another_minute_counts_once(account: Account) -> None:
    account.write([at(0)])
    account.write([at(0, start_time=BEGIN_S + 90.0, end_time=BEGIN_S + 91.0)])
    nodes = [row for row in account.store.graph(account.id, BEGIN_S, BEGIN_S + 300) if row.kind == 1]
    assert sum(row.ok for row in nodes) == 1


def test_a_call_both_embedded_and_sent_alone_counts_once(account: Account) -> None:
    call = subsegment(namespace="remote", name="pay.test")
    account.write([segment(subsegments=[call]), subsegment(parent_id="a" * 16, namespace="remote", name="pay.test")])
    rows = account.store.trace_graph(account.id, [TRACE])
    assert [row.ok for row in rows if row.name == "pay.test" and row.kind == 1] == [1]


def test_writing_nothing_is_fine(account: Account) -> None:
    account.store.writer.write(account.id, [])
    assert _everything(account) == ([], [], [])


# Reading by id


@pytest.mark.parametrize("id_", ["1-00000000-000000000000000000000000", "nonsense", "", "1-é", "' OR 1=1 --", trace(9)])
def test_an_unknown_id_gives_nothing(account: Account, id_: str) -> None:
    account.write([at(0)])
    assert account.store.documents(account.id, [id_]) == []
    assert account.store.segments(account.id, [id_]) == []
    assert account.store.trace_graph(account.id, [id_]) == []


def test_ids_are_the_same_in_either_case(account: Account) -> None:
    account.write([at(0, trace_id=trace(0, "a").upper())])
    assert len(account.store.documents(account.id, [trace(0, "A")])) == 1
    assert len(account.store.documents(account.id, [trace(0, "a")])) == 1


def test_two_accounts_never_see_each_other(account: Account, store: ClickHouseStore, clock: FakeClock) -> None:
    other = Account(store, clock)
    account.write([at(0, user="mine")])
    other.write([at(0, user="theirs"), at(1, id="b" * 16)])
    for _ in range(2):
        assert [row.user for row in store.segments(account.id, [trace(0), trace(1)])] == ["mine"]
        assert [row.user for row in store.segments(other.id, [trace(0)])] == ["theirs"]
        assert found(account, 0, 60) == [(0, trace(0))]
        assert {row.ok for row in store.graph(account.id, BEGIN_S, BEGIN_S + 60)} == {1}
        assert {row.ok for row in store.graph(other.id, BEGIN_S, BEGIN_S + 60)} == {2}
        assert store.graph("999999999999", BEGIN_S, BEGIN_S + 60) == []
        account.count()


# Time series


@pytest.mark.parametrize(
    ("caller", "callee", "selected"),
    [
        (None, NodeKey("shop", "AWS::Lambda"), {("", "", "shop", "AWS::Lambda")}),
        (None, NodeKey("shop"), {("", "", "shop", "AWS::Lambda"), ("", "", "shop", "")}),
        (None, NodeKey("", "remote"), {("", "", "pay.test", "remote")}),
        (NodeKey("shop"), NodeKey("pay.test"), {("shop", "", "pay.test", "remote")}),
        (NodeKey("", "client"), NodeKey("shop", "AWS::Lambda"), {("shop", "client", "shop", "AWS::Lambda")}),
        (NodeKey("nobody"), NodeKey("pay.test"), set()),
        (None, None, {("shop", "client", "shop", "AWS::Lambda"), ("shop", "client", "shop", "")}),
    ],
)
@pytest.mark.parametrize("counted", [False, True])
def test_a_series_is_of_a_node_of_an_edge_or_of_all_that_clients_ask_and_an_empty_part_matches_any(
    account: Account, caller: NodeKey | None, callee: NodeKey | None, selected: set[Any], counted: bool
) -> None:
    call = subsegment(name="pay.test", namespace="remote")
    account.write([at(0, subsegments=[call]), at(1, origin="AWS::Lambda")])
    if counted:
        account.count()
    rows = account.store.series(account.id, BEGIN_S, BEGIN_S + 300, 60, caller, callee)
    assert {(row.caller_name, row.caller_type, row.name, row.type) for row in rows} == selected
    assert {row.minute for row in rows} <= {BEGIN_S}


# Windows by the time in the trace id


def test_traces_are_given_newest_first_and_ties_by_descending_id(account: Account) -> None:
    account.write([at(1), at(5), at(5, trace_id=trace(5, "b")), at(5, trace_id=trace(5, "a")), at(3)])
    assert found(account, 0, 60) == [
        (5, trace(5, "b")),
        (5, trace(5, "a")),
        (5, trace(5)),
        (3, trace(3)),
        (1, trace(1)),
    ]


def test_a_window_has_its_start_and_not_its_end(account: Account) -> None:
    account.write([at(10), at(20)])
    assert found(account, 10, 20) == [(10, trace(10))]
    assert found(account, 11, 21) == [(20, trace(20))]
    assert found(account, 11, 20) == []


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_pages_of_any_size_give_every_trace_once(account: Account, limit: int) -> None:
    seconds = [0, 0, 1, 119, 120, 121, 960, 5_000, 5_000, 9_999]
    account.write([at(second, trace_id=trace(second, f"{n:x}")) for n, second in enumerate(seconds)])
    whole = found(account, 0, 10_000)
    assert sorted(second for second, _ in whole) == seconds
    assert found(account, 0, 10_000, limit=limit) == whole == sorted(whole, reverse=True)


def test_pages_do_not_shift_while_new_traces_arrive(account: Account) -> None:
    account.write([at(second) for second in (1, 2, 3)])
    window = TraceWindow(BEGIN_S, BEGIN_S + 60)
    first = account.store.traces_in(account.id, window, 1)
    account.write([at(30), at(3, trace_id=trace(3, "f")), at(2, trace_id=trace(2, "f"))])
    rest = TraceWindow(window.start_s, window.end_s, before=first.found[0])
    second = account.store.traces_in(account.id, rest, 10)
    assert [one.trace_id for one in second.found] == [trace(2, "f"), trace(2), trace(1)]


def test_a_page_says_how_many_traces_were_looked_at(account: Account) -> None:
    account.write([at(second) for second in range(5)])
    assert account.store.traces_in(account.id, TraceWindow(BEGIN_S, BEGIN_S + 60), 100).processed == 5


def test_a_trace_of_several_documents_is_one(account: Account) -> None:
    account.write([at(0), at(0.2, id="b" * 16), at(200, id="c" * 16, trace_id=trace(0))])
    assert found(account, 0, 3_600) == [(0, trace(0))]


@pytest.mark.parametrize("id_", ["1-ffffffff-" + "1" * 24, "1-00000001-" + "1" * 24])
def test_a_trace_whose_id_tells_no_time_stands_where_its_first_document_begins(account: Account, id_: str) -> None:
    account.write([at(second, trace_id=id_, id=f"{n + 1:016x}") for n, second in enumerate((500, 100, 3_000))])
    assert found(account, 0, 3_600) == [(100, id_)]
    assert found(account, 400, 3_600) == []
    assert found(account, 0, 3_600, limit=1) == [(100, id_)]


def test_a_trace_with_a_document_long_before_its_id_s_time_is_given_once(account: Account) -> None:
    account.write([at(1_000), at(100, id="b" * 16, trace_id=trace(1_000))])
    assert found(account, 0, 1_010) == [(1_000, trace(1_000))]
    assert found(account, 0, 900) == []


# Windows by events


def test_an_event_window_finds_traces_by_when_their_documents_end(account: Account) -> None:
    account.write([at(0, end_time=BEGIN_S + 50.0), at(100)])
    assert found(account, 40, 60, "Event") == [(50, trace(0))]
    assert found(account, 0, 40, "Event") == []
    assert found(account, 0, 200, "Event") == [(100, trace(100)), (50, trace(0))]


def test_an_event_window_knows_a_trace_by_its_last_event_inside(account: Account) -> None:
    account.write([at(0), at(500, id="b" * 16, trace_id=trace(0)), at(2_000, id="c" * 16, trace_id=trace(0))])
    assert found(account, 0, 3_600, "Event") == [(2_000, trace(0))]
    assert found(account, 0, 1_000, "Event") == [(500, trace(0))]
    assert found(account, 0, 3_600, "Event", limit=1) == [(2_000, trace(0))]


def test_a_service_window_goes_by_the_end_of_segments(account: Account) -> None:
    account.write([at(0, end_time=BEGIN_S + 50.0)])
    assert found(account, 40, 60, "Service") == [(50, trace(0))]


def _fields(row: StoredSegment) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__struct_fields__}


def _everything(account: Account) -> tuple[Any, Any, Any]:
    ids = [trace(0), trace(1), TRACE]
    return (
        sorted(account.store.documents(account.id, ids), key=lambda one: (one.trace_id, one.id)),
        sorted(account.store.segments(account.id, ids), key=lambda one: (one.trace_id, one.id)),
        sorted(account.store.graph(account.id, BEGIN_S, BEGIN_S + 600), key=repr),
    )
