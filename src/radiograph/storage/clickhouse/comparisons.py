"""Comparisons of the filter expression as SQL; what is compared with is bound, never written."""

from __future__ import annotations

import struct
from collections.abc import Mapping

import msgspec

from radiograph.filters.tree import Comparator, Compare, Present, Value

__all__ = ["Parameters", "annotated", "number", "text", "texts"]

_TOKENS = (
    """arrayPushBack(splitByString(',"', substring(annotations, 3, length(annotations) - 3)), """
    """toString(position(annotations, '":[') > 0))"""
)
"""The expression of the index ``by_annotation``: every ``key":value``, and ``1`` where there is a list of values."""
_RAW = (
    r"""if(position(annotations, '\\\\"') > 0, JSONExtractRaw(annotations, {key}), """
    r"""simpleJSONExtractRaw(annotations, {key}))"""
)
"""A value as JSON. The simple way loses its place where a text ends in a backslash (measured: chdb-core 26.9.0)."""
_CUTS = (',"', '":[')
_encode = msgspec.json.Encoder().encode


class Parameters:
    """Values by the names they are bound to; equal ones share a name."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, object], str] = {}

    def text(self, value: str) -> str:
        """Give the reference to a text."""
        return f"{{{self._name('String', value)}:String}}"

    def number(self, value: float) -> str:
        """Give the reference to a number, exact to the last bit."""
        (bits,) = struct.unpack("<Q", struct.pack("<d", value))
        return f"reinterpretAsFloat64({{{self._name('UInt64', bits)}:UInt64}})"

    def _name(self, type_: str, value: object) -> str:
        return self._names.setdefault((type_, value), f"v{len(self._names)}")

    @property
    def values(self) -> Mapping[str, object]:
        """What the engine is to bind."""
        return {name: value for (_, value), name in self._names.items()}


def text(column: str, asked: Present | Compare, values: Parameters) -> str:
    """Give whether a text, empty when there is none, is there and compares so."""
    there = f"{column} != ''"
    if isinstance(asked, Present):
        return there
    if asked.operator == "=" and asked.value != "":
        return _text(column, "=", asked.value, values)
    return f"({there} AND {_text(column, asked.operator, asked.value, values)})"


def texts(column: str, asked: Present | Compare, values: Parameters) -> str:
    """Give whether any text of a list of texts is there and compares so."""
    if isinstance(asked, Compare) and asked.operator == "=" and asked.value != "":
        return f"has({column}, {values.text(str(asked.value))})"
    return f"arrayExists(one -> {text('one', asked, values)}, {column})"


def number(there: str, sql: str, asked: Present | Compare, values: Parameters) -> str:
    """Give whether a number is ``there`` and compares so."""
    if isinstance(asked, Present):
        return there
    compared = f"{sql} {asked.operator} {values.number(float(asked.value))}"
    return f"({there} AND {compared})"


def annotated(key: str, asked: Present | Compare, values: Parameters) -> tuple[str, str]:
    """Give whether any value of an annotation compares so; and what the index for rare values tells of it, or ``1``.

    The column is one JSON object as msgspec writes it, without spaces and with quotes escaped, so that ``"key":``
    and ``"key":"text"`` stand in it only where they mean that: most rows are told by a search for a substring.
    """
    name = _encode(key).decode()
    there = _contains(f"{name}:", values)
    if isinstance(asked, Present):
        return there, "1"
    raw = _RAW.format(key=values.text(key))
    spellings = _spellings(asked) if asked.operator == "=" else []
    if isinstance(asked.value, str) and spellings:
        scalar = _contains(f"{name}:{spellings[0]}", values)
    else:
        scalar = f"({there} AND {_scalar(raw, asked, values)})"
    lists = f"arrayExists(one -> {_scalar('one', asked, values)}, JSONExtractArrayRaw({raw}))"
    found = f"({scalar} OR ({_contains(f'{name}:[', values)} AND {lists}))"
    if not spellings or any(cut in spelling for cut in _CUTS for spelling in spellings):
        return found, "1"
    tokens = ", ".join(values.text(token) for token in ("1", *(f"{name[1:]}:{one}" for one in spellings)))
    return found, f"hasAny({_TOKENS}, [{tokens}])"


def _text(column: str, operator: Comparator, value: Value, values: Parameters) -> str:
    bound = values.text(str(value))
    match operator:
        case "CONTAINS":
            return f"position({column}, {bound}) > 0"
        case "BEGINSWITH":
            return f"startsWith({column}, {bound})"
        case "ENDSWITH":
            return f"endsWith({column}, {bound})"
    return f"{column} {operator} {bound}"


def _scalar(raw: str, asked: Compare, values: Parameters) -> str:
    """Whether one value, as JSON, is of the literal's type and compares so."""
    if isinstance(asked.value, bool):
        wanted = asked.value if asked.operator == "=" else not asked.value
        return f"{raw} = '{str(wanted).lower()}'"
    if isinstance(asked.value, str):
        compared = _text(f"JSONExtractString({raw})", asked.operator, asked.value, values)
        return f"(startsWith({raw}, '\"') AND {compared})"
    return f"ifNull(toFloat64OrNull({raw}) {asked.operator} {values.number(asked.value)}, 0)"


def _spellings(asked: Compare) -> list[str]:
    """How msgspec writes every value that is equal to the literal; none when there is no saying."""
    value = asked.value
    if isinstance(value, bool):
        return []
    if isinstance(value, float) and value.is_integer():
        whole = [_encode(int(value)).decode(), _encode(value).decode()]
        return [*whole, "-0.0"] if value == 0.0 else whole if abs(value) < 2**53 else []
    return [_encode(value).decode()]


def _contains(part: str, values: Parameters) -> str:
    return f"position(annotations, {values.text(part)}) > 0"
