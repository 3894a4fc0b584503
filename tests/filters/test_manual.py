"""The examples of the language's reference."""

from __future__ import annotations

import pytest

from radiograph.filters import parse
from radiograph.filters.manual import EXAMPLES, Example
from radiograph.filters.vocabulary import CONNECTIVES, FUNCTIONS, KEYWORDS, OPERATORS

WORDS = [one.name for words in (KEYWORDS, OPERATORS, CONNECTIVES, FUNCTIONS) for one in words]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.expression)
def test_every_example_is_a_valid_expression(example: Example) -> None:
    parse(example.expression)


@pytest.mark.parametrize("word", WORDS)
def test_every_word_has_an_example(word: str) -> None:
    assert any(example.uses(word) for example in EXAMPLES)


def test_a_word_is_not_found_inside_another() -> None:
    example = Example('service("fault") { http.status != 5 } AND rootcause.error.entity', "")
    assert not any(example.uses(word) for word in ("fault", "error", "status", "=", "entity"))
    assert all(example.uses(word) for word in ("service", "http.status", "!=", "rootcause.error.entity"))
