"""Patterns: what they match, however they are written; and that no pattern makes the evaluator slow."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radiograph.auth.policy.arns import resource_template
from radiograph.auth.policy.patterns import MANY, MANY_INSIDE, ONE, ONE_INSIDE, any_of, matcher, wild_parts
from radiograph.auth.policy.variables import text_test

PARTS = st.lists(st.sampled_from([MANY, ONE, MANY_INSIDE, ONE_INSIDE, "a", "b", ":", "ab", ""]), max_size=8).map(tuple)
TEXTS = st.text("ab:", max_size=10)
EXPRESSIONS = {MANY: ".*", ONE: ".", MANY_INSIDE: "[^:]*", ONE_INSIDE: "[^:]"}


def expression(parts: tuple[object, ...]) -> str:
    return "".join(re.escape(part) if isinstance(part, str) else EXPRESSIONS[part] for part in parts)


@settings(max_examples=500)
@given(PARTS, TEXTS)
def test_a_pattern_is_the_regular_expression_one_thinks_of(parts: tuple[object, ...], text: str) -> None:
    assert matcher(parts)(text) == (re.fullmatch(expression(parts), text) is not None)


@settings(max_examples=300)
@given(st.lists(PARTS, max_size=4), TEXTS)
def test_several_patterns_match_what_one_of_them_matches(patterns: list[tuple[object, ...]], text: str) -> None:
    assert any_of(patterns)(text) == any(matcher(parts)(text) for parts in patterns)


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("a*a", "a", False),
        ("a*a", "aa", True),
        ("ab*ba", "aba", False),
        ("*ab*ab*", "aab", False),
        ("*ab*ab*", "abab", True),
        ("**", "", True),
        ("?*", "", False),
        ("*?", "x", True),
        ("a.b", "axb", False),
        ("[ab]", "a", False),
        ("", "", True),
        ("", "a", False),
        ("*\n?", "x\n\n", True),
    ],
)
def test_a_pattern_matches_a_whole_text(pattern: str, text: str, matches: bool) -> None:
    assert matcher(wild_parts(pattern))(text) is matches


@pytest.mark.parametrize("piece", ["a", "*a", "a*", "?", "*?", "?*a", "a?b*", "*aaaaaaaaab"])
@pytest.mark.parametrize("times", [1, 10, 100, 1000])
@pytest.mark.parametrize("end", ["", "b", "*b", "?b"])
def test_no_pattern_goes_back_over_a_long_text(piece: str, times: int, end: str) -> None:
    # One that went back would not come to an end here.
    text = "a" * 5000
    shortest = len((piece * times + end).replace("*", ""))
    expected = not set(piece * times + end) & {"b"} and (
        shortest <= len(text) if "*" in piece + end else shortest == len(text)
    )
    assert matcher(wild_parts(piece * times + end))(text) is expected


@given(TEXTS)
def test_a_resource_that_is_left_out_is_any(tail: str) -> None:
    test = text_test([resource_template("arn:aws:sqs", True)], matcher, any_of)
    assert test(f"arn:aws:sqs:us-east-1:111122223333:{tail}", {})
    assert not test(f"arn:aws:sns:us-east-1:111122223333:{tail}", {})
