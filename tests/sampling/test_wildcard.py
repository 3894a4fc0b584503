"""Patterns of sampling rules."""

from __future__ import annotations

import re

import pytest
from amazon.opentelemetry.distro.sampler._matcher import _Matcher
from aws_xray_sdk.core.utils.search_pattern import wildcard_match
from hypothesis import given
from hypothesis import strategies as st

from radiograph.sampling import matches


@pytest.mark.parametrize(
    ("pattern", "text", "match"),
    [
        ("*", "", True),
        ("*", "anything at all", True),
        ("", "", True),
        ("", "a", False),
        ("/api/*/x", "/api/a/b/x", True),
        ("/api/*/x", "/api/x", False),
        ("a?c", "abc", True),
        ("a?c", "ac", False),
        ("?", "", False),
        ("**", "", True),
        ("*a*b*", "xaxxbx", True),
        ("*aa", "a", False),
        ("a*a", "a", False),
        ("*abc", "ababc", True),
        ("*a?c", "aacabc", True),
        ("/api/v[12]", "/api/v1", False),
        ("a.c", "abc", False),
        ("a\\?c", "a\\bc", True),
        ("line*end", "line\nend", True),
    ],
)
def test_a_star_is_any_characters_and_a_question_mark_is_one(pattern: str, text: str, match: bool) -> None:
    assert matches(pattern, text) is match
    assert matches(pattern, text, case_sensitive=True) is match


@pytest.mark.parametrize("text", ["host.example", "HOST.EXAMPLE", "Host"])
def test_upper_and_lower_case_are_one_unless_it_is_asked_for(text: str) -> None:
    assert matches("HOST*", text)
    assert matches("HOST*", text, case_sensitive=True) is text.startswith("HOST")


def test_a_question_mark_is_one_character_whatever_its_lower_case_is() -> None:
    assert matches("?", "İ")
    assert not matches("??", "İ")


LETTERS = st.text("aAbB*?./", max_size=12)


@given(LETTERS, st.text("aAbB./", max_size=12))
def test_it_agrees_with_the_x_ray_sdk_and_with_the_sampler_of_opentelemetry(pattern: str, text: str) -> None:
    assert matches(pattern, text) == wildcard_match(pattern, text)
    assert matches(pattern, text, case_sensitive=True) == _Matcher.wild_card_match(text, pattern)


@given(LETTERS, st.text("aAbB./\n", max_size=12))
def test_it_agrees_with_a_plain_regular_expression(pattern: str, text: str) -> None:
    plain = "".join({"*": ".*", "?": "."}.get(one, re.escape(one)) for one in pattern)
    assert matches(pattern, text, case_sensitive=True) is bool(re.fullmatch(plain, text, re.DOTALL))


@pytest.mark.parametrize("pattern", ["*a" * 60 + "b", "*?a" * 40 + "*b", "*" + "a" * 120 + "b", "*" * 500 + "b"])
def test_a_pattern_of_many_stars_is_done_with_a_long_text_at_once(pattern: str) -> None:
    assert not matches(pattern, "a" * 300_000)
