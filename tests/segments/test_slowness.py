"""Where a request spent its time."""

from __future__ import annotations

from typing import Any

from tests.oracle.documents import NOW_S, ROOT, segment, subsegment
from tests.segments.test_causes import CALL, CALLEE, told, ways

Json = dict[str, Any]


def slowness(*documents: Json) -> list[tuple[str, float]]:
    """The path of response time: each entity and its coverage."""
    (cause,) = told(*documents)["ResponseTimeRootCauses"]
    return [(one["Name"], one["Coverage"]) for service in cause["Services"] for one in service["EntityPath"]]


def ran(start: float, end: float) -> Json:
    """Times in tenths of the root's response."""
    return {"start_time": NOW_S + start / 10, "end_time": NOW_S + end / 10}


def test_the_path_goes_where_most_of_the_time_was_spent() -> None:
    fast = subsegment(id="d" * 16, name="render", **ran(0, 1))
    slow = subsegment(**CALL, **ran(1, 9))
    cart = segment(**CALLEE, **ran(1.5, 8.5), subsegments=[subsegment(id="e" * 16, name="count", **ran(2, 5))])
    causes = told(segment(**ran(0, 10), subsegments=[fast, slow]), cart)["ResponseTimeRootCauses"]
    assert ways(causes) == ["shop(shop, cart.test) → cart(cart, count)"]
    assert causes[0]["ClientImpacting"]
    assert causes[0]["Services"][0]["EntityPath"] == [
        {"Name": "shop", "Remote": False, "Coverage": 1.0},
        {"Name": "cart.test", "Remote": True, "Coverage": 0.8},
    ]
    assert [one["Coverage"] for one in causes[0]["Services"][1]["EntityPath"]] == [0.7, 0.3]


def test_the_path_ends_where_nothing_takes_a_tenth_of_the_time() -> None:
    assert slowness(segment(**ran(0, 10), subsegments=[subsegment(name="a", **ran(0, 0.99))])) == [("shop", 1.0)]
    assert slowness(segment(**ran(0, 10), subsegments=[subsegment(name="a", **ran(0, 1))]))[1:] == [("a", 0.1)]


def test_calls_of_one_kind_in_a_row_sum_up_and_those_at_once_do_not() -> None:
    def queries(times: list[Json]) -> list[Json]:
        table = {"name": "DynamoDB", "namespace": "aws", "aws": {"table_name": "carts"}}
        return [subsegment(id=f"{n:016x}", **table, **one) for n, one in enumerate(times, 1)]

    row = [ran(n, n + 0.9) for n in range(10)]
    assert slowness(segment(**ran(0, 10), subsegments=queries(row)))[1:] == [("DynamoDB", 0.9)] * 2
    assert slowness(segment(**ran(0, 10), subsegments=queries([ran(1, 4)] * 10)))[1:] == [("DynamoDB", 0.3)] * 2


def test_calls_of_one_name_to_different_nodes_do_not_sum_up() -> None:
    def query(n: int, table: str, times: Json) -> Json:
        return subsegment(id=f"{n:016x}", name="DynamoDB", namespace="aws", aws={"table_name": table}, **times)

    both = [query(1, "carts", ran(0, 4)), query(2, "orders", ran(4, 9))]
    (cause,) = told(segment(**ran(0, 10), subsegments=both))["ResponseTimeRootCauses"]
    assert (cause["Services"][1]["Name"], cause["Services"][1]["EntityPath"][0]["Coverage"]) == ("orders", 0.5)


def test_what_goes_on_after_the_answer_has_not_slowed_it() -> None:
    later = subsegment(name="mail", **ran(9.5, 100))
    assert slowness(segment(**ran(0, 10), subsegments=[later])) == [("shop", 1.0)]
    outlasting = subsegment(name="mail", **ran(8, 100))
    assert slowness(segment(**ran(0, 10), subsegments=[outlasting]))[1:] == [("mail", 0.2)]


def test_a_callee_that_works_on_after_its_call_counts_for_the_call_only() -> None:
    publish = subsegment(**CALL, **ran(2, 4))
    assert slowness(segment(**ran(0, 10), subsegments=[publish]), segment(**CALLEE, **ran(3, 90)))[1:] == [
        ("cart.test", 0.2),
        ("cart", 0.1),
    ]
    assert slowness(segment(**ran(0, 10), subsegments=[publish]), segment(**CALLEE, **ran(5, 90)))[1:] == [
        ("cart.test", 0.2)
    ]


def test_a_callee_whose_clock_is_off_is_moved_into_its_call() -> None:
    call = subsegment(**CALL, **ran(2, 8))
    inner = subsegment(id="d" * 16, name="count", **ran(31, 35))
    assert slowness(segment(**ran(0, 10), subsegments=[call]), segment(**CALLEE, **ran(30, 35), subsegments=[inner]))[
        1:
    ] == [("cart.test", 0.6), ("cart", 0.5), ("count", 0.4)]


def test_a_function_s_initialization_counts_though_it_precedes_its_segment() -> None:
    begun = subsegment(id="d" * 16, name="Initialization", **ran(0, 6))
    function = segment(**CALLEE | {"parent_id": ROOT, "name": "resize"}, **ran(6.5, 9), subsegments=[begun])
    assert slowness(segment(**ran(0, 10)), function)[1:] == [("resize", 0.9), ("Initialization", 0.6)]


def test_what_is_in_progress_has_no_time() -> None:
    assert told(segment(in_progress=True, end_time=...))["ResponseTimeRootCauses"] == []
    begun = subsegment(in_progress=True, end_time=...)
    assert slowness(segment(subsegments=[begun])) == [("shop", 1.0)]


def test_a_call_whose_callee_never_ended_is_where_the_path_ends() -> None:
    begun = segment(**CALLEE, in_progress=True) | {"start_time": NOW_S}
    del begun["end_time"]
    causes = told(segment(**ran(0, 10), subsegments=[subsegment(**CALL, **ran(0, 9))]), begun)
    assert ways(causes["ResponseTimeRootCauses"]) == ["shop(shop, cart.test)"]


def test_a_root_that_took_no_time_has_no_cause_of_it() -> None:
    assert told(segment(end_time=NOW_S - 1.0))["ResponseTimeRootCauses"] == []


def test_coverage_never_grows_on_the_way() -> None:
    late = subsegment(**CALL, **ran(0, 5))
    cart = segment(**CALLEE, **ran(1, 4), subsegments=[subsegment(id="d" * 16, name="count", **ran(0, 10))])
    coverages = [coverage for _, coverage in slowness(segment(**ran(0, 10), subsegments=[late]), cart)]
    assert coverages == sorted(coverages, reverse=True)


def test_a_subsegment_that_has_ended_counts_though_it_was_sent_alone_before() -> None:
    begun = subsegment(**CALL | {"end_time": ..., "in_progress": True}, parent_id=ROOT)
    assert slowness(segment(**ran(0, 10), subsegments=[subsegment(**CALL, **ran(0, 9))]), begun)[1:] == [
        ("cart.test", 0.9),
        ("cart.test", 0.9),
    ]
