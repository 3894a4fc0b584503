"""Groups become the expressions they stand for; those that cannot are errors that say why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from radiograph.errors import InvalidRequest
from radiograph.filters import format_expression, parse, substitute
from radiograph.filters.tree import Everything, Expression
from tests.filters.trees import expressions

GROUPS = {
    "slow": "responsetime > 2",
    "either": "fault OR error",
    "nested": 'group.name = "slow" ok',
    "all": "",
    "me": 'group.name = "me"',
    "ping": 'ok group.name = "pong"',
    "pong": '!group.arn = "arn:ping"',
    "lost": 'group.name = "nowhere"',
    "bad": "responsetime > fast",
}


def lookup(by: str, value: str) -> str | None:
    return GROUPS.get(value if by == "name" else value.removeprefix("arn:"))


def substituted(text: str) -> str:
    return format_expression(substitute(parse(text), lookup, GROUPS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('group.name = "slow"', "responsetime > 2"),
        ('group.arn = "arn:slow"', "responsetime > 2"),
        ('group.name != "slow"', "!responsetime > 2"),
        ('group.name != "either"', "!(fault OR error)"),
        ('group.name = "either" user = "alice"', '(fault OR error) AND user = "alice"'),
        ('ok OR group.name = "nested"', "ok OR responsetime > 2 AND ok"),
        ('group.name = "slow" group.name = "slow"', "responsetime > 2 AND responsetime > 2"),
        ("service() { fault } OR ok", "service() { fault } OR ok"),
    ],
)
def test_a_group_is_replaced_wherever_it_stands(text: str, expected: str) -> None:
    assert substituted(text) == expected


def test_a_group_without_an_expression_is_every_trace() -> None:
    assert substitute(parse("group.name = all"), lookup) == Everything()


def test_nothing_else_changes() -> None:
    expression = parse('service("a") { fault } -> service("b") OR !(annotation.x AND rootcause.json = #{})')
    assert substitute(expression, lookup) == expression


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ok group.name = Slow", "column 4: there is no group with the name 'Slow'; accepted: all, bad, either, "),
        ('group.arn = "slower"', "column 1: there is no group with the arn 'slower'; accepted: all, bad"),
        ("group.name = me", "the group 'me' contains itself (me → me)"),
        ("group.name = ping", "the group 'pong' contains itself (pong → arn:ping → pong)"),
        ("ok group.name = lost", "Group 'lost': FilterExpression, column 1: there is no group with the name 'nowhere'"),
        ("group.name = bad", "Group 'bad': FilterExpression, column 16: '\"fast\"' is no number; accepted: a number"),
    ],
)
def test_a_group_that_cannot_be_replaced_is_an_error_that_says_why(text: str, message: str) -> None:
    with pytest.raises(InvalidRequest) as error:
        substitute(parse(text), lookup, GROUPS)
    assert message in error.value.message


def test_without_any_group_the_error_says_so() -> None:
    with pytest.raises(InvalidRequest, match="accepted: no group exists yet"):
        substitute(parse("group.name = slow"), lambda by, value: None)


def test_groups_that_double_with_every_level_are_refused_in_time() -> None:
    def doubling(by: str, value: str) -> str:
        return f"group.name = {value}1 OR group.name = {value}2"

    with pytest.raises(InvalidRequest, match="one too many"):
        substitute(parse("group.name = g"), doubling)


def test_many_groups_side_by_side_are_refused_too() -> None:
    with pytest.raises(InvalidRequest, match="one too many"):
        substitute(parse("group.name=a " * 101), lambda by, value: "ok")


def test_groups_cannot_make_a_tree_too_deep_to_be_walked() -> None:
    def deep(by: str, value: str) -> str:
        return "!(ok OR (ok AND " * 22 + f"group.name = {value}1" + "))" * 22

    with pytest.raises(InvalidRequest, match="too deep in brackets and groups; accepted: 200 levels"):
        substitute(parse("group.name = g"), deep)


def test_the_deepest_expression_of_one_text_is_not_too_deep() -> None:
    text = "!(ok OR error AND " * 50 + "ok" + ")" * 50
    assert substitute(parse(text), lookup) == parse(text)


@settings(max_examples=100)
@given(expressions())
def test_no_group_is_left(expression: Expression) -> None:
    replaced = substitute(expression, lambda by, value: "fault OR ok")
    # A lookup that knows no group is never asked.
    assert substitute(replaced, lambda by, value: None) == replaced
