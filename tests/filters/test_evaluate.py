"""The evaluator says of every trace what the oracle says, and takes whatever the door takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radiograph.filters import parse, substitute, tree
from radiograph.filters.evaluate import TraceFacts, matches
from radiograph.model.rows import StoredDocument
from radiograph.model.traces import TraceSummary
from radiograph.segments.causes import root_causes
from radiograph.segments.opened import opened
from tests.filters.test_corpus import CORPUS, GROUPS, TRACES, lookup
from tests.filters.trees import expressions
from tests.oracle import filters as oracle
from tests.oracle.documents import ROOT, segment, stored, subsegment
from tests.oracle.graph import _survivors
from tests.oracle.traces import Arrival, arrivals
from tests.segments.test_hostile_structures import documents as hostile

Json = dict[str, Any]
ACCOUNT = oracle.ACCOUNT


def facts(documents: list[StoredDocument], causes: Json | None = None) -> TraceFacts:
    """What is known of a trace, its root causes as in its summary."""
    summary = msgspec.convert({"Id": documents[0].trace_id, **(causes or {})}, TraceSummary)
    return TraceFacts(*opened(documents), summary)


def says(text: str, *documents: Json) -> bool:
    return matches(parse(text), facts(stored(*documents)), ACCOUNT)


# The corpus


@pytest.mark.parametrize("one", CORPUS["valid"], ids=lambda one: str(one["expression"]))
def test_an_expression_of_the_corpus_is_true_of_its_traces(one: Json) -> None:
    expression = substitute(parse(one["expression"]), lookup, GROUPS)
    found = [name for name, trace in KNOWN.items() if matches(expression, trace, ACCOUNT)]
    assert found == (list(TRACES) if one["matches"] == "all" else one["matches"])


KNOWN = {name: facts(stored(*trace["documents"]), trace.get("causes")) for name, trace in TRACES.items()}


# The oracle

WORDS = st.sampled_from(
    ["shop", "cart", "pay", "work", "stock.test", "carts", "orders", "remote", "client", "AWS::ECS::Container", ""]
)
NODES = st.builds(
    tree.NodePattern,
    name=st.none() | WORDS,
    type=st.none() | WORDS | st.sampled_from(["AWS::DynamoDB::Table", "Database::SQL", "AWS::S3::Bucket"]),
    account_id=st.none() | st.sampled_from([ACCOUNT, "123456789012"]),
).filter(lambda one: one != tree.NodePattern())
PATHS = st.sampled_from(
    [
        *(("name",), ("http", "response", "status"), ("aws", "table_name"), ("aws", "resource_names"), ("sql",)),
        *(("subsegments", "name"), ("subsegments",), ("subsegments", "subsegments", "fault"), ("in_progress",)),
    ]
)


def asked(scope: Any) -> st.SearchStrategy[Any]:
    """What can be asked in a place, with a literal that has a chance: one seen in traces."""
    flag = st.sampled_from(["ok", "error", "throttle", "fault"]).map(
        lambda name: tree.Compare(tree.Field(name), "=", True)
    )
    time = st.builds(
        lambda operator, value: tree.Compare(tree.Field("responsetime"), operator, value),
        st.sampled_from(["=", "!=", "<", ">="]),
        st.sampled_from([0.0, 0.5, 1.0, 1e-6]),
    )
    status = st.sampled_from([200.0, 404.0, 503.0]).map(
        lambda value: tree.Compare(tree.Field("http.status"), "=", value)
    )
    attribute = PATHS.map(lambda path: tree.Present(tree.Attribute(path))) | st.builds(
        lambda path, operator, value: tree.Compare(tree.Attribute(path), operator, value),
        PATHS,
        st.sampled_from(["=", "!="]),
        WORDS | st.sampled_from([200.0, 404.0, True, False]),
    )
    name = WORDS.map(lambda value: tree.Compare(tree.Field("name"), "=", value))
    root = st.just(tree.Compare(tree.Field("root"), "=", True))
    leaves = flag | time | status | attribute
    if scope == "service":
        leaves |= name | root
    return leaves | st.builds(tree.And, st.tuples(leaves, leaves)) | st.builds(tree.Not, leaves)


SERVICES = st.builds(tree.Service, st.none() | NODES, st.none() | asked("service"))
LIKELY = (
    SERVICES
    | st.builds(tree.Edge, st.none() | NODES, st.none() | NODES, st.none() | asked("edge"))
    | st.builds(
        tree.Path,
        SERVICES,
        st.lists(st.builds(tree.Hop, st.sampled_from(["calls", "reaches"]), SERVICES), min_size=1, max_size=3).map(
            tuple
        ),
    )
    | asked("trace")
    | st.sampled_from(["partial", "inferred"]).map(lambda name: tree.Compare(tree.Field(name), "=", True))
)


ANY = expressions(depth=2).filter(lambda one: "Group" not in repr(one))


def told(parts: list[Arrival]) -> Iterator[list[Json]]:
    """Give the documents of each trace that a store keeps."""
    kept = _survivors(document for part in parts for document in part.documents)
    for _, documents in groupby(sorted(kept, key=itemgetter("trace_id")), itemgetter("trace_id")):
        yield list(documents)


@settings(max_examples=100, deadline=None)
@given(arrivals(), st.lists(LIKELY | ANY, min_size=3, max_size=6))
def test_the_evaluator_and_the_oracle_agree(parts: list[Arrival], asked_: list[tree.Expression]) -> None:
    for documents in told(parts):
        kept = stored(*documents)
        causes = root_causes(kept, ACCOUNT)
        trace = TraceFacts(*opened(kept), causes)
        in_summary = msgspec.to_builtins(
            TraceSummary(
                id=kept[0].trace_id,
                fault_root_causes=causes.fault_root_causes,
                error_root_causes=causes.error_root_causes,
                response_time_root_causes=causes.response_time_root_causes,
            )
        )
        for expression in asked_:
            assert matches(expression, trace, ACCOUNT) == oracle.matches(expression, documents, in_summary), expression


@settings(max_examples=80, deadline=None)
@given(arrivals(), st.data())
def test_they_agree_on_root_causes(parts: list[Arrival], data: st.DataObject) -> None:
    for documents in told(parts):
        kept = stored(*documents)
        causes = root_causes(kept, ACCOUNT)
        names = {"FaultRootCauses": causes.fault_root_causes, "ErrorRootCauses": causes.error_root_causes}
        in_summary = msgspec.to_builtins(names | {"ResponseTimeRootCauses": causes.response_time_root_causes})
        trace = TraceFacts(*opened(kept), causes)
        for expression in data.draw(st.lists(CAUSES, min_size=3, max_size=6)):
            assert matches(expression, trace, ACCOUNT) == oracle.matches(expression, documents, in_summary), expression
        for kind, found in oracle.KINDS.items():
            for cause in in_summary[found]:
                # What a summary tells, pasted into the expression, finds its trace.
                pasted = parse(f"rootcause.{kind}.json = #{json.dumps([cause])}")
                assert matches(pasted, trace, ACCOUNT)


def _element(kind: str, part: str) -> st.SearchStrategy[Any]:
    flags = [("first", True), ("last", True), ("index", 0.0), ("index", 2.0)]
    if part != "exception":
        flags += [("name", "shop"), ("name", "stock.test")]
    if part == "service":
        flags += [("inferred", True), ("type", "remote")]
    if part == "entity":
        flags += [("remote", True)]
        if kind == "responsetime":
            flags += [("coverage", 1.0)]
    leaves = st.builds(
        lambda one, operator: tree.Compare(tree.Field(one[0]), operator, one[1]),
        st.sampled_from(flags),
        st.sampled_from(["=", "!="]),
    )
    return st.none() | leaves | st.builds(tree.And, st.tuples(leaves, leaves))


CAUSES: st.SearchStrategy[tree.Expression] = st.sampled_from(
    [
        *(("fault", "service"), ("fault", "entity"), ("fault", "exception"), ("error", "service"), ("error", "entity")),
        *(("responsetime", "service"), ("responsetime", "entity")),
    ]
).flatmap(
    lambda one: st.builds(tree.RootCause, st.just(one[0]), st.just(one[1]), _element(*one))  # type: ignore[arg-type]
)


# Whatever is taken at the door


@settings(max_examples=150, deadline=None)
@given(hostile(), LIKELY | ANY)
def test_whatever_is_taken_can_be_asked(taken: list[bytes], expression: tree.Expression) -> None:
    if taken:
        kept = [StoredDocument("", 0, number, 0, data) for number, data in enumerate(taken)]
        matches(expression, TraceFacts(*opened(kept), root_causes(kept, ACCOUNT)), ACCOUNT)


def test_ids_are_the_same_in_either_case() -> None:
    call = subsegment(namespace="remote", name="stock.test")
    callee = segment(id="C" * 16, name="stock", parent_id="B" * 16)
    assert says('service("shop") -> service("stock")', segment(subsegments=[call]), callee)
    assert not says("inferred", segment(subsegments=[call]), callee)


def test_a_parent_of_zeros_is_none() -> None:
    assert says('service("shop") { root }', segment(parent_id="0" * 16))


def test_ten_thousand_segments_each_called_by_the_one_before_are_a_path() -> None:
    ids = [f"{number:016x}" for number in range(1, 10_001)]
    chain = [segment(id=id_, name=f"s{id_}", parent_id=parent) for parent, id_ in zip([ROOT, *ids], ids, strict=False)]
    assert says(f'service("shop") => service("s{ids[-1]}")', segment(), *chain)
    assert not says(f'service("s{ids[-1]}") => service("shop")', segment(), *chain)


def test_subsegments_sent_alone_in_a_ring_have_no_owner() -> None:
    ids = [f"{number:016x}" for number in range(1, 4)]
    ring = [
        subsegment(id=id_, parent_id=parent, namespace="remote", name="out")
        for id_, parent in zip(ids, [*ids[1:], ids[0]], strict=True)
    ]
    assert says('service("out")', segment(), *ring)
    assert not says('edge("shop", "out")', segment(), *ring)


def test_an_attribute_is_looked_for_through_any_depth_of_lists() -> None:
    deep: Any = "found"
    for _ in range(300):
        deep = [deep]
    assert says('metadata.a.b = "found"', segment(metadata={"a": {"b": deep}}))


def test_groups_are_replaced_before() -> None:
    with pytest.raises(TypeError, match="Group"):
        says('group.name = "slow"', segment())
