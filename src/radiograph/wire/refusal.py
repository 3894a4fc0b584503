"""Why a body was refused: msgspec's complaint, said to the caller as an API error.

The path names the member (``$.TraceIds[0]``), then come what is accepted there and what was sent.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from msgspec import inspect

from radiograph.errors import ApiError, InvalidRequest, MemberMissing, Serialization

__all__ = ["refusal"]

_SHOWN = 60
_AT = re.compile(r" - at (?:`key` in )?`(?P<path>\$[^`]*)`\Z")
_MISSING = re.compile(r"Object missing required field `(?P<name>\w+)`$")
_KIND = re.compile(r"Expected `(?P<wanted>[^`]*)`, got `(?P<got>[^`]*)`$")
_STEP = re.compile(r"\.(?P<member>\w+)|\[(?P<index>\d+|\.\.\.)\]")
_WORDS = {
    "array": "a list",
    "bool": "true or false",
    "datetime": "an ISO-8601 string",
    "float": "a number",
    "int": "an integer",
    "object": "an object",
    "str": "a string",
}


def refusal(error: BaseException, type_: type[msgspec.Struct], body: bytes) -> ApiError:
    """The API error to raise because decoding ``body`` as ``type_`` raised ``error``."""
    if isinstance(error, RecursionError):
        return Serialization("The body is nested too deeply; send an object of the documented shape")
    if isinstance(error, UnicodeDecodeError):
        bad = error.object[error.start]
        return Serialization(f"The body is not UTF-8: a string has the byte 0x{bad:02x}; send UTF-8 JSON")
    if not isinstance(error, msgspec.ValidationError):
        return Serialization(f"The body is not JSON: {error}; send a JSON object")
    complaint = str(error)
    at = _AT.search(complaint)
    path = at["path"] if at else "$"
    return _explain(_AT.sub("", complaint), path, type_, body)


def _explain(complaint: str, path: str, type_: type[msgspec.Struct], body: bytes) -> ApiError:
    if missing := _MISSING.match(complaint):
        return _missing(f"{path}.{missing['name']}", type_)
    if kind := _KIND.match(complaint):
        if kind["got"] == "null" and path != "$" and not path.endswith("]"):
            return _missing(path, type_)
        return Serialization(f"{_named(path)} must be {_spoken(kind['wanted'])}, not {_sent(path, body, kind['got'])}")
    if complaint.startswith("Invalid enum value"):
        accepted = f"one of {_accepted(type_, path)}"
    elif complaint.startswith("Invalid RFC3339"):
        accepted = "seconds since the epoch or an ISO-8601 date and time"
    elif complaint.endswith("out of range"):
        accepted = f"{_accepted(type_, path)} of at most 64 bits"
    else:
        accepted = re.sub(r"^Expected `(\w+)`", lambda found: _spoken(found[1]), complaint)
    return InvalidRequest(f"{path} must be {accepted}, not {_sent(path, body, 'the one sent')}")


def _missing(path: str, type_: type[msgspec.Struct]) -> MemberMissing:
    return MemberMissing(f"{path} is required and missing; send {_accepted(type_, path)}")


def _named(path: str) -> str:
    return "The body" if path == "$" else path


def _spoken(wanted: str) -> str:
    return " or ".join(_WORDS.get(word, word) for word in wanted.split(" | ") if word != "null")


def _sent(path: str, body: bytes, otherwise: str) -> str:
    """The value at ``path``, shortened; ``otherwise`` where it cannot be told."""
    try:
        value = msgspec.json.decode(body)
        for step in _STEP.finditer(path):
            value = value[step["member"]] if step["member"] else value[int(step["index"])]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, LookupError, ValueError, TypeError):
        return _WORDS.get(otherwise, otherwise)
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, str) and len(value) > _SHOWN:
        return f"a string of {len(value)} characters"
    if isinstance(value, int) and abs(value) >= 2**63:
        return "a larger integer"
    return msgspec.json.encode(value).decode()


def _accepted(type_: type[msgspec.Struct], path: str) -> str:
    """What may stand at ``path``, in words."""
    found: Any = inspect.type_info(type_)
    for step in _STEP.finditer(path):
        found = _present(found)
        if isinstance(found, inspect.StructType):
            found = next(member.type for member in found.fields if member.encode_name == step["member"])
        elif isinstance(found, inspect.ListType):
            found = found.item_type
        elif isinstance(found, inspect.DictType):
            found = found.value_type
    found = _present(found)
    if isinstance(found, inspect.LiteralType):
        return ", ".join(str(value) for value in found.values)
    return _SPOKEN_TYPES.get(type(found), "an object")


def _present(found: Any) -> Any:
    """``found`` without ``None``: the first member of a union that is something."""
    if isinstance(found, inspect.Metadata):
        return _present(found.type)
    if isinstance(found, inspect.UnionType):
        return next(_present(one) for one in found.types if not isinstance(one, inspect.NoneType))
    return found


_SPOKEN_TYPES: dict[type[Any], str] = {
    inspect.BoolType: "true or false",
    inspect.FloatType: "a number",
    inspect.IntType: "an integer",
    inspect.ListType: "a list",
    inspect.StrType: "a string",
}
