"""Summaries that are kept: as long as a trace's documents stay as they were, and no longer."""

from __future__ import annotations

import json

from radiograph.api.summaries import Summaries
from radiograph.model.rows import StoredDocument

TRACE = "1-65540000-aaaaaaaaaaaaaaaaaaaaaaaa"


def document(version: int = 1, name: str = "shop", trace: str = TRACE) -> StoredDocument:
    told = {"trace_id": trace, "id": "1" * 16, "name": name, "start_time": 1.7e9, "end_time": 1.7e9 + 1}
    return StoredDocument(trace, int("1" * 16, 16), version, 0, json.dumps(told).encode())


def test_a_trace_that_is_as_it_was_has_the_summary_it_had() -> None:
    kept = Summaries()
    assert kept.of("a", [document()], 0) is kept.of("a", [document()], 0)


def test_a_document_that_came_anew_makes_another_summary() -> None:
    kept = Summaries()
    kept.of("a", [document()], 0)
    assert kept.of("a", [document(version=2, name="store")], 0).entry_point.name == "store"


def test_one_more_document_makes_another_summary() -> None:
    kept = Summaries()
    before = kept.of("a", [document()], 0)
    assert kept.of("a", [document(), document(version=3)], 0) is not before


def test_accounts_have_summaries_of_their_own() -> None:
    kept = Summaries()
    assert kept.of("a", [document()], 0) is not kept.of("b", [document()], 0)


def test_only_the_last_ones_are_kept() -> None:
    kept = Summaries(most=2)
    first = kept.of("a", [document()], 0)
    for number in range(2):
        kept.of("a", [document(trace=f"1-65540000-{number:024x}")], 0)
    assert kept.of("a", [document()], 0) is not first
