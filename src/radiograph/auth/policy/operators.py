"""The operators of conditions: what each compares, and how; those of sets, and ``IfExists``, go before and after.

Source: IAM user guide, "IAM JSON policy elements: Condition operators" and "Set operators for multivalued keys".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from msgspec import Struct

from .values import moment, network, number, raw_bytes
from .variables import misspelt

__all__ = ["OPERATORS", "Comparison", "Family", "Operator", "Quantifier", "accepted_value", "read_operator"]

Family: TypeAlias = Literal["string", "number", "date", "bool", "binary", "address", "arn", "null"]
Comparison: TypeAlias = Literal["=", "like", "ignoring case", "<", "<=", ">", ">="]
Quantifier: TypeAlias = Literal["", "ForAllValues", "ForAnyValue"]


class Operator(Struct, frozen=True):
    """How a value of the request is compared with those of the policy."""

    family: Family
    comparison: Comparison = "="
    negated: bool = False
    quantifier: Quantifier = ""
    if_exists: bool = False


def _ordered(name: str, family: Family) -> dict[str, Operator]:
    return {
        f"{name}Equals": Operator(family),
        f"{name}NotEquals": Operator(family, negated=True),
        f"{name}LessThan": Operator(family, "<"),
        f"{name}LessThanEquals": Operator(family, "<="),
        f"{name}GreaterThan": Operator(family, ">"),
        f"{name}GreaterThanEquals": Operator(family, ">="),
    }


OPERATORS: dict[str, Operator] = {
    "StringEquals": Operator("string"),
    "StringNotEquals": Operator("string", negated=True),
    "StringEqualsIgnoreCase": Operator("string", "ignoring case"),
    "StringNotEqualsIgnoreCase": Operator("string", "ignoring case", negated=True),
    "StringLike": Operator("string", "like"),
    "StringNotLike": Operator("string", "like", negated=True),
    **_ordered("Numeric", "number"),
    **_ordered("Date", "date"),
    "Bool": Operator("bool"),
    "BinaryEquals": Operator("binary"),
    "IpAddress": Operator("address"),
    "NotIpAddress": Operator("address", negated=True),
    "ArnEquals": Operator("arn"),
    "ArnLike": Operator("arn"),
    "ArnNotEquals": Operator("arn", negated=True),
    "ArnNotLike": Operator("arn", negated=True),
    "Null": Operator("null"),
}
"""The operators by name, without what goes before and after."""

_QUANTIFIERS: dict[str, Quantifier] = {"ForAllValues": "ForAllValues", "ForAnyValue": "ForAnyValue"}


def read_operator(name: str) -> Operator | None:
    """Give the operator of this name, such as ``ForAnyValue:StringLikeIfExists``; None when there is none."""
    before, colon, rest = name.rpartition(":")
    base = rest.removesuffix("IfExists")
    operator = OPERATORS.get(base)
    if operator is None or (colon and before not in _QUANTIFIERS):
        return None
    if operator.family == "null":
        return operator if name == base else None
    return Operator(operator.family, operator.comparison, operator.negated, _QUANTIFIERS.get(before, ""), rest != base)


def accepted_value(operator: Operator, text: str, variables: bool) -> str | None:
    """Tell what the operator accepts in place of a value of the policy; None when it accepts the value."""
    match operator.family:
        case "string":
            return misspelt(text) if variables else None
        case "arn":
            return (misspelt(text) if variables else None) or _accepted_arn(text)
        case "bool":
            if variables and "${" in text:
                return misspelt(text)
            return None if text.lower() in ("true", "false") else "true, false"
        case "null":
            return None if text.lower() in ("true", "false") else "true, false"
        case family:
            read, accepted = _READ[family]
            return None if read(text) is not None else accepted


def _accepted_arn(text: str) -> str | None:
    if text == "*" or "${" in text or (text.startswith("arn:") and text.count(":") >= 5):
        return None
    return "arn:partition:service:region:account:resource, with * and ? in each part, or *"


_READ: dict[Family, tuple[Callable[[str], object], str]] = {
    "number": (number, "a number such as 10 or 0.5"),
    "date": (moment, "a date such as 2026-01-31 or 2026-01-31T23:59:59Z, or seconds since the epoch"),
    "address": (network, "an address or CIDR range such as 203.0.113.0/24 or 2001:db8::/32"),
    "binary": (raw_bytes, "bytes in base64"),
}
