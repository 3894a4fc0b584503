"""Words in their scopes and operators on their types: exactly as the vocabulary has them."""

from __future__ import annotations

from itertools import product

import pytest

from radiograph.errors import InvalidRequest
from radiograph.filters import parse
from radiograph.filters.vocabulary import CONNECTIVES, FUNCTIONS, KEYWORDS, OPERATORS, Keyword, Operator, Scope, Type

BRACES: dict[Scope, str] = {
    "trace": "{}",
    "service": "service() {{ {} }}",
    "edge": "edge() {{ {} }}",
    "cause service": "rootcause.fault.service {{ {} }}",
    "cause entity": "rootcause.error.entity {{ {} }}",
    "slow entity": "rootcause.responsetime.entity {{ {} }}",
    "exception": "rootcause.fault.exception {{ {} }}",
}
LITERALS: dict[Type, str] = {
    "boolean": "true",
    "number": "5",
    "string": '"x"',
    "trace id": '"1-6553f100-0123456789abcdef01234567"',
}
COMPLEX = {
    "service": "service()",
    "edge": "edge()",
    "annotation": "annotation.x",
    "group.name": 'group.name = "x"',
    "group.arn": 'group.arn = "x"',
    "metadata": "metadata.x.y",
    "attribute": "attribute.x",
    **{
        one.name: f"{one.name} = #{{}}" if one.name.endswith("json") else one.name
        for one in FUNCTIONS
        if one.name.startswith("rootcause")
    },
}


def verdict(text: str) -> str | None:
    """Give what is said against an expression, or None."""
    try:
        parse(text)
    except InvalidRequest as error:
        return error.message
    return None


@pytest.mark.parametrize("keyword", KEYWORDS, ids=lambda one: one.name)
@pytest.mark.parametrize("scope", BRACES)
def test_a_keyword_means_something_in_its_scopes_only(keyword: Keyword, scope: Scope) -> None:
    error = verdict(BRACES[scope].format(keyword.name))
    if scope in keyword.scopes:
        assert error is None
    else:
        assert error is not None
        column = BRACES[scope].format("|").index("|") + 1
        assert f"column {column}: '{keyword.name}' has no meaning " in error


@pytest.mark.parametrize("name", COMPLEX)
@pytest.mark.parametrize("scope", BRACES)
def test_a_function_stands_in_its_scopes_only(name: str, scope: Scope) -> None:
    scopes = next(one.scopes for one in FUNCTIONS if one.name == name)
    assert (verdict(BRACES[scope].format(COMPLEX[name])) is None) == (scope in scopes)


@pytest.mark.parametrize(("keyword", "operator"), list(product(KEYWORDS, OPERATORS)), ids=lambda one: one.name)
def test_an_operator_compares_its_types_only(keyword: Keyword, operator: Operator) -> None:
    braces = BRACES[keyword.scopes[0]]
    error = verdict(braces.format(f"{keyword.name} {operator.name} {LITERALS[keyword.type]}"))
    if keyword.type in operator.types:
        assert error is None
    else:
        assert error is not None
        allowed = ", ".join(one.name for one in OPERATORS if keyword.type in one.types)
        assert error.endswith(f"'{operator.name}' does not compare a {keyword.type}; accepted: {allowed}")


@pytest.mark.parametrize(
    ("keyword", "type_"), list(product(KEYWORDS, LITERALS)), ids=lambda one: getattr(one, "name", one)
)
def test_a_keyword_is_compared_with_its_own_type_only(keyword: Keyword, type_: Type) -> None:
    error = verdict(BRACES[keyword.scopes[0]].format(f"{keyword.name} = {LITERALS[type_]}"))
    # A trace id is a text like others, for those that are not compared with trace ids alone.
    assert (error is None) == (keyword.type == type_ or (keyword.type, type_) == ("string", "trace id"))


@pytest.mark.parametrize("subject", ["annotation.x", "metadata.x.y", "attribute.x"])
@pytest.mark.parametrize(("operator", "type_"), list(product(OPERATORS, ["boolean", "number", "string"])))
def test_where_values_have_types_of_their_own_the_literal_decides(
    subject: str, operator: Operator, type_: Type
) -> None:
    error = verdict(f"{subject} {operator.name} {LITERALS[type_]}")
    assert (error is None) == (type_ in operator.types)


def test_an_unknown_word_is_answered_with_all_that_is_accepted_there() -> None:
    error = verdict("service() { colour }") or ""
    assert "column 13: there is no keyword 'colour'; accepted: ok, error, throttle, fault, root, " in error
    assert error.endswith("resource.arn, metadata, attribute")
    assert "partial" not in error


@pytest.mark.parametrize("written", ["responsetimes", "http.staus", "rsource.arn", "servce"])
def test_a_word_mistyped_is_guessed(written: str) -> None:
    assert "meant?)" in (verdict(written) or "")


def test_the_vocabulary_has_no_word_twice() -> None:
    for table in (KEYWORDS, OPERATORS, CONNECTIVES, FUNCTIONS):
        names = [one.name.lower() for one in table]
        assert len(names) == len(set(names))
    assert all(one.name == one.name.lower() for one in KEYWORDS)


def test_every_scope_has_braces_and_all_braces_a_scope() -> None:
    assert {one.block for one in FUNCTIONS} - {None} == set(BRACES) - {"trace"}
