"""Documents as SDKs and services send them, from the door to the trace and its summary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from radiograph.segments.compile import compile_trace
from radiograph.segments.decode import Accepted, decode
from radiograph.segments.summarise import summarise
from tests.oracle.documents import NOW_S, columns, stored

CORPUS = sorted((Path(__file__).parents[1] / "corpora" / "segments").glob("*.json"))


@pytest.fixture(params=CORPUS, ids=lambda path: path.stem)
def story(request: pytest.FixtureRequest) -> dict[str, Any]:
    return json.loads(request.param.read_text())


def test_the_corpus_is_there() -> None:
    assert len(CORPUS) >= 6


def test_every_document_is_taken(story: dict[str, Any]) -> None:
    for document in story["documents"]:
        assert isinstance(decode(json.dumps(document), NOW_S)[0], Accepted)


def test_every_document_is_given_back_with_all_it_had(story: dict[str, Any]) -> None:
    documents = story["documents"]
    given = [json.loads(one.document) for one in compile_trace(documents[0]["trace_id"], stored(*documents)).segments]
    by_id = {one["id"]: one for one in _entities(given)}
    for sent in _entities(documents):
        members = {name: value for name, value in sent.items() if name not in ("subsegments", "http")}
        assert members.items() <= by_id[sent["id"]].items()


def test_calls_without_a_callee_are_followed_by_inferred_segments(story: dict[str, Any]) -> None:
    documents = story["documents"]
    given = [json.loads(one.document) for one in compile_trace(documents[0]["trace_id"], stored(*documents)).segments]
    assert [[one["name"], one["origin"]] for one in given if one.get("inferred")] == story["inferred"]


def test_the_summary_names_every_node_and_says_how_it_went(story: dict[str, Any]) -> None:
    summary = msgspec.to_builtins(summarise(columns(*story["documents"]), "000000000000"))
    nodes = [[one["Name"], one.get("Type", "")] for one in summary["ServiceIds"]]
    assert sorted(nodes) == sorted(story["nodes"])
    assert {name: summary[name] for name in story["summary"]} == story["summary"]


def _entities(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [inner for one in found for inner in (one, *_entities(one.get("subsegments", [])))]
