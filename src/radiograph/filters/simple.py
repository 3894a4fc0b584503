"""A keyword, annotation or attribute, alone or compared with a literal."""

from __future__ import annotations

import re
from typing import cast

from .cursor import Cursor
from .tokens import refuse
from .tree import Annotation, Attribute, Comparator, Compare, Field, Present, Subject, Value
from .vocabulary import CONNECTIVES, FUNCTIONS, KEYWORDS, OPERATORS, RELATIONS

__all__ = ["normal_trace_id", "read_simple"]

_TYPES = {keyword.name: keyword.type for keyword in KEYWORDS}
_OPERATORS = tuple(operator.name for operator in OPERATORS)
_TRUTH = {"TRUE": True, "FALSE": False}
_JOINTS = {*_OPERATORS, *(one.name for one in CONNECTIVES)}
_LITERALS = ('a "string"', "a number", "true", "false")
_HEADS = dict.fromkeys(function.name.split(".")[0] for function in FUNCTIONS if function.scopes)
_STARTS = ("a keyword", *_HEADS, "'!'", "'('")
_TRACE_ID = re.compile(r"(?:1-)?([0-9a-f]{8})-?([0-9a-f]{24})", re.IGNORECASE)


def read_simple(cursor: Cursor) -> Present | Compare:
    """Take a keyword, annotation, metadata or attribute and what it is compared with; or a trace id alone.

    Raises: InvalidRequestException.
    """
    first = cursor.here
    if first.kind != "word" or first.text.upper() in {*_JOINTS, *_TRUTH}:
        cursor.refuse(*_STARTS)
    trace_id = normal_trace_id(first.text)
    if trace_id is not None:
        cursor.take()
        return Compare(Field("traceid"), "=", trace_id, column=first.column)
    subject = _subject(cursor)
    operator = cursor.here
    if operator.is_mark(*RELATIONS):
        hint = " (is >= meant?)" if operator.text == "=>" else ""
        refuse(operator.column, f"{operator.shown} joins two services{hint}", _OPERATORS)
    if operator.text.upper() not in _OPERATORS or operator.kind not in ("mark", "word"):
        if isinstance(subject, Field) and _TYPES.get(subject.name) == "boolean":
            return Compare(subject, "=", True, column=first.column)
        return Present(subject, column=first.column)
    cursor.take()
    column = cursor.here.column
    return Compare(
        subject,
        cast(Comparator, operator.text.upper()),
        _value(cursor, subject),
        column=first.column,
        operator_column=operator.column,
        value_column=column,
    )


def normal_trace_id(text: str) -> str | None:
    """Give ``1-8hex-24hex`` in lower case for a trace id in X-Ray's or W3C's spelling, None for anything else."""
    match = _TRACE_ID.fullmatch(text)
    return f"1-{match[1]}-{match[2]}".lower() if match else None


def _subject(cursor: Cursor) -> Subject:
    word = cursor.take()
    head, _, tail = word.text.partition(".")
    match head.lower():
        case "annotation":
            if not tail:
                if not cursor.here.is_mark("["):
                    cursor.refuse("annotation.key", "annotation[key]")
                with cursor.inside("[", "]"):
                    tail = cursor.text("the key of an annotation")
            return Annotation(tail)
        case "attribute":
            return Attribute(_path(cursor, tail))
        case "metadata":
            path = _path(cursor, tail)
            if len(path) < 2:
                refuse(
                    word.column, f"{word.shown} names no key", "metadata.namespace.key, such as metadata.default.cart"
                )
            return Attribute(("metadata", *path))
    return Field(word.text.lower())


def _path(cursor: Cursor, tail: str) -> tuple[str, ...]:
    """Take what follows ``attribute``: names after dots, or in square brackets when they hold dots themselves."""
    names = tail.split(".") if tail else []
    if not names and not cursor.here.is_mark("["):
        cursor.refuse("a path, such as attribute.aws.operation or metadata.default.cart")
    while cursor.here.is_mark("[", "."):
        if cursor.take_mark("."):
            if cursor.here.kind == "string":
                cursor.refuse("a member's name", "or one in brackets without the dot")
            names += cursor.text("a member's name").split(".")
            continue
        with cursor.inside("[", "]"):
            names.append(cursor.text("a member's name"))
    return tuple(names)


def _value(cursor: Cursor, subject: Subject) -> Value:
    token = cursor.here
    upper = token.text.upper()
    if token.kind == "json":
        refuse(token.column, f"{token.shown} is for root causes only", _LITERALS)
    if token.kind not in ("string", "number", "word") or (token.kind == "word" and upper in _JOINTS):
        cursor.refuse(*_LITERALS)
    cursor.take()
    if token.kind == "number":
        return float(token.value)
    if token.kind == "word" and upper in _TRUTH:
        return _TRUTH[upper]
    text = str(token.value) if token.kind == "string" else token.text
    if subject == Field("traceid"):
        return normal_trace_id(text) or text
    return text
