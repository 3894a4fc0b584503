"""Requests of AWS's Query protocol: a form in, a Struct out, or every constraint it breaks at once.

``Tags.member.2.Key=team`` is the Key of the second Tag. msgspec has no eyes for such names, and AWS tells all that is
wrong with a request in one sentence; so the form is walked along the Struct's type here, and every limit is checked on
the way. Patterns are matched as Java matches them: by the whole text, ``\\w`` in ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes

import msgspec
from msgspec import inspect

from radiograph.errors import InvalidRequest, Serialization

__all__ = ["decode", "read_form"]

S = TypeVar("S", bound=msgspec.Struct)

_MOST_FIELDS = 4096
_DEEPEST = 12
_SHOWN = 100
_NUMBER = re.compile(r"[1-9]\d{0,4}", re.ASCII)


def read_form(text: bytes) -> dict[str, str]:
    """Give the fields of an ``application/x-www-form-urlencoded`` text, each of which may be there once.

    Raises: Serialization when it is not UTF-8, has too many fields, or one twice.
    """
    parts = text.split(b"&", _MOST_FIELDS)
    if len(parts) > _MOST_FIELDS:
        raise Serialization(f"The form has more than {_MOST_FIELDS} fields; fewer are accepted")
    form: dict[str, str] = {}
    for part in parts:
        if not part:
            continue
        name, _, value = part.replace(b"+", b" ").partition(b"=")
        try:
            key, said = unquote_to_bytes(name).decode(), unquote_to_bytes(value).decode()
        except UnicodeDecodeError:
            raise Serialization(f"The form is not UTF-8, percent-encoded: {part[:_SHOWN]!r}") from None
        if key in form:
            raise Serialization(f"The form has {key[:_SHOWN]!r} twice; once is accepted")
        form[key] = said
    return form


def decode(type_: type[S], form: Mapping[str, str]) -> S:
    """Give the request that a form holds; fields that are no member of it are ignored.

    Raises: InvalidRequest, with every constraint that the request breaks.
    """
    problems: list[str] = []
    found = _take(_info(type_), _nested(form), "", problems)
    if problems:
        several = "errors" if len(problems) > 1 else "error"
        raise InvalidRequest(f"{len(problems)} validation {several} detected: {'; '.join(problems)}")
    return msgspec.convert(found, type_)


class _Node:
    """A field and those whose names begin with its own and a dot."""

    __slots__ = ("inside", "text")

    def __init__(self) -> None:
        self.text: str | None = None
        self.inside: dict[str, _Node] = {}


def _nested(form: Mapping[str, str]) -> _Node:
    root = _Node()
    for name, text in form.items():
        steps = name.split(".", _DEEPEST)
        node = root
        for step in steps:
            node = node.inside.setdefault(step, _Node())
        node.text = text
    return root


@cache
def _info(type_: type[msgspec.Struct]) -> inspect.Type:
    return inspect.type_info(type_)


def _take(info: inspect.Type, node: _Node, at: str, problems: list[str]) -> Any:
    """Give what a node holds, in a form that msgspec converts."""
    info = _present(info)
    if isinstance(info, inspect.StructType):
        return _struct(info, node, at, problems)
    if isinstance(info, inspect.ListType):
        return _list(info, node, at, problems)
    text = node.text or ""
    if isinstance(info, inspect.StrType):
        _check_text(info, text, at, problems)
        return text
    if isinstance(info, inspect.LiteralType):
        if text not in info.values:
            accepted = ", ".join(map(str, info.values))
            problems.append(_problem(text, at, f"Member must satisfy enum value set: [{accepted}]"))
        return text
    return _READERS[type(info)](info, text, at, problems)


def _struct(info: inspect.StructType, node: _Node, at: str, problems: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for member in info.fields:
        name = member.encode_name
        here = f"{at}.{_spoken(name)}" if at else _spoken(name)
        inside = node.inside.get(name)
        if inside is not None:
            found[name] = _take(member.type, inside, here, problems)
        elif member.required:
            problems.append(f"Value null at '{here}' failed to satisfy constraint: Member must not be null")
    return found


def _list(info: inspect.ListType, node: _Node, at: str, problems: list[str]) -> list[Any]:
    members = node.inside.get("member", _Node()).inside
    numbered = {int(number): inside for number, inside in members.items() if _NUMBER.fullmatch(number)}
    found = [
        _take(info.item_type, numbered[number], f"{at}.{place}.member", problems)
        for place, number in enumerate(sorted(numbered), 1)
    ]
    _check_length(info, len(found), f"a list of {len(found)}", at, problems)
    return found


def _check_text(info: inspect.StrType, text: str, at: str, problems: list[str]) -> None:
    _check_length(info, len(text), text, at, problems)
    if info.pattern is not None and not _pattern(info.pattern).fullmatch(text):
        problems.append(_problem(text, at, f"Member must satisfy regular expression pattern: {info.pattern}"))


def _check_length(
    info: inspect.StrType | inspect.ListType, length: int, shown: str, at: str, problems: list[str]
) -> None:
    if info.min_length is not None and length < info.min_length:
        problems.append(_problem(shown, at, f"Member must have length greater than or equal to {info.min_length}"))
    if info.max_length is not None and length > info.max_length:
        problems.append(_problem(shown, at, f"Member must have length less than or equal to {info.max_length}"))


def _integer(info: inspect.IntType, text: str, at: str, problems: list[str]) -> int:
    if not re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
        problems.append(_problem(text, at, "Member must be an integer"))
        return 0
    number = int(text)
    if info.ge is not None and number < info.ge:
        problems.append(_problem(text, at, f"Member must have value greater than or equal to {info.ge}"))
    if info.le is not None and number > info.le:
        problems.append(_problem(text, at, f"Member must have value less than or equal to {info.le}"))
    return number


def _boolean(_info: inspect.BoolType, text: str, at: str, problems: list[str]) -> bool:
    if text.lower() not in ("true", "false"):
        problems.append(_problem(text, at, "Member must be true or false"))
    return text.lower() == "true"


_READERS: dict[type[inspect.Type], Callable[[Any, str, str, list[str]], Any]] = {
    inspect.IntType: _integer,
    inspect.BoolType: _boolean,
}


def _problem(value: str, at: str, constraint: str) -> str:
    if at.lower().endswith("password"):  # whoever reads the answer, or a log of it, is not to read this
        return f"Value at '{at}' failed to satisfy constraint: {constraint}"
    shown = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
    return f"Value '{shown}' at '{at}' failed to satisfy constraint: {constraint}"


def _spoken(name: str) -> str:
    """Give a member's name as AWS writes it in such sentences."""
    return name[:1].lower() + name[1:]


def _present(info: inspect.Type) -> inspect.Type:
    """Give what a member is when it is there."""
    if isinstance(info, inspect.Metadata):
        return _present(info.type)
    if isinstance(info, inspect.UnionType):
        return next(_present(one) for one in info.types if not isinstance(one, inspect.NoneType))
    return info


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.ASCII)
