"""What EntitySelectorExpression may say, and where it points when it says something else."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.errors import InvalidRequest
from radiograph.graph import Selector, parse_selector
from radiograph.model.graph_rows import NodeKey

A, B = NodeKey("a"), NodeKey("b")


@pytest.mark.parametrize(
    ("expression", "selected"),
    [
        ('service("a")', Selector(A)),
        (' service ( "a" ) ', Selector(A)),
        ('edge("a", "b")', Selector(B, A)),
        ('edge("a","b")', Selector(B, A)),
        ('edge("a","a")', Selector(A, A)),
        ('id(name: "a", type: "AWS::Lambda")', Selector(NodeKey("a", "AWS::Lambda"))),
        ('id(type:"remote",name:"a")', Selector(NodeKey("a", "remote"))),
        ('id(name: "a", account.id: "000000000000")', Selector(NodeKey("a", "", "000000000000"))),
        ('id(name: "a")', Selector(A)),
        ('id(type: "remote")', Selector(NodeKey("", "remote"))),
        ('service(id(name: "a", type: "t"))', Selector(NodeKey("a", "t"))),
        ('edge(id(name: "a", type: "client"), "b")', Selector(B, NodeKey("a", "client"))),
        ('edge("a", id(name: "b", type: "t"))', Selector(NodeKey("b", "t"), A)),
        (r'service("a \"quoted\" \\ name")', Selector(NodeKey('a "quoted" \\ name'))),
        ('service("é, ) 日本")', Selector(NodeKey("é, ) 日本"))),
    ],
)
def test_a_selector_names_a_service_or_an_edge(expression: str, selected: Selector) -> None:
    assert parse_selector(expression) == selected


@pytest.mark.parametrize(
    ("expression", "column"),
    [
        ("", 1),
        ("   ", 4),
        ("nonsense", 1),
        ("  nonsense", 3),
        ('group("a")', 1),
        ('"a"', 1),
        ("service", 8),
        ("service()", 9),
        ('service("a"', 12),
        ('service("a)', 9),
        ("service(a)", 9),
        ("service( 5)", 10),
        ('service("a") service("b")', 14),
        ('service("a") { fault }', 14),
        ('edge("a")', 9),
        ('edge("a" "b")', 10),
        ('edge("a", "b", "c")', 14),
        ("id()", 4),
        ('id("a")', 4),
        ('id(name "a")', 9),
        ("id(name: a)", 10),
        ('id(color: "a")', 4),
        ('id(name: "a" type: "b")', 14),
        ('id(name: "a",)', 14),
        ('id(name: "a": "b")', 13),
        ('id(name: "a": type: "b")', 13),
        ('id(name: "a"(type: "b")', 13),
    ],
)
def test_an_error_points_at_the_column_and_says_what_is_accepted(expression: str, column: int) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_selector(expression)
    assert refused.value.message.startswith("EntitySelectorExpression, column ")
    assert int(re.findall(r"column (\d+)", refused.value.message)[0]) == column
    assert 'service("name")' in refused.value.message


@given(st.text() | st.text('service("edgidnamtyp:,)\\ '))
def test_whatever_the_expression_it_is_parsed_or_refused(expression: str) -> None:
    with contextlib.suppress(InvalidRequest):
        parse_selector(expression)


@given(st.text(), st.text())
def test_any_name_can_be_selected_when_its_quotes_are_escaped(name: str, type_: str) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    assert parse_selector(f"service({quoted(name)})") == Selector(NodeKey(name))
    assert parse_selector(f"id(name:{quoted(name)},type:{quoted(type_)})") == Selector(NodeKey(name, type_))
