"""Services that are worse than they were: by more than chance, and since when."""

from __future__ import annotations

from radiograph.graph.changes import Health, first_bad, health, is_unhealthy, worse
from radiograph.model.graph_rows import RESPONSE, GraphRow, NodeKey

FAST, SLOW = 136, 160
"""Buckets of some 130 ms, and of eight times that."""


def node(
    minute: int = 0, ok: int = 0, fault: int = 0, error: int = 0, throttle: int = 0, bucket: int = FAST
) -> GraphRow:
    count = ok + fault + error + throttle
    counts = (ok, error, throttle, fault)
    return GraphRow(minute, RESPONSE, "", "", "shop", "", True, *counts, 0, 0, 0, [bucket], [count])


def of(*rows: GraphRow) -> Health:
    return health(rows)[NodeKey("shop")]


def test_rows_of_one_service_add_up() -> None:
    found = of(node(ok=90, fault=5), node(error=3, throttle=2, bucket=SLOW))
    assert (found.count, found.fault, found.error, found.throttle) == (100, 5, 3, 2)
    assert found.p50 < 0.2 < found.p95 * 10


def test_more_faults_than_chance_accounts_for_are_unhealthy() -> None:
    before = of(node(ok=990, fault=10))
    assert is_unhealthy(of(node(ok=900, fault=100)), before)
    assert not is_unhealthy(of(node(ok=985, fault=15)), before)
    assert not is_unhealthy(of(node(ok=9, fault=1)), before)


def test_errors_and_longer_times_are_unhealthy_too() -> None:
    before = of(node(ok=1000))
    assert is_unhealthy(of(node(ok=800, throttle=200)), before)
    assert is_unhealthy(of(node(ok=1000, bucket=SLOW)), before)
    assert not is_unhealthy(of(node(ok=5, bucket=SLOW)), before)


def test_what_does_better_is_ranked_below_what_stays_as_it_was() -> None:
    bad, good = of(node(ok=500, fault=500)), of(node(ok=1000))
    assert worse(bad, good) > worse(good, good) == 0 > worse(good, bad)


def test_it_is_unhealthy_since_the_first_minute_of_what_goes_on() -> None:
    before = of(node(ok=1000))
    minutes = [node(minute=60 * n, ok=100) for n in range(20)]
    assert first_bad(minutes, before) is None
    for n in (2, 10, 11, 13, 19):
        minutes[n] = node(minute=60 * n, ok=50, fault=50)
    assert first_bad(minutes[:15], before) == 600
    assert first_bad(minutes, before) == 1140
