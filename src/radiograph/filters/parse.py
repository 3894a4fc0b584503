"""A filter expression's text to its tree, by recursive descent: one function a rule of the grammar.

::

    or       = and { "OR" and }
    and      = unary { [ "AND" ] unary }
    unary    = { "!" | "NOT" } primary
    primary  = "(" or ")" | path | edge | cause | group | simple | trace id
    path     = service { ( "->" | "=>" ) service }
    service  = "service" "(" [ node ] ")" [ block ]
    edge     = "edge" "(" [ [ node ] "," [ node ] ] ")" [ block ]
    cause    = "rootcause." kind "." part [ block ] | "rootcause." [ kind "." ] "json" "=" JSON
    group    = ( "group.name" | "group.arn" ) ( "=" | "!=" ) text
    simple   = ( keyword | annotation | metadata | attribute ) [ operator value ]
    node     = text | "id" "(" part ":" text { "," part ":" text } ")"
    block    = "{" or "}"

``->`` and ``=>`` are ours, and cannot collide with AWS's language: there a ``-`` only begins a number, after an
operator, and an ``=`` is followed by a value, which never begins with ``>``.

Source: "Use filter expressions" of the X-Ray developer guide; spec of filter expressions, "EBNF".
"""

from __future__ import annotations

from typing import Literal

from .causes import read_causes
from .cursor import Cursor
from .simple import read_simple
from .tokens import refuse
from .tree import (
    And,
    CauseKind,
    CausePart,
    Edge,
    Everything,
    Expression,
    Group,
    Hop,
    NodePattern,
    Not,
    Or,
    Path,
    RootCause,
    RootCauseJson,
    Service,
)
from .vocabulary import RELATIONS

__all__ = ["read_expression"]

_MORE = ("a comparison", "AND", "OR", "a further expression")
_CAUSES: dict[str, tuple[CauseKind | None, CausePart | Literal["json"]]] = {
    "rootcause.fault.service": ("fault", "service"),
    "rootcause.fault.entity": ("fault", "entity"),
    "rootcause.fault.exception": ("fault", "exception"),
    "rootcause.fault.json": ("fault", "json"),
    "rootcause.error.service": ("error", "service"),
    "rootcause.error.entity": ("error", "entity"),
    "rootcause.error.exception": ("error", "exception"),
    "rootcause.error.json": ("error", "json"),
    "rootcause.responsetime.service": ("responsetime", "service"),
    "rootcause.responsetime.entity": ("responsetime", "entity"),
    "rootcause.responsetime.json": ("responsetime", "json"),
    "rootcause.json": (None, "json"),
}
_GROUPS: dict[str, Literal["name", "arn"]] = {"group.name": "name", "group.arn": "arn"}
_NAME = '"name"'
_IDENTITY = {"name": "name", "type": "type", "account.id": "account_id"}


def read_expression(text: str) -> Expression:
    """Give the tree of an expression that the grammar accepts; its words and types are not checked yet.

    Raises: InvalidRequestException, pointing at the column.
    """
    cursor = Cursor(text)
    if cursor.ended:
        return Everything()
    expression = _or(cursor)
    if not cursor.ended:
        cursor.refuse(*_MORE, "the end")
    return expression


def _or(cursor: Cursor) -> Expression:
    column, terms = cursor.here.column, [_and(cursor)]
    while cursor.here.is_word("OR"):
        cursor.take()
        terms.append(_and(cursor))
    return terms[0] if len(terms) == 1 else Or(tuple(terms), column=column)


def _and(cursor: Cursor) -> Expression:
    column, terms = cursor.here.column, [_unary(cursor)]
    while True:
        if cursor.here.is_word("AND"):
            cursor.take()
        elif cursor.here.is_word("OR") or not (cursor.here.kind == "word" or cursor.here.is_mark("!", "(")):
            break
        terms.append(_unary(cursor))
    return terms[0] if len(terms) == 1 else And(tuple(terms), column=column)


def _unary(cursor: Cursor) -> Expression:
    column, negated = cursor.here.column, False
    # Two negations cancel out, so that no chain of them makes a deep tree.
    while cursor.here.is_mark("!") or cursor.here.is_word("NOT"):
        cursor.take()
        negated = not negated
    term = _primary(cursor)
    return Not(term, column=column) if negated else term


def _primary(cursor: Cursor) -> Expression:
    if cursor.here.is_mark("("):
        with cursor.inside("(", ")", *_MORE):
            return _or(cursor)
    word = cursor.here.text.lower() if cursor.here.kind == "word" else ""
    if word == "service":
        return _path(cursor)
    if word == "edge":
        return _edge(cursor)
    if word.startswith("rootcause"):
        return _cause(cursor)
    if word.startswith("group"):
        return _group(cursor)
    return read_simple(cursor)


def _path(cursor: Cursor) -> Service | Path:
    column, first, hops = cursor.here.column, _service(cursor), list[Hop]()
    while (relation := cursor.take_mark(*RELATIONS)) is not None:
        if not cursor.here.is_word("SERVICE"):
            cursor.refuse('service("name")')
        hops.append(Hop(RELATIONS[relation.text], _service(cursor)))
    return Path(first, tuple(hops), column=column) if hops else first


def _service(cursor: Cursor) -> Service:
    column = cursor.take().column
    cursor.expect("(")
    node = None if cursor.here.is_mark(")") else _node(cursor, "')'")
    cursor.expect(")")
    return Service(node, _block(cursor), column=column)


def _edge(cursor: Cursor) -> Edge:
    column = cursor.take().column
    cursor.expect("(")
    caller = callee = None
    if not cursor.here.is_mark(")"):
        caller = None if cursor.here.is_mark(",") else _node(cursor, "','", "')'")
        cursor.expect(",")
        callee = None if cursor.here.is_mark(")") else _node(cursor, "')'")
    cursor.expect(")")
    return Edge(caller, callee, _block(cursor), column=column)


def _node(cursor: Cursor, *others: str) -> NodePattern:
    if not (cursor.here.is_word("ID") and cursor.after.is_mark("(")):
        return NodePattern(cursor.text(", ".join((_NAME, 'id(name: "…", type: "…", account.id: "…")', *others))))
    cursor.take()
    members: dict[str, str] = {}
    cursor.expect("(")
    while True:
        part = cursor.here.text.lower()
        if cursor.here.kind != "word" or part not in _IDENTITY:
            cursor.refuse(*_IDENTITY)
        if _IDENTITY[part] in members:
            refuse(cursor.here.column, f"{cursor.here.shown} was given before", "each part once")
        cursor.take()
        cursor.expect(":")
        # Nodes that tell no type are a kind of their own; nothing is without a name or an account.
        known = part != "type" or not cursor.take_empty()
        members[_IDENTITY[part]] = cursor.text('a "string"') if known else ""
        if cursor.take_mark(",") is None:
            cursor.expect(")", "','")
            return NodePattern(**members)


def _block(cursor: Cursor) -> Expression | None:
    if not cursor.here.is_mark("{"):
        return None
    with cursor.inside("{", "}", *_MORE):
        return _or(cursor)


def _cause(cursor: Cursor) -> RootCause | RootCauseJson:
    word = cursor.take()
    kind, part = _CAUSES.get(word.text.lower(), (None, None))
    if part == "json":
        cursor.expect("=")
        return RootCauseJson(read_causes(cursor), kind, column=word.column)
    if kind is None or part is None:
        refuse(word.column, f"there is no {word.shown}", _CAUSES)
    return RootCause(kind, part, _block(cursor), column=word.column)


def _group(cursor: Cursor) -> Group | Not:
    word = cursor.take()
    by = _GROUPS.get(word.text.lower())
    if by is None:
        refuse(word.column, f"there is no {word.shown}", _GROUPS)
    operator = cursor.take_mark("=", "!=") or cursor.refuse("=", "!=")
    group = Group(by, cursor.text('the "name" or ARN of a group'), column=word.column)
    return Not(group, column=word.column) if operator.text == "!=" else group
