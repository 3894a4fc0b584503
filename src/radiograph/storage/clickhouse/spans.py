"""Questions over single documents and what is inside them: how long things of one kind take, which values there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from radiograph.storage.interfaces.explorer import (
    KindOfSpan,
    KindRow,
    Kinds,
    OperationRow,
    OperationRows,
    ValueRow,
    Values,
    Window,
)

from .engine import Engine, load_query
from .sample import BLOCKS, take_share
from .slices import COUNT_DOCUMENTS

__all__ = ["SpanQuestions"]

_MOST_DOCUMENTS, _MOST_OPENED = 300_000, 100_000
_URL_PATH = "cutQueryStringAndFragment(if(position(http_url, '://') > 0, path(http_url), http_url))"
_IDENTIFIER = r"^[0-9]+$|[0-9].*[0-9].*[0-9]|[-_.~:][0-9]{2,}$"
_SHAPE = (
    f"arrayStringConcat(arrayMap(one -> if(match(one, '{_IDENTIFIER}'), '*', one), splitByChar('/', {_URL_PATH})), '/')"
)
"""The path of the URL, in which ``*`` stands for what looks like an identifier: a number, three digits or more, or a
number of two after a hyphen."""
_OPERATION = f"trimBoth(concat(toString(http_method), ' ', {_SHAPE}))"
_INSIDE = "arrayJoin(arrayZip(sub_name, sub_type, sub_duration_us, sub_flags)) AS inside"
_CALLS = "arrayFilter((one, type_, traced_) -> type_ != '' AND NOT traced_, sub_name, sub_type, sub_traced)"
_RAW = "JSONExtractRaw(annotations, {key:String})"
_VALUES = {
    "service": f"arrayJoin(arrayConcat(if(segment, [toString(name)], []), arrayMap(one -> toString(one), {_CALLS})))",
    "type": "arrayJoin(arrayDistinct(arrayPushBack(arrayMap(one -> toString(one), sub_type), toString(type))))",
    "http.status": "if(http_status = 0, '', toString(http_status))",
    "http.url": "http_url",
    "http.method": "toString(http_method)",
    "http.useragent": "toString(user_agent)",
    "http.clientip": "client_ip",
    "user": "user",
    "availabilityzone": "toString(availability_zone)",
    "instance.id": "toString(instance_id)",
    "resource.arn": "toString(arrayJoin(resource_arns))",
    "samplingrule": "toString(sampling_rule)",
    "annotation": "arrayJoin(JSONExtractKeys(annotations))",
    "annotation.": f"arrayJoin(if(startsWith({_RAW} AS raw, '['), JSONExtractArrayRaw(raw), [raw]))",
}
"""The SQL of a document's values, by keyword; of a key's values, as JSON, and of the keys of annotations."""


class _One(msgspec.Struct):
    one: int


class SpanQuestions:
    """The part of the store that knows single documents of many traces."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kinds_sql, self._operations_sql = load_query("explore_kinds"), load_query("explore_operations")
        self._values_sql = load_query("explore_values")

    def kinds(self, account: str, window: Window, kinds: Sequence[KindOfSpan]) -> Kinds:
        """Give how long spans of each kind take; see the Protocol."""
        rows: list[KindRow] = []
        segments = {n: kind for n, kind in enumerate(kinds) if kind.subsegment is None}
        inside = {n: kind for n, kind in enumerate(kinds) if kind.subsegment is not None}
        share = 1.0
        for some, most, spans in ((segments, _MOST_DOCUMENTS, _of_segment), (inside, _MOST_OPENED, _of_subsegment)):
            if some:
                parameters, sampled, got = self._sampled(account, window, most)
                share = min(share, got)
                sql, bound = spans(some)
                sql = self._kinds_sql.replace("/*spans*/", sql).replace("/*sampled*/", sampled)
                names = sorted({kind.name for kind in some.values()})
                rows += self._engine.rows(KindRow, sql, **parameters, **bound, names=names)
        return Kinds(rows, share)

    def operations(self, account: str, window: Window, name: str, type_: str | None, most: int) -> OperationRows:
        """Give what a service is asked for; see the Protocol."""
        parameters, sampled, share = self._sampled(account, window, _MOST_DOCUMENTS)
        sql = self._operations_sql.replace("/*sampled*/", sampled).replace("/*shape*/ ''", _SHAPE)
        rows = self._engine.rows(OperationRow, sql, **parameters, name=name, type=type_ or "", most=most)
        return OperationRows(rows, share)

    def values(self, account: str, window: Window, keyword: str, key: str, prefix: str, most: int) -> Values:
        """Give observed values; see the Protocol."""
        parameters, sampled, share = self._sampled(account, window, _MOST_OPENED)
        sql = self._values_sql.replace("/*sampled*/", sampled).replace("/*value*/ ''", _VALUES[keyword])
        rows = self._engine.rows(ValueRow, sql, **parameters, key=key, prefix=prefix, most=most)
        return Values(rows, share)

    def _sampled(self, account: str, window: Window, most: int) -> tuple[dict[str, object], str, float]:
        parameters: dict[str, object] = {"account": account, "start": window.start_s, "end": window.end_s}
        (documents,) = self._engine.rows(_One, COUNT_DOCUMENTS, **parameters)
        share, sampled = take_share(window.start_s, window.end_s, most / max(documents.one, 1), BLOCKS)
        return parameters, sampled, share


def _of_segment(kinds: dict[int, KindOfSpan]) -> tuple[str, dict[str, object]]:
    """Give the SQL of ``number``, ``failed``, ``complete``, ``took_us`` of segments, and what to bind."""
    columns = ("toString(name)", "toString(type)", _OPERATION)
    asked = {n: (kind.name, kind.type, kind.operation) for n, kind in kinds.items()}
    number, bound = _numbers(asked, columns)
    return f"fault AS failed, complete, duration_us AS took_us, {number} AS number", bound


def _of_subsegment(kinds: dict[int, KindOfSpan]) -> tuple[str, dict[str, object]]:
    """As :func:`_of_segment`, of what is inside segments."""
    columns = ("toString(name)", "toString(type)", "toString(inside.1)", "toString(inside.2)")
    asked = {n: (kind.name, kind.type, kind.subsegment, kind.subsegment_type) for n, kind in kinds.items()}
    number, bound = _numbers(asked, columns)
    flags = "bitAnd(inside.4, 4) != 0 AS failed, bitAnd(inside.4, 8) = 0 AS complete, inside.3 AS took_us"
    return f"{_INSIDE}, {flags}, {number} AS number", bound


def _numbers(asked: Mapping[int, tuple[str | None, ...]], columns: Sequence[str]) -> tuple[str, dict[str, object]]:
    """Give the SQL of every number whose members, as far as there are any, are equal to the columns."""
    looked, bound = [], dict[str, object]()
    for way, given in enumerate(sorted({tuple(one is not None for one in members) for members in asked.values()})):
        alike = {n: members for n, members in asked.items() if tuple(one is not None for one in members) == given}
        keys = ["\n".join(one for one in members if one is not None) for members in alike.values()]
        bound |= {f"keys_{way}": keys, f"numbers_{way}": [n + 1 for n in alike]}
        of_row = ", '\\n', ".join(column for column, is_given in zip(columns, given, strict=True) if is_given)
        looked.append(
            f"transform(concat({of_row}, ''), {{keys_{way}:Array(String)}}, {{numbers_{way}:Array(UInt32)}}, "
            "toUInt32(0))"
        )
    return f"arrayJoin(arrayFilter(one -> one != 0, [{', '.join(looked)}])) - 1", bound
