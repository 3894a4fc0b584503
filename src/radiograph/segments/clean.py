"""A document without what does not follow the schema: offending members go, the rest stays, unknown members stay.

Source: BatchGetTraces returns processed documents; annotation and metadata problems never reject a document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

__all__ = ["MAX_NAME", "acceptable_annotations", "clean", "is_entity_id"]

MAX_NAME = 200
"""Characters of a name; a longer one of a subsegment is cut."""

_MISSING = object()
_ANNOTATION_KEY = re.compile(r"[A-Za-z0-9_.\-]{1,500}")
_ID = re.compile(r"(?!0{16})[0-9a-fA-F]{16}")
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_Check = Callable[[Any], Any]


def _text(limit: int) -> _Check:
    return lambda value: value if type(value) is str and len(value) <= limit else _MISSING


def _boolean(value: Any) -> Any:
    return value if type(value) is bool else _MISSING


def _number(value: Any) -> Any:
    return value if type(value) in (int, float) else _MISSING


def _integer(value: Any) -> Any:
    # Some SDKs send statuses and lengths as strings.
    if type(value) is str and _INTEGER.fullmatch(value):
        return int(value)
    if type(value) is float and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value if type(value) is int else _MISSING


def _texts(value: Any) -> Any:
    return [item for item in value if type(item) is str] if type(value) is list else _MISSING


def _name(value: Any) -> Any:
    # A subsegment's name is not checked at the door, and a call that has none would be lost.
    return value[:MAX_NAME] if type(value) is str else _MISSING


def _annotations(value: Any) -> Any:
    return acceptable_annotations(value) if type(value) is dict else _MISSING


def _metadata(value: Any) -> Any:
    return value if type(value) is dict else _MISSING


def _cause(value: Any) -> Any:
    if type(value) is str:
        return value if _ID.fullmatch(value) else _MISSING
    return _members(value, _CAUSE)


def _objects(schema: dict[str, _Check]) -> _Check:
    def check(value: Any) -> Any:
        if type(value) is not list:
            return _MISSING
        return [_members(item, schema) for item in value if type(item) is dict]

    return check


def _object(schema: dict[str, _Check]) -> _Check:
    return lambda value: _members(value, schema)


def _subsegments(value: Any) -> Any:
    if type(value) is not list:
        return _MISSING
    return [
        item
        for item in value
        if type(item) is dict
        and type(item.get("id")) is str
        and is_entity_id(item["id"])
        and type(item.get("name")) is str
        and type(item.get("start_time")) in (int, float)
    ]


def _members(value: Any, schema: dict[str, _Check]) -> Any:
    if type(value) is not dict:
        return _MISSING
    kept: dict[str, Any] = {}
    for key, member in value.items():
        check = schema.get(key)
        result = member if check is None else check(member)
        if result is not _MISSING and result is not None:
            kept[key] = result
    return kept


_STACK = {"path": _text(2000), "line": _integer, "label": _text(2000)}
_EXCEPTION = {
    "id": _text(64),
    "message": _text(65_536),
    "type": _text(2000),
    "remote": _boolean,
    "truncated": _integer,
    "skipped": _integer,
    "cause": _text(64),
    "stack": _objects(_STACK),
}
_CAUSE = {"working_directory": _text(2000), "paths": _texts, "exceptions": _objects(_EXCEPTION)}
_HTTP = {
    "request": _object(
        {
            "method": _text(250),
            "url": _text(8192),
            "user_agent": _text(2000),
            "client_ip": _text(250),
            "x_forwarded_for": _boolean,
            "traced": _boolean,
        }
    ),
    "response": _object({"status": _integer, "content_length": _integer}),
}
_AWS = {
    "ec2": _object({"instance_id": _text(250), "availability_zone": _text(250)}),
    "xray": _object({"sampling_rule_name": _text(250)}),
    **{
        key: _text(2000)
        for key in [
            "account_id",
            "function_arn",
            "operation",
            "region",
            "request_id",
            "table_name",
            "bucket_name",
            "queue_url",
            "queue_name",
            "topic_arn",
            "function_name",
        ]
    },
    "resource_names": _texts,
    "retries": _integer,
}
_ENTITY: dict[str, _Check] = {
    "name": _name,
    "type": _text(250),
    "namespace": _text(250),
    "start_time": _number,
    "end_time": _number,
    "in_progress": _boolean,
    "http": _object(_HTTP),
    "aws": _object(_AWS),
    "sql": _object({}),
    "error": _boolean,
    "throttle": _boolean,
    "fault": _boolean,
    "traced": _boolean,
    "cause": _cause,
    "annotations": _annotations,
    "metadata": _metadata,
    "subsegments": _subsegments,
    "origin": _text(250),
    "user": _text(250),
    "resource_arn": _text(2000),
    "service": _object({}),
}


def clean(document: dict[str, Any]) -> dict[str, Any]:
    """Give the document with every wrong-typed, over-long or ill-named member left out."""
    cleaned: dict[str, Any] = _members(document, _ENTITY)
    stack = [cleaned]
    while stack:
        entity = stack.pop()
        if "subsegments" in entity:
            entity["subsegments"] = [_members(item, _ENTITY) for item in entity["subsegments"]]
            stack += entity["subsegments"]
    return cleaned


def acceptable_annotations(annotations: Mapping[str, Any]) -> dict[str, str | int | float | bool]:
    """Give the annotations that can be indexed: keys and values as the schema has them."""
    return {
        key: item
        for key, item in annotations.items()
        if _is_annotation_key(key) and (type(item) in (bool, int, float) or (type(item) is str and len(item) <= 1000))
    }


@lru_cache(maxsize=8192)
def _is_annotation_key(key: str) -> bool:
    # An application uses the same few keys over and over.
    return _ANNOTATION_KEY.fullmatch(key) is not None


def is_entity_id(text: str) -> bool:
    """Whether a text is 16 hexadecimal digits, not all of them zero."""
    return _ID.fullmatch(text) is not None
