"""What the keywords in braces, and of the root, mean for one row: a segment that was sent, or a call inside one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from radiograph.filters.tree import (
    And,
    Attribute,
    Compare,
    Everything,
    Expression,
    Field,
    NodePattern,
    Not,
    Or,
    Present,
)

from .comparisons import Parameters, number, text, texts
from .truths import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, exactly, negated

__all__ = ["CALL", "SEGMENT", "SUBSEGMENTS", "Meaning", "element", "like"]


class Meaning(NamedTuple):
    """The SQL of a keyword. ``there`` is whether a number has a value at all."""

    kind: Literal["flag", "number", "text", "texts", "unknown", "absent"]
    sql: str = ""
    there: str = "1"


Meanings: TypeAlias = Mapping[str, Meaning]
_ABSENT = Meaning("absent")

SEGMENT: Meanings = {
    "ok": Meaning("flag", "(complete AND NOT (error OR throttle OR fault))"),
    "error": Meaning("flag", "error"),
    "throttle": Meaning("flag", "throttle"),
    "fault": Meaning("flag", "fault"),
    "responsetime": Meaning("number", "duration_us / 1e6", "complete"),
    "duration": Meaning("number", "span_us / 1e6", "complete"),
    "http.status": Meaning("number", "http_status", "http_status != 0"),
    "http.url": Meaning("text", "http_url"),
    "http.method": Meaning("text", "http_method"),
    "http.useragent": Meaning("text", "user_agent"),
    "http.clientip": Meaning("text", "client_ip"),
    "user": Meaning("text", "user"),
    "name": Meaning("text", "name"),
    "type": Meaning("text", "type"),
    "availabilityzone": Meaning("text", "availability_zone"),
    "instance.id": Meaning("text", "instance_id"),
    "resource.arn": Meaning("texts", "resource_arns"),
}
"""Of a row: the segment, or the document of a subsegment sent alone."""

SUBSEGMENTS = {
    "sub_id": "one",
    "sub_name": "sub_name_",
    "sub_type": "sub_type_",
    "sub_duration_us": "sub_us_",
    "sub_flags": "sub_flags_",
    "sub_status": "sub_status_",
    "sub_traced": "sub_traced_",
}
"""The parallel lists, and what a lambda calls an element of each."""

CALL: Meanings = {
    "ok": Meaning("flag", "(sub_flags_ = 0)"),
    "error": Meaning("flag", "(bitAnd(sub_flags_, 1) != 0)"),
    "throttle": Meaning("flag", "(bitAnd(sub_flags_, 2) != 0)"),
    "fault": Meaning("flag", "(bitAnd(sub_flags_, 4) != 0)"),
    "responsetime": Meaning("number", "sub_us_ / 1e6", "(bitAnd(sub_flags_, 8) = 0)"),
    "duration": Meaning("unknown"),
    "http.status": Meaning("number", "sub_status_", "sub_status_ != 0"),
    "http.url": Meaning("unknown"),
    "http.method": Meaning("unknown"),
    "http.useragent": Meaning("unknown"),
    "http.clientip": Meaning("unknown"),
    "name": Meaning("text", "sub_name_"),
    "type": Meaning("text", "sub_type_"),
}
"""Of a subsegment that calls something: what its caller saw. It has neither user nor place."""


def element(expression: Expression | None, meanings: Meanings, values: Parameters, root: bool = False) -> Truth:
    """Give whether an expression in braces holds for one element; ``root`` is what the keyword ``root`` is."""
    match expression:
        case None | Everything():
            return TRUE
        case And(terms):
            return all_of(element(term, meanings, values, root) for term in terms)
        case Or(terms):
            return any_of(element(term, meanings, values, root) for term in terms)
        case Not(term):
            return negated(element(term, meanings, values, root))
        case Present(Field(name)) | Compare(Field(name)):
            meaning = Meaning("flag", str(int(root))) if name == "root" else meanings.get(name, _ABSENT)
            return _field(meaning, expression, values)
        case Present(Attribute()) | Compare(Attribute()):
            return UNKNOWN
    raise TypeError(f"{type(expression).__name__} does not stand in braces")


def _field(meaning: Meaning, asked: Present | Compare, values: Parameters) -> Truth:
    match meaning.kind:
        case "absent":
            return FALSE
        case "unknown":
            return UNKNOWN
        case "flag":
            wanted = isinstance(asked, Present) or asked.value is (asked.operator == "=")
            return exactly(meaning.sql) if wanted else negated(exactly(meaning.sql))
        case "number":
            return exactly(number(meaning.there, meaning.sql, asked, values))
        case "text":
            return exactly(text(meaning.sql, asked, values))
        case "texts":
            return exactly(texts(meaning.sql, asked, values))


def like(pattern: NodePattern | None, name: str, type_: str, account: str | None, values: Parameters) -> str:
    """Give whether a node is like a pattern; ``account`` is None for one that has none."""
    if pattern is None:
        return "1"
    parts = []
    for wanted, actual in ((pattern.name, name), (pattern.type, type_), (pattern.account_id, account)):
        if wanted is not None:
            parts.append("0" if actual is None else f"{actual} = {values.text(wanted)}")
    return all_of(exactly(part) for part in parts).lower
