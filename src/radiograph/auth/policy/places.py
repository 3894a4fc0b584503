"""The JSON of a policy, with the place of each value in it, and the one way to refuse a document.

``json`` of the standard library, because it alone tells of a member that is given twice: of two ``Condition``, the one
that is dropped might be the one that mattered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from radiograph.errors import MalformedPolicyDocument

__all__ = ["MOST_CHARACTERS", "Place", "decode"]

MOST_CHARACTERS = 131_072
"""Of a document, whatever it is for: what IAM's and STS's service models accept."""

_MOST_DEEP = 12  # a condition's values are 7 deep
_MOST_QUOTED = 80
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Place:
    """A value of the document, and where it is, such as ``Statement[0].Action[2]``."""

    def __init__(self, value: Any, path: str = "") -> None:
        self.value = value
        self.path = path

    def refuse(self, what: str, accepted: str | Iterable[str]) -> NoReturn:
        """Raise MalformedPolicyDocumentException, saying what is wrong here and what is accepted."""
        choices = accepted if isinstance(accepted, str) else ", ".join(accepted)
        raise MalformedPolicyDocument(f"{self.path or 'the policy'}: {what}; accepted: {choices}")

    def refuse_value(self, accepted: str | Iterable[str]) -> NoReturn:
        """Raise MalformedPolicyDocumentException, quoting the value."""
        number = isinstance(self.value, _Number)
        self.refuse(_short(self.value if number else json.dumps(self.value, ensure_ascii=False)), accepted)

    def member(self, name: str) -> Place | None:
        """Give a member of this object, or None when it has none of this name."""
        return Place(self.value[name], self._below(name)) if name in self.value else None

    def members(self, *accepted: str) -> list[tuple[str, Place]]:
        """Give what this object has, by name and in order; when names are given, no other is accepted."""
        if type(self.value) is not dict:
            self.refuse_value("an object")
        for name in self.value:
            if accepted and name not in accepted:
                Place(name, self._below(name)).refuse("there is no such member", accepted)
        return [(name, Place(value, self._below(name))) for name, value in self.value.items()]

    def items(self) -> list[Place]:
        """Give what a list holds; of a value without a list around it, that value."""
        if type(self.value) is not list:
            return [self]
        if not self.value:
            self.refuse("the list is empty", "at least one")
        return [Place(value, f"{self.path}[{index}]") for index, value in enumerate(self.value)]

    def text(self, accepted: str = "a string") -> str:
        """Give the value, a string."""
        if type(self.value) is not str:
            self.refuse_value(accepted)
        return self.value

    def _below(self, name: str) -> str:
        return f"{self.path}.{_short(name)}" if self.path else _short(name)


class _Number(str):
    """A number as it is written: no string, and nothing of it is lost."""


def decode(text: str) -> Place:
    """Give the whole of a document; numbers in it are of a type of their own, which :meth:`Place.text` refuses.

    Raises: MalformedPolicyDocumentException for what is not JSON, has a member twice, or is too long.
    """
    document = Place(None)
    if len(text) > MOST_CHARACTERS:
        document.refuse(f"it has {len(text)} characters", f"at most {MOST_CHARACTERS}")
    if _SURROGATE.search(text):
        document.refuse("half a surrogate pair is no character", "Unicode text")
    try:
        document.value = json.loads(
            text, object_pairs_hook=_once, parse_int=_Number, parse_float=_Number, parse_constant=_no_constant
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        document.refuse(f"it is not JSON ({error.msg}: {where})", "a JSON object")
    except RecursionError:
        document.refuse("it is nested too deep", "what the grammar of policies has")
    _check_texts_and_depth(document)
    return document


def _check_texts_and_depth(document: Place) -> None:
    unseen = [(document.value, 0)]
    while unseen:
        value, depth = unseen.pop()
        if depth > _MOST_DEEP:
            document.refuse("it is nested too deep", "what the grammar of policies has")
        if isinstance(value, str) and _SURROGATE.search(value):
            document.refuse("half a surrogate pair is no character", "Unicode text")
        if isinstance(value, dict):
            unseen.extend((name, depth) for name in value)
            unseen.extend((member, depth + 1) for member in value.values())
        elif isinstance(value, list):
            unseen.extend((item, depth + 1) for item in value)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            Place(None).refuse(f"{_short(name)!r} is given twice in one object", "each member once")
        members[name] = value
    return members


def _no_constant(name: str) -> NoReturn:
    Place(None).refuse(f"it is not JSON ({name} is no value)", "a JSON object")
