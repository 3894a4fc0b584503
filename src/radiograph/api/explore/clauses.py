"""The clause of the filter language that selects the traces with a value of an attribute."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from radiograph.filters import Expression, format_expression
from radiograph.filters.tree import Annotation, Attribute, Compare, Field, NodePattern, Service, Value
from radiograph.model.explore.values import ValueKind

__all__ = ["ANNOTATION", "KEYWORDS", "Told", "literal", "told"]

ANNOTATION = "annotation."
KEYWORDS = (
    *("service", "rootservice", "http.method", "http.status", "http.url", "http.useragent", "http.clientip", "user"),
    *("availabilityzone", "instance.id", "resource.arn", "samplingrule"),
)
"""The attributes that every trace may have, in the order they are told."""


class Told(NamedTuple):
    """A value as the console shows it, what it is in the language, and the clause."""

    value: str
    kind: ValueKind
    clause: str


def told(attribute: str, value: str) -> Told:
    """Give what is told of a value; of an annotation's, which is JSON."""
    if attribute.startswith(ANNOTATION):
        found: Value = msgspec.json.decode(value)
        found = found if isinstance(found, bool | str) else float(found)
        subject = Annotation(attribute.removeprefix(ANNOTATION))
        shown = found if isinstance(found, str) else value
        return Told(shown, _kind(found), format_expression(Compare(subject, "=", found)))
    kind: ValueKind = "Number" if attribute == "http.status" else "String"
    return Told(value, kind, format_expression(_clause(attribute, value)))


def _clause(attribute: str, value: str) -> Expression:
    match attribute:
        case "service":
            return Service(NodePattern(name=value))
        case "rootservice":
            return Service(NodePattern(name=value), Compare(Field("root"), "=", True))
        case "samplingrule":
            return Compare(Attribute(("aws", "xray", "sampling_rule_name")), "=", value)
        case "http.status":
            return Compare(Field(attribute), "=", float(value))
    return Compare(Field(attribute), "=", value)


def _kind(value: Value) -> ValueKind:
    return "Boolean" if isinstance(value, bool) else "String" if isinstance(value, str) else "Number"


def literal(value: str, kind: ValueKind) -> str:
    """Give a value as it is written in an expression."""
    return value if kind != "String" else format_expression(Compare(Field("user"), "=", value)).removeprefix("user = ")
