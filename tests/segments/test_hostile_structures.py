"""Whatever is taken at the door can be indexed, summarised and shown: nothing here may raise, or never end."""

from __future__ import annotations

import json
from array import array
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.model.rows import StoredDocument
from radiograph.model.traces import Trace
from radiograph.segments.compile import compile_trace
from radiograph.segments.decode import Accepted, decode
from radiograph.segments.flatten import flatten
from radiograph.segments.summarise import summarise
from tests.oracle.documents import NOW_S, ROOT, TRACE, segment, subsegment

Json = dict[str, Any]

IDS = st.sampled_from([ROOT, "b" * 16, "c" * 16, "d" * 16, "B" * 16])
SCALARS = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=5)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
NAMES = [
    *("name", "type", "namespace", "start_time", "end_time", "in_progress", "error", "throttle", "fault", "traced"),
    *("user", "origin", "resource_arn", "http", "aws", "sql", "cause", "annotations", "metadata", "service", "own"),
]
NESTED = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("request", "response", "ec2", "xray", "exceptions", "resource_names", "paths"), ANYTHING),
        **dict.fromkeys(("status", "url", "traced", "table_name", "queue_url", "sampling_rule_name"), ANYTHING),
    },
)
WRONG = st.dictionaries(
    st.sampled_from(NAMES), ANYTHING | NESTED | st.fixed_dictionaries({"request": NESTED}), max_size=4
)


@st.composite
def entities(draw: st.DrawFn, depth: int = 0) -> Json:
    """An entity that may be wrong in every way, about ids that come up again and again."""
    entity = subsegment(id=draw(IDS)) | {"namespace": draw(st.sampled_from(["aws", "remote", "local"]))} | draw(WRONG)
    if depth < 3:
        entity["subsegments"] = draw(st.lists(entities(depth + 1), max_size=2) | ANYTHING)
    return entity


@st.composite
def documents(draw: st.DrawFn) -> list[bytes]:
    """Documents of one trace, one an id, as the store gives them, all taken at the door."""
    taken: dict[int, bytes] = {}
    for _ in range(draw(st.integers(1, 5))):
        document = draw(entities()) | {"trace_id": TRACE}
        if draw(st.booleans()):
            document |= {"type": "subsegment", "parent_id": draw(IDS)}
        elif draw(st.booleans()):
            document["parent_id"] = draw(IDS)
        if draw(st.booleans()):
            document |= {"name": "shop", "start_time": NOW_S - 1, "end_time": NOW_S}
        data = json.dumps(document).encode()
        if isinstance(decode(data, NOW_S)[0], Accepted):
            taken[int(document["id"], 16)] = data
    return list(taken.values())


def shown(*taken: bytes) -> Trace:
    """Do everything that is done with documents; give the trace."""
    rows = [flatten(data, number) for number, data in enumerate(taken, 1)]
    for row in rows:
        # What the engine's columns can hold.
        array("Q", [row.id, row.version, row.parent_id, row.duration_us, row.span_us, *row.sub_id])
        array("Q", row.sub_duration_us)
        array("q", [row.start_us])
        array("I", [row.trace_time, row.start_us // 1_000_000])
        array("H", [row.http_status])
        array("B", row.sub_class)
        parallel = [row.sub_id, row.sub_name, row.sub_type, row.sub_duration_us, row.sub_class, row.sub_traced]
        assert len({len(column) for column in parallel}) == 1
    summarise(rows, "000000000000")
    stored = [
        StoredDocument(TRACE, row.id, row.version, row.start_us, data) for row, data in zip(rows, taken, strict=True)
    ]
    trace = compile_trace(TRACE, stored)
    assert compile_trace(TRACE, stored[::-1]) == trace, "whatever the order that the store gives them in"
    return trace


def sent(*structures: Json) -> list[bytes]:
    """The structures as bytes; every one is taken at the door."""
    taken = [json.dumps(one).encode() for one in structures]
    assert all(isinstance(decode(data, NOW_S)[0], Accepted) for data in taken)
    return taken


def names(trace: Trace) -> list[str]:
    return [json.loads(one.document)["name"] for one in trace.segments]


@given(documents())
def test_whatever_is_taken_can_be_shown(taken: list[bytes]) -> None:
    if taken:
        assert shown(*taken).segments


def test_a_document_that_contains_itself_is_one() -> None:
    trace = shown(*sent(segment(subsegments=[subsegment(id=ROOT, subsegments=[subsegment(id=ROOT)])])))
    assert names(trace) == ["shop"]


def test_what_a_document_s_image_contains_is_the_document_s() -> None:
    trace = shown(*sent(segment(subsegments=[subsegment(id=ROOT, subsegments=[subsegment(name="inner")])])))
    assert [one["name"] for one in json.loads(trace.segments[0].document)["subsegments"]] == ["inner"]


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_subsegments_that_are_each_other_s_parents_are_all_shown(size: int) -> None:
    ring = [subsegment(id=f"{n + 1:016x}", parent_id=f"{(n + 1) % size + 1:016x}", name=f"r{n}") for n in range(size)]
    text = "".join(one.document for one in shown(*sent(segment(), *ring)).segments)
    assert all(f'"r{n}"' in text for n in range(size))


def test_two_subsegments_that_each_embed_the_other_are_both_shown() -> None:
    one = subsegment(id="1" * 16, name="one", parent_id="2" * 16, subsegments=[subsegment(id="2" * 16, name="two")])
    two = subsegment(id="2" * 16, name="two", parent_id="1" * 16, subsegments=[subsegment(id="1" * 16, name="one")])
    text = "".join(one.document for one in shown(*sent(one, two)).segments)
    assert '"one"' in text
    assert '"two"' in text


def test_a_segment_that_another_embeds_stands_alone() -> None:
    inner = segment(id="1" * 16, name="inner")
    trace = shown(*sent(segment(subsegments=[subsegment(id="1" * 16, name="image")]), inner))
    assert sorted(names(trace)) == ["inner", "shop"]


def test_a_segment_that_calls_itself_is_shown() -> None:
    assert names(shown(*sent(segment(parent_id=ROOT)))) == ["shop"]


def test_a_chain_of_thousands_of_documents_is_cut_where_json_would_be_too_deep() -> None:
    chain = [subsegment(id=f"{n + 1:016x}", parent_id=f"{n:016x}" if n else ROOT, name=f"n{n}") for n in range(2_000)]
    trace = shown(*sent(segment(), *chain))
    text = "".join(one.document for one in trace.segments)
    assert all(f'"n{n}"' in text for n in range(2_000))
    assert len(trace.segments) > 1


def test_the_deepest_document_that_is_taken_can_be_shown() -> None:
    deepest = subsegment(id="f" * 16, metadata={"default": 1})
    for n in range(195):
        deepest = subsegment(id=f"{n + 1:016x}", subsegments=[deepest])
    assert shown(*sent(segment(subsegments=[deepest]))).segments
    assert shown(*sent(segment(user=5, subsegments=[deepest]))).segments


@pytest.mark.parametrize(
    "members",
    [
        {"type": 5},
        {"http": {"response": {"status": "²"}}},
        {"http": {"response": {"status": "--5"}}},
        {"http": {"request": 5, "response": []}},
        {"aws": {"ec2": [], "xray": 5, "resource_names": [1, "a"], "retries": "x"}},
        {"annotations": {"k": None}, "sql": 5, "cause": {"exceptions": [5, {"stack": [None]}]}},
        {"subsegments": [subsegment(name="x" * 300, namespace="remote")]},
        {"subsegments": [subsegment(name="x" * 300, namespace="remote", fault="x")]},
        {"subsegments": [subsegment(name="", namespace="aws", aws={"queue_url": "///"})]},
        {"subsegments": [subsegment(start_time=1e308, end_time=-1e308)]},
        {"subsegments": [subsegment(start_time=-(2**63), end_time=2**64 - 1)]},
        {"subsegments": [subsegment(id="not hexadecimal!")]},
        {"subsegments": [None, [], {}, {"id": []}]},
    ],
)
def test_a_member_that_is_wrong_spoils_nothing_else(members: Json) -> None:
    trace = shown(*sent(segment(**members)))
    assert json.loads(trace.segments[0].document)["name"] == "shop"
