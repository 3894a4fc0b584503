"""The store's graph and the specification's, over random traces that arrive in any order while minutes are counted."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from radiograph.model.graph_rows import GraphRow, NodeKey
from radiograph.storage.clickhouse import ClickHouseStore
from tests.oracle.graph import Counted, Key, coarse, graph, milliseconds
from tests.oracle.traces import BEGIN_S, Arrival, arrivals
from tests.storage.conftest import Account, FakeClock

EXAMPLES = int(os.environ.get("GRAPH_EXAMPLES", "30"))
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]  # shrinking takes minutes here: see the note instead
KINDS = {1: "response", 2: "duration", 3: "edge", 4: "link"}
EVERYTHING = (BEGIN_S - 3600, BEGIN_S + 3600)
random_arrivals = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=PHASES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def told(rows: Iterable[GraphRow]) -> dict[Key, Counted]:
    """The store's rows in the oracle's words."""
    found: dict[Key, Counted] = {}
    for row in rows:
        key = KINDS[row.kind], row.caller_name, row.caller_type, row.name, row.type
        counted = found.setdefault(key, Counted())
        counted.active |= row.active and row.kind < 3
        counted.classes += Counter(ok=row.ok, error=row.error, throttle=row.throttle, fault=row.fault)
        counted.total_us += row.total_us
        counted.aliases |= set(row.aliases)
        counted.histogram += Counter(dict(zip(row.buckets, row.counts, strict=True)))
    return found


def arrive(account: Account, story: list[Arrival]) -> list[dict[str, object]]:
    """Let a story happen, with the clock a little after the traces' minutes; give the documents in order."""
    account.clock.now = BEGIN_S + 700.0
    documents: list[dict[str, object]] = []
    for arrival in story:
        account.write(arrival.documents)
        documents += arrival.documents
        account.clock.passes(arrival.wait_s)
        if arrival.count:
            account.store.keeper.count()
    return documents


@random_arrivals
@given(story=arrivals(), sub_window=st.tuples(st.integers(0, 11), st.integers(1, 11)))
def test_the_graph_is_the_specification_s_whichever_minutes_are_counted(
    store: ClickHouseStore, clock: FakeClock, story: list[Arrival], sub_window: tuple[int, int]
) -> None:
    account = Account(store, clock)
    documents = arrive(account, story)
    note(f"documents in order: {documents}")
    ids = sorted({str(document["trace_id"]) for document in documents})
    assert told(store.trace_graph(account.id, ids)) == graph(documents, milliseconds), "of these traces alone"
    alone = graph(documents, milliseconds, of=lambda trace_id: trace_id == ids[-1])
    assert told(store.trace_graph(account.id, ids[-1:])) == alone, "of one of them, whose events come from others"
    expected = graph(documents, coarse)
    # Which counted minutes hold the other end of a new call, and where events came from, is found in the keeper's turn.
    store.keeper.count()
    assert told(store.graph(account.id, *EVERYTHING)) == expected, "with minutes open"
    account.count()
    start, end = BEGIN_S + sub_window[0] * 60, BEGIN_S + (sub_window[0] + sub_window[1]) * 60
    part = graph(documents, coarse, lambda minute: start <= minute < end)
    assert told(store.graph(account.id, *EVERYTHING)) == expected, "with every minute counted"
    assert told(store.graph(account.id, start, end)) == part, "of some minutes"


@settings(random_arrivals, max_examples=max(EXAMPLES // 5, 1))
@given(story=arrivals(), period=st.sampled_from([60, 300]), data=st.data())
def test_a_time_series_is_the_specification_s_graph_of_each_period(
    store: ClickHouseStore, clock: FakeClock, story: list[Arrival], period: int, data: st.DataObject
) -> None:
    account = Account(store, clock)
    documents = arrive(account, story)
    store.keeper.count()
    keys = sorted(key for key in graph(documents, coarse) if key[0] in ("response", "edge"))
    if not keys:
        return
    key = data.draw(st.sampled_from(keys))
    kind, caller_name, caller_type, name, type_ = key
    caller = NodeKey(caller_name, caller_type) if kind == "edge" else None
    rows = store.series(account.id, *EVERYTHING, period, caller, NodeKey(name, type_))
    expected = {}
    for minute in range(EVERYTHING[0] // period * period, EVERYTHING[1], period):
        counted = graph(documents, coarse, lambda one, low=minute: low <= one < low + period)
        # An empty type in a selector matches any, so other nodes of the name may come along.
        if key in counted:
            expected[minute] = counted[key]
    found = {}
    for minute in {row.minute for row in rows}:
        counted = told(row for row in rows if row.minute == minute)
        if key in counted:
            found[minute] = counted[key]
    assert found == expected
