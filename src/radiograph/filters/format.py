"""A tree as the one text that stands for it: canonical spelling, no bracket more than needed."""

from __future__ import annotations

import re

import msgspec

from .tree import (
    And,
    Annotation,
    Attribute,
    Compare,
    Edge,
    Everything,
    Expression,
    Field,
    Group,
    Hop,
    NodePattern,
    Not,
    Or,
    Path,
    Present,
    RootCause,
    RootCauseJson,
    Service,
    Subject,
    Value,
)
from .vocabulary import KEYWORDS, RELATIONS

__all__ = ["format_expression"]

_BOOLEANS = {keyword.name for keyword in KEYWORDS if keyword.type == "boolean"}
_PLAIN = re.compile(r"\w+")
_MARKS = {relation: mark for mark, relation in RELATIONS.items()}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def format_expression(expression: Expression) -> str:
    """Give a text that parses to this very tree, columns apart."""
    match expression:
        case Everything():
            return ""
        case And(terms):
            return " AND ".join(_within(term, And, Or) for term in terms)
        case Or(terms):
            return " OR ".join(_within(term, Or) for term in terms)
        case Not(Group(by, value)):
            return f"group.{by} != {_text(value)}"
        case Not(term):
            # Two negations side by side would cancel out.
            return f"!{_within(term, And, Or, Not)}"
        case Present(subject):
            return _subject(subject)
        case Compare(Field(name), "=", True) if name in _BOOLEANS:
            return name
        case Compare(subject, operator, value):
            return f"{_subject(subject)} {operator} {_value(value)}"
        case Service(node, block):
            return f"service({_node(node)}){_block(block)}"
        case Edge(None, None, block):
            return f"edge(){_block(block)}"
        case Edge(caller, callee, block):
            return f"edge({_node(caller)}, {_node(callee)}){_block(block)}"
        case Path(first, hops):
            return "".join((format_expression(first), *(_hop(hop) for hop in hops)))
        case Group(by, value):
            return f"group.{by} = {_text(value)}"
        case RootCause(kind, part, block):
            return f"rootcause.{kind}.{part}{_block(block)}"
        case RootCauseJson(causes, kind):
            name = f"rootcause.{kind}.json" if kind else "rootcause.json"
            return f"{name} = #{msgspec.json.encode(causes).decode()}"


def _within(term: Expression, *bracketed: type) -> str:
    text = format_expression(term)
    return f"({text})" if isinstance(term, bracketed) else text


def _hop(hop: Hop) -> str:
    return f" {_MARKS[hop.relation]} {format_expression(hop.service)}"


def _block(block: Expression | None) -> str:
    return "" if block is None else f" {{ {format_expression(block)} }}"


def _node(node: NodePattern | None) -> str:
    if node is None:
        return ""
    if node.name is not None and node.type is None and node.account_id is None:
        return _text(node.name)
    parts = {"name": node.name, "type": node.type, "account.id": node.account_id}
    return f"id({', '.join(f'{part}: {_text(value)}' for part, value in parts.items() if value is not None)})"


def _subject(subject: Subject) -> str:
    match subject:
        case Field(name):
            return name
        case Annotation(key):
            return f"annotation{_member(key)}"
        case Attribute(("metadata", _, _, *_) as path):
            return "metadata" + "".join(_member(name) for name in path[1:])
        case Attribute(path):
            return "attribute" + "".join(_member(name) for name in path)


def _member(name: str) -> str:
    return f".{name}" if _PLAIN.fullmatch(name) else f"[{_text(name)}]"


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _text(value) if isinstance(value, str) else repr(value).removesuffix(".0")


def _text(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
