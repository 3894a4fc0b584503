"""What traces have, as pairs of an attribute's name and a value, gathered from the documents of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["ANNOTATION", "ATTRIBUTES", "Gathered", "gather"]

ANNOTATION = "annotation."
_RAW_PAIRS = "JSONExtractKeysAndValuesRaw(annotations)"
_EACH = (
    "arrayFlatten(arrayMap(one -> if(startsWith(one.2, '['), "
    "arrayMap(value -> tuple(one.1, value), JSONExtractArrayRaw(one.2)), [tuple(one.1, one.2)]), {pairs}))"
)
_LISTED = f"if(position(annotations, '\":[') > 0, {_EACH.format(pairs='told')}, told)"


class _Attribute(NamedTuple):
    """``several`` and ``aggregates`` of documents; else one value, of the root."""

    value: str
    several: bool = False
    aggregates: tuple[tuple[str, str], ...] = ()
    of_root: tuple[str, ...] = ()


def _any(column: str) -> _Attribute:
    return _Attribute(f"{column}_s", True, ((f"{column}_s", f"groupUniqArrayIf({column}, {column} != '')"),))


def _of_root(column: str) -> _Attribute:
    return _Attribute(f"toString(root_{column})", of_root=(column,))


_WAITING = "arrayFilter((one, type_, traced_) -> type_ != '' AND NOT traced_, {column}, sub_type, sub_traced)"
ATTRIBUTES: dict[str, _Attribute] = {
    "service": _Attribute(
        "arrayDistinct(arrayConcat(names_, arrayFilter((one, id_) -> NOT has(called_, id_), waiting_of_, waiting_)))",
        True,
        (
            ("names_", "groupUniqArrayIf(toString(name), segment)"),
            ("waiting_", f"groupArrayArray({_WAITING.format(column='sub_id')})"),
            (
                "waiting_of_",
                f"groupArrayArray(arrayMap(one -> toString(one), {_WAITING.format(column='sub_name')}))",
            ),
            ("called_", "groupUniqArrayIf(parent_id, segment)"),
        ),
    ),
    "rootservice": _of_root("name"),
    "http.method": _of_root("http_method"),
    "http.status": _Attribute("if(root_http_status = 0, '', toString(root_http_status))", of_root=("http_status",)),
    "http.url": _of_root("http_url"),
    "http.useragent": _of_root("user_agent"),
    "user": _any("user"),
    "http.clientip": _of_root("client_ip"),
    "availabilityzone": _any("availability_zone"),
    "instance.id": _any("instance_id"),
    "resource.arn": _Attribute("arns_", True, (("arns_", "groupUniqArrayArray(resource_arns)"),)),
    "samplingrule": _of_root("sampling_rule"),
}
"""By name: what a trace has by its root is what its summary tells of it, the rest what any of its documents has."""


class Gathered(NamedTuple):
    """Aggregates of documents by their names, columns of the root, and the SQL of lists of (attribute, value, mark)."""

    aggregates: list[tuple[str, str]]
    of_root: list[str]
    pairs: str


def gather(wanted: Sequence[str] | None) -> tuple[Gathered, dict[str, object]]:
    """Give how to gather these attributes, or all, and what to bind."""
    aggregates: list[tuple[str, str]] = []
    of_root: list[str] = []
    lists = []
    for name, attribute in ATTRIBUTES.items():
        if wanted is not None and name not in wanted:
            continue
        aggregates += attribute.aggregates
        of_root += attribute.of_root
        if attribute.several:
            lists.append(f"arrayMap(one -> ('{name}', toString(one), false), {attribute.value})")
        else:
            lists.append(f"if({attribute.value} = '', [], [('{name}', {attribute.value}, false)])")
    keys = None if wanted is None else [name.removeprefix(ANNOTATION) for name in wanted if name.startswith(ANNOTATION)]
    if keys is None or keys:
        told = _RAW_PAIRS if keys is None else f"arrayFilter(one -> has({{keys:Array(String)}}, one.1), {_RAW_PAIRS})"
        each = f"arrayMap(told -> {_LISTED}, [{told}])[1]"
        aggregates.append(("annotations_", f"groupUniqArrayArrayIf({each}, annotations != '')"))
        lists.append(f"arrayMap(one -> (concat('{ANNOTATION}', one.1), one.2, false), annotations_)")
    return Gathered(aggregates, of_root, ", ".join(lists) or "[('', '', false)]"), {"keys": keys} if keys else {}
