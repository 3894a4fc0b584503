"""Text to tree: precedence, columns, literals, limits; and that nothing but an InvalidRequest ever comes back."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from radiograph.errors import InvalidRequest
from radiograph.filters import format_expression, parse
from radiograph.filters.tokens import MAX_LENGTH, MAX_NESTING
from radiograph.filters.tree import (
    And,
    Annotation,
    Attribute,
    CauseEntity,
    CausePattern,
    CauseService,
    Compare,
    Edge,
    Everything,
    Expression,
    Field,
    Hop,
    NodePattern,
    Not,
    Or,
    Path,
    Present,
    RootCause,
    RootCauseJson,
    Service,
)
from radiograph.filters.vocabulary import CONNECTIVES, FUNCTIONS, KEYWORDS, OPERATORS
from tests.filters.trees import bare, expressions

OK, ERROR, FAULT = (Compare(Field(name), "=", True) for name in ("ok", "error", "fault"))
PIECES = [
    *(one.name for table in (KEYWORDS, OPERATORS, CONNECTIVES, FUNCTIONS) for one in table),
    *"(){}[],:.#\"'\\!=<>- \t\n",
    *('"x"', "'y'", "5", "-1e3", ".5", "true", "#[{}]", '#{"Services":[]}', "1-6553f100-0123456789abcdef01234567", "é"),
]


def same(text: str, expected: Expression) -> None:
    assert bare(parse(text)) == bare(expected)


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_no_text_is_true_of_everything(text: str) -> None:
    assert parse(text) == Everything()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ok OR error AND fault", Or((OK, And((ERROR, FAULT))))),
        ("ok AND error OR fault", Or((And((OK, ERROR)), FAULT))),
        ("ok error OR fault", Or((And((OK, ERROR)), FAULT))),
        ("ok OR error OR fault", Or((OK, ERROR, FAULT))),
        ("ok error AND fault", And((OK, ERROR, FAULT))),
        ("(ok OR error) fault", And((Or((OK, ERROR)), FAULT))),
        ("(ok error) fault", And((And((OK, ERROR)), FAULT))),
        ("!ok error", And((Not(OK), ERROR))),
        ("!(ok error)", Not(And((OK, ERROR)))),
        ("!duration > 5", Not(Compare(Field("duration"), ">", 5.0))),
        ("!ok = false", Not(Compare(Field("ok"), "=", False))),
        ("not not ok", OK),
        ("!(!ok)", Not(Not(OK))),
    ],
)
def test_not_binds_tighter_than_and_and_and_tighter_than_or(text: str, expected: Expression) -> None:
    same(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fault", FAULT),
        ("FAULT", FAULT),
        ("http.URL", Present(Field("http.url"))),
        ("user contains 'x'", Compare(Field("user"), "CONTAINS", "x")),
        ("annotation.Key", Present(Annotation("Key"))),
        ("annotation[a.b-c]", Present(Annotation("a.b-c"))),
        ("attribute.Sql.url", Present(Attribute(("Sql", "url")))),
        ("attribute[a.b].c[d]", Present(Attribute(("a.b", "c", "d")))),
        ("metadata.default.a.b", Present(Attribute(("metadata", "default", "a", "b")))),
        ("service()", Service()),
        ('service("a") { ok }', Service(NodePattern("a"), OK)),
        ('service(id(account.id: "1", type: "t"))', Service(NodePattern(None, "t", "1"))),
        ("service(id)", Service(NodePattern("id"))),
        ('edge(, "b") { ok }', Edge(None, NodePattern("b"), OK)),
        ('edge("a", )', Edge(NodePattern("a"), None)),
        ("rootcause.fault.entity { remote }", RootCause("fault", "entity", Compare(Field("remote"), "=", True))),
        (
            'rootcause.json = #{"Services": [{"EntityPath": [{"Coverage": 1}]}]}',
            RootCauseJson((CausePattern((CauseService(entity_path=(CauseEntity(coverage=1.0),)),)),)),
        ),
        (
            "service(a) -> service(b) { ok } => service(c)",
            Path(
                Service(NodePattern("a")),
                (Hop("calls", Service(NodePattern("b"), OK)), Hop("reaches", Service(NodePattern("c")))),
            ),
        ),
        ("!service(a) -> service(b)", Not(Path(Service(NodePattern("a")), (Hop("calls", Service(NodePattern("b"))),)))),
    ],
)
def test_every_form_has_its_struct(text: str, expected: Expression) -> None:
    same(text, expected)


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ('"x"', "x"),
        ("'x'", "x"),
        ("x", "x"),
        ("x-1.y_2", "x-1.y_2"),
        ('"it\'s"', "it's"),
        (r'"\"\\\/\n\r\t"', '"\\/\n\r\t'),
        (r"'\''", "'"),
        ('""', ""),
        ("5", 5.0),
        ("-5", -5.0),
        ("+5", 5.0),
        ("5.", 5.0),
        (".5", 0.5),
        ("1E-3", 0.001),
        ("1.5e+3", 1500.0),
        ("10.0.0.1", "10.0.0.1"),
        ("5xx", "5xx"),
        ("true", True),
        ("FALSE", False),
        ('"true"', "true"),
        ('"5"', "5"),
    ],
)
def test_a_literal_has_the_type_it_is_written_with(literal: str, value: str | float | bool) -> None:
    expression = parse(f"annotation.k = {literal}")
    assert isinstance(expression, Compare)
    assert (type(expression.value), expression.value) == (type(value), value)


def test_every_node_knows_its_column() -> None:
    expression = parse('ok OR  !service("a") { name  =   x }')
    assert isinstance(expression, Or)
    negated = expression.terms[1]
    assert isinstance(negated, Not)
    assert isinstance(negated.term, Service)
    compared = negated.term.block
    assert isinstance(compared, Compare)
    assert (expression.column, expression.terms[0].column, negated.column, negated.term.column) == (1, 1, 8, 9)
    assert (compared.column, compared.operator_column, compared.value_column) == (24, 30, 34)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fualt", "column 1: there is no keyword 'fualt' (is fault meant?); accepted: ok, error, "),
        ("duration > five", "column 12: '\"five\"' is no number; accepted: a number"),
        ("duration => 5", "column 10: '=>' joins two services (is >= meant?); accepted: =, !=, <, "),
        ("(fault", "column 7: the expression ends here; accepted: ')', "),
        ("user = “x”", "column 8: '“' does not belong to the language; accepted: "),
        ("edge(a, b) { user }", "column 14: 'user' has no meaning inside edge { }; accepted: ok, error, "),
        ("user = " + '"' + "x" * 100, f"column 8: '\"{'x' * 39}…' has no end; accepted: a closing \""),
        ('rootcause.json = #[{"Nmae": 1}]', "unknown field `Nmae`"),
    ],
)
def test_an_error_points_quotes_and_says_what_is_accepted(text: str, message: str) -> None:
    with pytest.raises(InvalidRequest) as error:
        parse(text)
    assert message in error.value.message


def test_an_expression_has_a_length_it_cannot_pass() -> None:
    parse("ok" + " " * (MAX_LENGTH - 2))
    with pytest.raises(InvalidRequest, match="column 2049: the expression has 2049 characters; accepted: at most 2048"):
        parse("ok" + " " * (MAX_LENGTH - 1))


@pytest.mark.parametrize(
    ("opening", "closing"), [("(", ")"), ("!(", ")"), ("( ok OR ", ")"), ("not(ok AND ", ")"), ("service(){", "}")]
)
def test_a_bomb_of_brackets_is_an_error_like_any_other(opening: str, closing: str) -> None:
    for levels in (MAX_NESTING + 1, MAX_LENGTH // len(opening)):
        with pytest.raises(InvalidRequest):
            parse(opening * levels)
        with pytest.raises(InvalidRequest):
            parse((opening * levels + "ok" + closing * levels)[:MAX_LENGTH])


def test_brackets_can_be_as_deep_as_the_limit() -> None:
    same("(" * MAX_NESTING + "ok" + ")" * MAX_NESTING, OK)
    with pytest.raises(InvalidRequest, match="column 51: '\\(' goes deeper than 50"):
        parse("(" * (MAX_NESTING + 1) + "ok" + ")" * (MAX_NESTING + 1))


def test_a_chain_of_negations_makes_no_deep_tree() -> None:
    same("!" * 2000 + "ok", OK)
    same("!" * 2001 + "ok", Not(OK))


def test_json_can_be_no_deeper_than_brackets() -> None:
    with pytest.raises(InvalidRequest, match="goes deeper"):
        parse("rootcause.json = #" + "[" * 2000)


@pytest.mark.parametrize("text", ['user = "\ud800"', 'rootcause.json = #{"Services": [{"Name": "\\ud800"}]}'])
def test_half_a_character_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest, match="half a surrogate pair"):
        parse(text)


def verdict(text: str) -> str:
    """Give how the expression is spelled, or what is said against it; any other exception fails the test."""
    try:
        return format_expression(parse(text))
    except InvalidRequest as error:
        return error.message if "; accepted: " in error.message else f"nothing is accepted: {error.message}"


@settings(max_examples=400)
@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_whatever_the_text_the_answer_is_a_tree_or_an_invalid_request(text: str) -> None:
    assert not verdict(text).startswith("nothing is accepted")


@settings(max_examples=300)
@given(expressions(), st.data())
def test_a_broken_expression_is_an_invalid_request(expression: Expression, data: st.DataObject) -> None:
    text = format_expression(expression)
    cut = data.draw(st.integers(0, len(text)))
    piece = data.draw(st.sampled_from(PIECES))
    for broken in (text[:cut], text[cut:], text[:cut] + piece + text[cut:]):
        assert not verdict(broken).startswith("nothing is accepted")


@settings(max_examples=500)
@given(expressions())
def test_the_spelling_of_a_tree_parses_to_that_tree(expression: Expression) -> None:
    text = format_expression(expression)
    assume(len(text) <= MAX_LENGTH)
    assert bare(parse(text)) == bare(expression)


@given(expressions())
def test_a_tree_survives_being_json(expression: Expression) -> None:
    assert msgspec.json.decode(msgspec.json.encode(expression), type=Expression) == expression
