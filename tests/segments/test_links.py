"""What a segment has received, and where events were sent."""

from __future__ import annotations

import json
from typing import Any

import pytest

from radiograph.model.rows import Link, Origin
from radiograph.segments.flatten import read_document
from radiograph.segments.links import origins
from tests.oracle.documents import NOW_S, ROOT, TRACE, columns, segment, subsegment

SENDER = "1-6553f0f0-0123456789abcdef01234567"
SENT_US = round((NOW_S - 1.0) * 1_000_000)
CALL = {"name": "SQS", "namespace": "aws", "aws": {"queue_url": "https://sqs.test/1/mails"}}


def received(*links: Any) -> list[tuple[str, str]]:
    (row,) = columns(segment(links=list(links)))
    return [(one.trace_id, f"{one.id:016x}") for one in row.links]


def origin(wanted: str, *documents: dict[str, Any]) -> Origin | None:
    read = [read_document(json.dumps(one).encode()) for one in documents]
    return origins(read, [int(wanted, 16)]).get(int(wanted, 16))


# Received


def test_links_are_what_they_name_once_each_in_their_order() -> None:
    one, other = {"trace_id": SENDER, "id": "c" * 16}, {"trace_id": TRACE, "id": ROOT, "attributes": {"a": 1}}
    assert received(one, other, one) == [(SENDER, "c" * 16), (TRACE, ROOT)]


def test_a_trace_and_an_entity_may_be_spelled_as_w3c_does_and_in_capitals() -> None:
    w3c = SENDER[2:].replace("-", "")
    assert received({"trace_id": w3c.upper(), "id": "C" * 16}) == [(SENDER, "c" * 16)]


@pytest.mark.parametrize(
    "link",
    [
        *(None, 5, "x", [], {}),
        *({"trace_id": SENDER}, {"id": ROOT}),
        *({"trace_id": 5, "id": ROOT}, {"trace_id": SENDER, "id": 7}),
        *({"trace_id": SENDER[:-1], "id": ROOT}, {"trace_id": SENDER, "id": "0" * 16}, {"trace_id": SENDER, "id": "x"}),
    ],
)
def test_what_names_no_entity_is_no_link_and_harms_no_other(link: Any) -> None:
    assert received(link, {"trace_id": SENDER, "id": ROOT}) == [(SENDER, ROOT)]


@pytest.mark.parametrize("links", [None, 5, "x", {}, True, []])
def test_links_that_are_no_list_are_none_and_cost_the_document_nothing(links: Any) -> None:
    (row,) = columns(segment(links=links, user="u"))
    assert (row.links, row.user) == ((), "u")


def test_what_is_wrong_elsewhere_costs_no_links() -> None:
    (row,) = columns(segment(links=[{"trace_id": SENDER, "id": ROOT}], user=5))
    assert row.links == (Link(SENDER, int(ROOT, 16)),)


def test_only_segments_receive_events() -> None:
    alone = subsegment(parent_id=ROOT, links=[{"trace_id": SENDER, "id": ROOT}])
    assert [row.links for row in columns(alone)] == [()]


# Sent


def test_an_event_of_a_call_came_from_what_was_called() -> None:
    sent = subsegment(**CALL)
    expected = Origin("mails", "AWS::SQS::Queue", SENT_US)
    assert origin(sent["id"], segment(subsegments=[sent])) == expected
    assert origin(sent["id"], segment(), subsegment(parent_id=ROOT, **CALL)) == expected


def test_an_event_of_a_call_that_a_segment_answers_came_from_the_caller() -> None:
    sent = subsegment(**CALL)
    answer = segment(id="c" * 16, name="broker", parent_id=sent["id"])
    assert origin(sent["id"], segment(subsegments=[sent]), answer) == Origin("shop", "", SENT_US)


def test_an_event_of_a_call_whose_callee_will_send_a_segment_came_from_the_caller() -> None:
    assert origin("b" * 16, segment(subsegments=[subsegment(traced=True, **CALL)])) == Origin("shop", "", SENT_US)


def test_an_event_of_work_inside_came_from_the_segment_whose_work_it_is() -> None:
    deep = subsegment(id="c" * 16, start_time=NOW_S - 0.7)
    inner = subsegment(parent_id=ROOT, subsegments=[deep])
    whole = segment(origin="AWS::ECS::Container")
    assert origin(deep["id"], whole, inner) == Origin("shop", "AWS::ECS::Container", SENT_US + 300_000)


def test_an_event_of_a_segment_came_from_its_node_when_the_segment_began() -> None:
    assert origin(ROOT.upper(), segment(origin="AWS::Lambda")) == Origin("shop", "AWS::Lambda", SENT_US)


def test_an_event_of_what_is_not_there_or_leads_nowhere_came_from_nowhere() -> None:
    assert origin("9" * 16, segment()) is None
    assert origin("b" * 16, subsegment(parent_id="9" * 16)) is None
    assert origin("b" * 16, subsegment(parent_id="c" * 16), subsegment(id="c" * 16, parent_id="b" * 16)) is None


def test_a_call_sent_alone_whose_segment_never_came_has_still_reached_its_queue() -> None:
    sent = subsegment(parent_id="9" * 16, **CALL)
    assert origin(sent["id"], sent) == Origin("mails", "AWS::SQS::Queue", SENT_US)
