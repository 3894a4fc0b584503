"""The corpus of expressions: how each is spelled, which traces it is true of, and where the wrong ones go wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from radiograph.errors import InvalidRequest
from radiograph.filters import format_expression, parse, substitute
from radiograph.filters.parse import read_expression
from radiograph.filters.vocabulary import CONNECTIVES, FUNCTIONS, KEYWORDS, OPERATORS
from radiograph.segments.clean import clean
from radiograph.segments.decode import Accepted, decode
from tests.oracle.filters import matches

CORPUS = yaml.safe_load((Path(__file__).parent.parent / "corpora" / "filters.yaml").read_text())
TRACES: dict[str, Any] = CORPUS["traces"]
GROUPS: dict[str, str] = CORPUS["groups"]
DOCUMENTS = [document for trace in TRACES.values() for document in trace["documents"]]


def spelled(one: dict[str, Any]) -> str:
    return str(one["expression"])


def lookup(by: str, value: str) -> str | None:
    return GROUPS.get(value if by == "name" else value.split("/")[1])


@pytest.mark.parametrize("one", CORPUS["valid"], ids=spelled)
def test_an_expression_is_true_of_these_traces(one: dict[str, Any]) -> None:
    expression = substitute(parse(one["expression"]), lookup, GROUPS)
    found = [name for name, trace in TRACES.items() if matches(expression, trace["documents"], trace.get("causes"))]
    assert found == (list(TRACES) if one["matches"] == "all" else one["matches"])


@pytest.mark.parametrize("one", CORPUS["valid"], ids=spelled)
def test_an_expression_has_one_canonical_spelling(one: dict[str, Any]) -> None:
    canonical = one.get("canonical", one["expression"])
    assert format_expression(parse(one["expression"])) == canonical
    assert format_expression(parse(canonical)) == canonical


@pytest.mark.parametrize("one", CORPUS["syntax"], ids=spelled)
def test_what_the_grammar_refuses_is_pointed_at(one: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest, match=rf"column {one['column']}: .+; accepted: .+"):
        read_expression(one["expression"])


@pytest.mark.parametrize("one", CORPUS["types"], ids=spelled)
def test_what_means_nothing_is_pointed_at(one: dict[str, Any]) -> None:
    read_expression(one["expression"])
    with pytest.raises(InvalidRequest, match=rf"column {one['column']}: .+; accepted: .+"):
        parse(one["expression"])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one["id"])
def test_the_corpus_has_documents_a_service_could_send(document: dict[str, Any]) -> None:
    assert isinstance(decode(json.dumps(document), now=document["start_time"])[0], Accepted)
    # Annotations may hold what is cleaned away; nothing here does.
    assert clean(document) == document


def test_the_corpus_has_every_word_of_the_vocabulary() -> None:
    texts = "\n".join(one["expression"] for one in CORPUS["valid"])
    words = [one.name for table in (KEYWORDS, OPERATORS, CONNECTIVES, FUNCTIONS) for one in table]
    assert [word for word in words if not re.search(re.escape(word), texts, re.IGNORECASE)] == []


def test_the_corpus_does_not_repeat_itself() -> None:
    for part in ("valid", "syntax", "types"):
        texts = [one["expression"] for one in CORPUS[part]]
        assert len(texts) == len(set(texts))
