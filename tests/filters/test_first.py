"""Expressions that know only the first annotations of a trace."""

from __future__ import annotations

import pytest

from radiograph.filters import of_first_annotations, parse
from radiograph.filters.evaluate import TraceFacts, matches
from tests.oracle.documents import segment, subsegment

INNER = subsegment(annotations={"b": 1}, subsegments=[subsegment(id="c" * 16, annotations={"c": 1})])
TRACE = TraceFacts(
    [
        segment(id="e" * 16, name="late", start_time=1_700_000_000.5, annotations={"f": 1, "a": 2}),
        segment(subsegments=[INNER, subsegment(id="d" * 16, annotations={"d": 1})], annotations={"a": 1}),
    ],
    {},
)


def test_annotations_stand_in_the_order_of_documents_and_of_their_places_in_them() -> None:
    assert TRACE.annotated == ["a", "b", "c", "d", "f"]


@pytest.mark.parametrize(("most", "known"), [(0, "abcdf"), (1, "a"), (3, "abc"), (4, "abcd"), (9, "abcdf")])
def test_only_the_first_are_known(most: int, known: str) -> None:
    def found(text: str) -> bool:
        return matches(of_first_annotations(parse(text), most), TRACE, "000000000000")

    assert "".join(key for key in "abcdf" if found(f"annotation.{key}")) == known
    assert "".join(key for key in "abcdf" if found(f"annotation.{key} = 1")) == known
    assert "".join(key for key in "abcdf" if not found(f"!(annotation.{key} AND ok)")) == known
    assert found("annotation.a = 2")


def test_nothing_else_is_changed() -> None:
    text = 'service("shop") { ok } AND (user = "u" OR !partial) AND metadata.a.b = 1'
    assert of_first_annotations(parse(text), 1) == parse(text)
    assert of_first_annotations(parse("annotation.a = 1"), 0) == parse("annotation.a = 1")
