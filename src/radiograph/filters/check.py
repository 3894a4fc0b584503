"""Whether the words of a tree mean something where they stand, and are compared with what they can be compared with."""

from __future__ import annotations

from difflib import get_close_matches

from .simple import normal_trace_id
from .tokens import quoted, refuse
from .tree import (
    And,
    Annotation,
    Attribute,
    Compare,
    Edge,
    Expression,
    Field,
    Group,
    Not,
    Or,
    Path,
    Present,
    RootCause,
    RootCauseJson,
    Service,
    Value,
)
from .vocabulary import FUNCTIONS, KEYWORDS, OPERATORS, Scope, Type

__all__ = ["check"]

_KEYWORDS = {keyword.name: keyword for keyword in KEYWORDS}
_FUNCTIONS = {function.name: function for function in FUNCTIONS}
_TYPES_OF = {operator.name: operator.types for operator in OPERATORS}
_LITERAL_TYPES: dict[type, Type] = {bool: "boolean", float: "number", str: "string"}
_EXAMPLES: dict[Type, str] = {
    "boolean": "true, false",
    "number": "a number",
    "string": 'a "string"',
    "trace id": '"1-8hex-24hex"',
}


def check(expression: Expression, scope: Scope = "trace") -> None:
    """Return for an expression whose every word is known, stands in its scope and is compared with its type.

    Raises: InvalidRequestException, pointing at the column.
    """
    match expression:
        case And(terms) | Or(terms):
            for term in terms:
                check(term, scope)
        case Not(term):
            check(term, scope)
        case Present(subject, column=column):
            _subject(subject, scope, column)
        case Compare():
            _comparison(expression, scope)
        case Service(_, block, column=column):
            _function("service", block, scope, column)
        case Edge(_, _, block, column=column):
            _function("edge", block, scope, column)
        case Path(first, hops):
            for service in (first, *(hop.service for hop in hops)):
                check(service, scope)
        case RootCause(kind, part, block, column=column):
            _function(f"rootcause.{kind}.{part}", block, scope, column)
        case RootCauseJson(_, kind, column=column):
            _function(f"rootcause.{kind}.json" if kind else "rootcause.json", None, scope, column)
        case Group(by, column=column):
            _function(f"group.{by}", None, scope, column)


def _function(name: str, block: Expression | None, scope: Scope, column: int) -> None:
    function = _FUNCTIONS[name]
    if scope not in function.scopes:
        refuse(column, f"'{name}' cannot stand {_braces(scope)}", _words(scope))
    if block is not None and function.block is not None:
        check(block, function.block)


def _subject(subject: Field | Annotation | Attribute, scope: Scope, column: int) -> Type | None:
    """Give the subject's type; None when each of its values has its own."""
    match subject:
        case Annotation():
            _function("annotation", None, scope, column)
        case Attribute():
            _function("attribute", None, scope, column)
        case Field(name) if name not in _KEYWORDS:
            words = _words(scope)
            near = get_close_matches(name, words, 1)
            hint = f" (is {near[0]} meant?)" if near else ""
            refuse(column, f"there is no keyword {quoted(name)}{hint}", words)
        case Field(name):
            if scope not in _KEYWORDS[name].scopes:
                refuse(column, f"'{name}' has no meaning {_braces(scope)}", _words(scope))
            return _KEYWORDS[name].type
    return None


def _comparison(compare: Compare, scope: Scope) -> None:
    literal = _LITERAL_TYPES[type(compare.value)]
    type_ = _subject(compare.subject, scope, compare.column)
    if type_ is None:
        # Each value has its own type, so the literal tells which comparison is asked for.
        if literal not in _TYPES_OF[compare.operator]:
            types = _TYPES_OF[compare.operator]
            refuse(
                compare.value_column,
                f"'{compare.operator}' does not compare with {_written(compare.value)}",
                (_EXAMPLES[one] for one in types),
            )
        return
    if type_ not in _TYPES_OF[compare.operator]:
        refuse(
            compare.operator_column,
            f"'{compare.operator}' does not compare a {type_}",
            (name for name, types in _TYPES_OF.items() if type_ in types),
        )
    if type_ == "trace id":
        if not isinstance(compare.value, str) or normal_trace_id(compare.value) is None:
            refuse(compare.value_column, f"{_written(compare.value)} is no trace id", _EXAMPLES[type_])
    elif literal != type_:
        refuse(compare.value_column, f"{_written(compare.value)} is no {type_}", _EXAMPLES[type_])


def _words(scope: Scope) -> list[str]:
    names = [keyword.name for keyword in KEYWORDS if scope in keyword.scopes]
    # The head of a function's name is enough: what may follow it is told when it is written.
    return [*names, *dict.fromkeys(one.name.split(".")[0] for one in FUNCTIONS if scope in one.scopes)]


def _braces(scope: Scope) -> str:
    if scope == "trace":
        return "outside braces"
    names = [function.name for function in FUNCTIONS if function.block == scope]
    return f"inside {' or '.join(names)} {{ }}"


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return f"'{str(value).lower()}'"
    return quoted(f'"{value}"') if isinstance(value, str) else f"'{value:g}'"
