"""Documents on their way: what is not sent, what is sent in pieces, how many at a time."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from radiograph.model.rows import StoredDocument
from radiograph.segments.compile import compile_trace
from radiograph.segments.decode import MAX_DOCUMENT_BYTES, Accepted, decode
from radiograph.transfer.documents import batches, is_growing, prepared

NOW_S = 1_700_000_060.0
TRACE = "1-6553f100-0123456789abcdef01234567"


def segment(**members: Any) -> dict[str, Any]:
    made = {"trace_id": TRACE, "id": "a" * 16, "name": "shop", "start_time": NOW_S - 5, "end_time": NOW_S - 1}
    return made | members


def subsegment(number: int, **members: Any) -> dict[str, Any]:
    made = {"id": f"{number:016x}", "name": "work", "start_time": NOW_S - 4 + number / 1000, "end_time": NOW_S - 2}
    return made | members


def compiled(*documents: str) -> list[Any]:
    """Give what a server makes of these documents."""
    stored = [
        StoredDocument(TRACE, int(json.loads(text)["id"], 16), 1, int((NOW_S - 5) * 1e6), text.encode())
        for text in documents
    ]
    return [json.loads(one.document) for one in compile_trace(TRACE, stored).segments]


def test_a_document_is_sent_as_it_is() -> None:
    text = '{ "id":"x",  "start_time":1.5E9 }'
    assert prepared(text).documents == [text]


def test_an_inferred_segment_is_not_sent() -> None:
    found = prepared(json.dumps(segment(inferred=True, parent_id="b" * 16)))
    assert found.is_inferred
    assert found.documents == []


def test_a_segment_that_only_speaks_of_inferred_ones_is_sent() -> None:
    text = json.dumps(segment(metadata={"default": {"inferred": True}}))
    assert prepared(text).documents == [text]


def test_what_cannot_be_read_is_sent_for_the_server_to_say_why() -> None:
    for text in ('{"inferred"', '["inferred"]', "x" * 100_000):
        assert prepared(text).documents == [text]


@given(
    st.lists(st.integers(0, 40_000), min_size=1, max_size=8),
    st.integers(1, 3),
)
def test_a_large_segment_goes_in_pieces_that_are_the_same_segment_again(sizes: list[int], depth: int) -> None:
    numbers = iter(range(1, 1000))

    def tree(level: int) -> list[dict[str, Any]]:
        return [
            subsegment(
                next(numbers),
                metadata={"default": {"text": "x" * size}},
                **({"subsegments": tree(level - 1)} if level and place == 0 else {}),
            )
            for place, size in enumerate(sizes)
        ]

    whole = json.dumps(segment(subsegments=tree(depth)))
    pieces = prepared(whole).documents
    assert all([type(one) for one in decode(piece, NOW_S)] == [Accepted] for piece in pieces)
    assert all(len(piece.encode()) <= MAX_DOCUMENT_BYTES for piece in pieces)
    assert sorted_deep(compiled(*pieces)) == sorted_deep(compiled(whole))


def sorted_deep(value: Any) -> Any:
    """Give entities without what only a document of its own has, by id."""
    if isinstance(value, list):
        entities = [sorted_deep(one) for one in value]
        return sorted(entities, key=lambda one: one["id"]) if entities and isinstance(entities[0], dict) else entities
    if isinstance(value, dict):
        alone = ("type", "parent_id", "trace_id")
        return {
            key: sorted_deep(one)
            for key, one in value.items()
            if key not in alone and (key, one) != ("subsegments", [])
        }
    return value


def test_a_segment_too_large_by_itself_is_left_to_the_server_to_refuse() -> None:
    (piece,) = prepared(json.dumps(segment(metadata={"default": "x" * 70_000}))).documents
    assert len(piece) > MAX_DOCUMENT_BYTES


def test_a_segment_grows_while_anything_in_it_is_in_progress() -> None:
    begun = {"id": "b" * 16, "name": "work", "start_time": NOW_S, "in_progress": True}
    assert is_growing(json.dumps(begun))
    assert is_growing(json.dumps(segment(subsegments=[subsegment(1, subsegments=[begun])])))
    assert not is_growing(json.dumps(segment(in_progress=False)))
    assert not is_growing(json.dumps(segment(metadata={"default": {"in_progress": True}})))
    assert not is_growing('"in_progress"')


@given(st.lists(st.integers(1, 400_000), max_size=130))
def test_batches_have_all_documents_in_order_at_most_fifty_and_about_a_megabyte(sizes: list[int]) -> None:
    documents = ["x" * size for size in sizes]
    made = list(batches(documents))
    assert list(chain.from_iterable(made)) == documents
    for batch in made:
        assert 1 <= len(batch) <= 50
        assert len(batch) == 1 or sum(map(len, batch)) <= 1 << 20
