"""What another account shares: rows, documents, filters and graphs tell whose it is."""

from __future__ import annotations

from typing import Any

import pytest

from radiograph.filters import parse
from radiograph.model.graph_rows import EDGE, LINK, RESPONSE, NodeKey
from radiograph.model.windows import TraceWindow
from radiograph.storage.clickhouse import ClickHouseStore
from tests.oracle.documents import segment, subsegment
from tests.storage.conftest import Account, FakeClock

MINUTE_S = 1_700_300_040
THEIRS, OTHERS = "888888888888", "999999999999"
TRACE, OWN, LINKED = (f"1-{MINUTE_S:08x}-{digit * 24}" for digit in "123")
WINDOW = (MINUTE_S - 3_600, MINUTE_S + 7_200)


def at(trace: str, **members: Any) -> dict[str, Any]:
    return segment(**{"trace_id": trace, "start_time": MINUTE_S + 1.0, "end_time": MINUTE_S + 3.0, **members})


def call(id_: str, name: str, **members: Any) -> dict[str, Any]:
    times = {"start_time": MINUTE_S + 1.5, "end_time": MINUTE_S + 2.5}
    return subsegment(id=id_, name=name, namespace="remote", **times, **members)


@pytest.fixture(scope="module")
def monitor(store: ClickHouseStore, clock: FakeClock) -> Account:
    """The account's own shop calls another's, which calls a third's; all are called shop. One has a trace by itself."""
    made = Account(store, clock)
    made.write([at(TRACE, id="a" * 16, subsegments=[call("b" * 16, "shop", traced=True)]), at(OWN, id="9" * 16)])
    theirs = at(TRACE, id="c" * 16, parent_id="b" * 16, fault=True)
    alone = call("d" * 16, "shop", traced=True, trace_id=TRACE, parent_id="c" * 16, type="subsegment")
    made.write([theirs, alone], source=THEIRS)
    made.write([at(TRACE, id="e" * 16, parent_id="d" * 16, subsegments=[call("f" * 16, "db.test")])], source=OTHERS)
    link = [{"trace_id": TRACE, "id": "c" * 16}]
    made.write([at(LINKED, id="7" * 16, name="late", start_time=MINUTE_S + 65.0, end_time=MINUTE_S + 66.0, links=link)])
    return made


def test_rows_and_documents_tell_who_shares_them(monitor: Account) -> None:
    expected = {int("a" * 16, 16): "", int("c" * 16, 16): THEIRS, int("d" * 16, 16): THEIRS, int("e" * 16, 16): OTHERS}
    assert {one.id: one.source for one in monitor.store.segments(monitor.id, [TRACE])} == expected
    assert {one.id: one.source for one in monitor.store.documents(monitor.id, [TRACE])} == expected
    assert {one.id: one.source for one in monitor.store.documents(monitor.id, [OWN])} == {int("9" * 16, 16): ""}


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ('service(id(account.id: "{own}"))', {TRACE, OWN, LINKED}),
        ('service(id(account.id: "{theirs}"))', {TRACE}),
        ('service(id(name: "shop", account.id: "{theirs}")) {{ fault }}', {TRACE}),
        ('service(id(name: "shop", account.id: "{own}")) {{ fault }}', set()),
        ('service(id(account.id: "123456789012"))', set()),
        ('edge(id(account.id: "{own}"), id(account.id: "{theirs}"))', {TRACE}),
        ('edge(id(account.id: "{theirs}"), id(account.id: "{own}"))', set()),
        ('edge(id(account.id: "{theirs}"), id(account.id: "{others}"))', {TRACE}),
        ('edge(id(account.id: "{others}"), "db.test")', {TRACE}),
        ('edge(id(account.id: "{theirs}"), "db.test")', set()),
        # Paths, and root causes, only the documents can tell.
        ('service(id(account.id: "{own}")) -> service(id(account.id: "{theirs}"))', {TRACE}),
        ('service(id(account.id: "{theirs}")) -> service(id(account.id: "{own}"))', set()),
        ('service(id(account.id: "{own}")) => service(id(account.id: "{others}"))', {TRACE}),
    ],
)
def test_filters_find_accounts(monitor: Account, expression: str, found: set[str]) -> None:
    asked = parse(expression.format(own=monitor.id, theirs=THEIRS, others=OTHERS))
    page = monitor.store.traces_in(monitor.id, TraceWindow(*WINDOW), 100, asked)
    assert {one.trace_id for one in page.found} == found
    assert monitor.store.satisfying(monitor.id, [TRACE, OWN, LINKED], asked) == found


@pytest.mark.parametrize("counted", ["open", "by minutes", "by hours"])
def test_nodes_of_one_name_are_as_many_as_accounts_have_them(monitor: Account, counted: str) -> None:
    # Where events came from is looked for in the keeper's turn, also of minutes that it does not count yet.
    monitor.clock.now = MINUTE_S + 600.0 if counted != "open" else MINUTE_S
    monitor.count(after_s=1)
    if counted == "by hours":
        monitor.clock.now = MINUTE_S + 7_200.0
        monitor.count()
    rows = monitor.store.graph(monitor.id, MINUTE_S // 3600 * 3600, MINUTE_S // 3600 * 3600 + 3600)
    edges = {
        (one.caller_source, one.source, one.name) for one in rows if one.kind == EDGE and one.caller_type != "client"
    }
    assert edges == {("", THEIRS, "shop"), (THEIRS, OTHERS, "shop"), (OTHERS, "", "db.test")}
    assert {one.source for one in rows if one.kind == RESPONSE and one.name == "shop"} == {"", THEIRS, OTHERS}
    assert {(one.caller_name, one.caller_source, one.source) for one in rows if one.kind == LINK} == {
        ("shop", THEIRS, "")
    }


def test_a_series_is_of_one_account_s_node_where_that_is_asked(monitor: Account) -> None:
    for account, requests in ((monitor.id, 2), (THEIRS, 1), (OTHERS, 1), ("123456789012", 0), ("", 4)):
        rows = monitor.store.series(monitor.id, *WINDOW, 60, None, NodeKey("shop", "", account))
        assert sum(one.ok + one.fault for one in rows) == requests, account
    edge = NodeKey("shop", "", THEIRS), NodeKey("shop", "", OTHERS)
    assert sum(one.ok for one in monitor.store.series(monitor.id, *WINDOW, 60, *edge)) == 1
    assert monitor.store.series(monitor.id, *WINDOW, 60, *edge[::-1]) == []
