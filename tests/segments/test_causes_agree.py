"""Root causes of whatever there is: those the oracle finds, and never an exception or more than anyone reads."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radiograph.model.rows import StoredDocument
from radiograph.segments.causes import MAX_CAUSES, MAX_DEPTH, root_causes
from tests.oracle import causes as oracle
from tests.oracle.documents import NOW_S, ROOT, TRACE, segment, subsegment
from tests.oracle.graph import _survivors
from tests.oracle.traces import Arrival, arrivals
from tests.segments.test_causes import ACCOUNT, FAULT, faults, status, told
from tests.segments.test_hostile_structures import documents as hostile
from tests.segments.test_slowness import ran

Json = dict[str, Any]

# Agreement with the oracle

TIMES = st.integers(0, 20)
MARKS: list[Json] = [
    {},
    {},
    {},
    {"fault": True},
    {"error": True},
    {"fault": False},
    status(200),
    status(404),
    status(500),
]
EXCEPTION_IDS = st.sampled_from(["1" * 16, "2" * 16, "3" * 16])
EXCEPTIONS = st.fixed_dictionaries(
    {"id": EXCEPTION_IDS},
    optional={"type": st.sampled_from(["E", "F"]), "message": st.just("no"), "cause": EXCEPTION_IDS},
).filter(lambda one: "type" in one or "message" in one)
CAUSE = EXCEPTION_IDS | st.fixed_dictionaries({}, optional={"exceptions": st.lists(EXCEPTIONS, max_size=2)})
KINDS: list[Json] = [
    {"name": "work"},
    {"name": "step"},
    {"name": "cart.test", "namespace": "remote"},
    {"name": "DynamoDB", "namespace": "aws", "aws": {"table_name": "carts"}},
    {"name": "DynamoDB", "namespace": "aws", "aws": {"table_name": "orders"}},
    {"name": "cart.test", "namespace": "remote", "http": {"request": {"traced": True}}},
]
SERVICES: list[Json] = [{"name": "shop"}, {"name": "cart"}, {"name": "cart", "origin": "AWS::Lambda"}]


@st.composite
def crowded(draw: st.DrawFn) -> list[Json]:
    """Documents of one trace whose parts overlap in time, fail together, and stand in each other in every way."""
    documents: list[Json] = []
    ids: list[str] = []

    def entity(kinds: list[Json]) -> Json:
        begin = draw(TIMES)
        made: Json = {"id": f"{len(ids) + 1:016x}", **draw(st.sampled_from(kinds)), "start_time": NOW_S + begin / 16}
        ids.append(made["id"])
        if draw(st.integers(0, 9)):
            made["end_time"] = NOW_S + (begin + draw(TIMES)) / 16
        else:
            made["in_progress"] = True
        for name, value in draw(st.sampled_from(MARKS)).items():
            made[name] = made[name] | value if name in made else value
        if not draw(st.integers(0, 3)):
            made["cause"] = draw(CAUSE)
        return made

    def fill(owner: Json, depth: int) -> None:
        for _ in range(draw(st.integers(0, 3 if depth < 2 else 1 if depth < 5 else 0))):
            child = entity(KINDS)
            if draw(st.integers(0, 3)):
                owner.setdefault("subsegments", []).append(child)
            else:
                child |= {"trace_id": TRACE, "type": "subsegment", "parent_id": owner["id"]}
                documents.append(child)
            fill(child, depth + 1)

    for _ in range(draw(st.integers(1, 4))):
        parents = [*ids, "f" * 16]
        made = entity(SERVICES) | {"trace_id": TRACE}
        if len(ids) > 1 and draw(st.integers(0, 7)):
            made["parent_id"] = draw(st.sampled_from(parents))
        documents.append(made)
        fill(made, 0)
    return draw(st.permutations(documents))


def agree(documents: list[Json]) -> None:
    expected = oracle.root_causes(documents)
    for kind in ("FaultRootCauses", "ErrorRootCauses"):
        expected[kind] = expected[kind][:MAX_CAUSES]
    assert told(*documents) == expected


@settings(max_examples=200, deadline=None)
@given(crowded())
def test_they_are_those_of_the_oracle(documents: list[Json]) -> None:
    agree(documents)


@settings(max_examples=60, deadline=None)
@given(arrivals())
def test_they_are_those_of_the_oracle_whatever_arrived(parts: list[Arrival]) -> None:
    kept = _survivors(document for part in parts for document in part.documents)
    for trace_id in {one["trace_id"] for one in kept}:
        agree([one for one in kept if one["trace_id"] == trace_id])


# Whatever is taken at the door


@settings(max_examples=60, deadline=None)
@given(hostile())
def test_whatever_is_taken_has_root_causes_whatever_its_order(taken: list[bytes]) -> None:
    kept = [StoredDocument(TRACE, number, number, 0, data) for number, data in enumerate(taken)]
    assert root_causes(kept, ACCOUNT) == root_causes(kept[::-1], ACCOUNT)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_parents_that_go_in_circles_are_left_out(size: int) -> None:
    ring = [
        segment(id=f"{n + 1:016x}", parent_id=f"{(n + 1) % size + 1:016x}", name=f"r{n}", **FAULT) for n in range(size)
    ]
    assert faults(segment(**FAULT), *ring) == ["shop(shop)"]


def test_ten_thousand_failures_are_as_many_as_a_summary_has_room_for() -> None:
    wide = [subsegment(id=f"{n + 1:016x}", parent_id=ROOT, name=f"n{n}", **FAULT) for n in range(10_000)]
    random.Random(1).shuffle(wide)
    found = faults(segment(**FAULT), *wide)
    assert found == [f"shop(shop, n{n})" for n in range(MAX_CAUSES)]


def test_a_path_is_cut_where_nobody_reads_on() -> None:
    chain = [
        subsegment(id=f"{n + 1:016x}", parent_id=f"{n:016x}" if n else ROOT, name=f"n{n}", **FAULT, **ran(0, 10))
        for n in range(2_000)
    ]
    causes = told(segment(**FAULT, **ran(0, 10)), *chain)
    for kind in ("FaultRootCauses", "ResponseTimeRootCauses"):
        assert [len(one["EntityPath"]) for one in causes[kind][0]["Services"]] == [MAX_DEPTH]
