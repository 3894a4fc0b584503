"""The Structs of the model as tables of a reference page: members, types and constraints, what is inside them."""

from __future__ import annotations

import ast
import inspect as python
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple, cast

import msgspec
from botocore.model import Shape  # type: ignore[import-untyped]
from botocore.session import Session  # type: ignore[import-untyped]
from msgspec import NODEFAULT, inspect

import radiograph.model as model

__all__ = ["XRAY", "Prose", "prose", "tables"]

XRAY = Session().get_service_model("xray")
_ROLE = re.compile(r":\w+:`~?(?:[\w.]+\.)?(\w+)`")
_QUOTED = re.compile(r"`([^`]*)`")
_INT32 = (-(2**31), 2**31 - 1)


class Prose(NamedTuple):
    """A docstring as Markdown: its first line, its other paragraphs, and what it says of errors."""

    caption: str
    body: list[str]
    raises: str


def prose(docstring: str, names: Mapping[str, str] = MappingProxyType({})) -> Prose:
    """Give a docstring's parts, with names as callers know them; where something is from is for readers of the code."""
    text = _ROLE.sub(r"`\1`", python.cleandoc(docstring)).replace("``", "`")
    text = _QUOTED.sub(lambda found: f"`{names.get(found[1], found[1])}`", text)
    caption, *paragraphs = re.split(r"\n\s*\n", text)
    body = [one for one in paragraphs if not one.startswith(("Raises:", "Source:"))]
    raises = next((one.removeprefix("Raises:") for one in paragraphs if one.startswith("Raises:")), "")
    return Prose(" ".join(caption.split()), body, " ".join(raises.split()))


def tables(name: str) -> Iterator[str]:
    """Yield the Markdown of a Struct's members, then that of every Struct inside it, each once."""
    queue = [name]
    for one in queue:  # grows while it is walked
        if one != name:
            yield f"### {one}\n"
        struct = _struct(one)
        told = prose(struct.__doc__ or "", _names(struct))
        yield f"{told.caption}\n"
        yield from (f"{paragraph}\n" for paragraph in told.body)
        yield from _table(struct)
        queue += [inner for inner in dict.fromkeys(_inside(struct)) if inner not in queue]


def _struct(name: str) -> type[msgspec.Struct]:
    return cast("type[msgspec.Struct]", getattr(model, name))


@cache
def _fields(struct: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    return cast("inspect.StructType", inspect.type_info(struct)).fields


def _names(struct: type[msgspec.Struct]) -> dict[str, str]:
    return {field.name: field.encode_name for field in _fields(struct)} | {"None": "null"}


def _table(struct: type[msgspec.Struct]) -> Iterator[str]:
    fields = _fields(struct)
    if not fields:
        yield "It has no members.\n"
        return
    asked = issubclass(struct, model.Request)
    meanings = _meanings(struct)
    columns = ["Member", "Type", "Required" if asked else "Present", *(["Meaning"] if meanings else [])]
    yield f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"
    shape = XRAY.shape_for(struct.__name__)
    for field in fields:
        members = getattr(shape, "members", {})
        kind = _type(field.type, members.get(field.encode_name))
        null = not asked and isinstance(field.type, inspect.UnionType) and field.type.includes_none
        cells = [f"`{field.encode_name}`", f"{kind} or null" if null else kind, _presence(field, asked)]
        if meanings:
            cells.append(meanings.get(field.name, ""))
        yield f"| {' | '.join(cells)} |"
    yield ""


def _presence(field: inspect.Field, asked: bool) -> str:
    if asked:
        return "yes" if field.required else ""
    unset = not field.required and field.default is NODEFAULT and field.default_factory is NODEFAULT
    return "if there is one" if unset else "always"


def _type(kind: inspect.Type, shape: Shape | None) -> str:
    """A type and its constraints in words; moments are told apart by the service model alone."""
    if shape is not None and shape.type_name == "timestamp":
        return "moment"
    match kind:
        case inspect.Metadata(type=inner):
            return _type(inner, shape)
        case inspect.UnionType(types=types):
            kept = [one for one in types if not isinstance(one, inspect.NoneType)]
            return " or ".join(dict.fromkeys(_type(one, shape) for one in kept))
        case inspect.StrType():
            bounds = _bounds(kind.min_length, kind.max_length, "characters")
            return ", ".join(filter(None, ["text", bounds, f"`{_escaped(kind.pattern)}`" if kind.pattern else ""]))
        case inspect.LiteralType(values=values):
            return " or ".join(f"`{value}`" for value in values)
        case inspect.IntType():
            plain = (kind.ge, kind.le) == _INT32
            return ", ".join(filter(None, ["integer", "" if plain else _bounds(kind.ge, kind.le, "")]))
        case inspect.FloatType():
            return ", ".join(filter(None, ["number", _bounds(kind.ge, kind.le, "")]))
        case inspect.BoolType():
            return "boolean"
        case inspect.ListType(item_type=item):
            bounds = _bounds(kind.min_length, kind.max_length, "items")
            items = _type(item, getattr(shape, "member", None))
            return ", ".join(filter(None, [f"list of {items}", bounds]))
        case inspect.DictType(key_type=key, value_type=value):
            bounds = _bounds(kind.min_length, kind.max_length, "entries")
            of = f"map of {_type(key, getattr(shape, 'key', None))} to {_type(value, getattr(shape, 'value', None))}"
            return ", ".join(filter(None, [of, bounds]))
        case inspect.StructType(cls=struct):
            return f"[{struct.__name__}](#{struct.__name__.lower()})"
    raise TypeError(f"{kind!r} has no words yet; add them to {__file__}")


def _bounds(least: float | None, most: float | None, what: str) -> str:
    if least is None and most is None:
        return ""
    if least == most:
        return f"{least:,} {what}".strip()
    if most is None:
        return f"at least {least:,} {what}".strip()
    return (f"at most {most:,} {what}" if least is None else f"{least:,} to {most:,} {what}").strip()


def _escaped(pattern: str) -> str:
    return pattern.replace("|", "\\|")


def _inside(struct: type[msgspec.Struct]) -> Iterator[str]:
    stack: list[Any] = [field.type for field in reversed(_fields(struct))]
    while stack:
        match stack.pop():
            case inspect.StructType(cls=inner):
                yield inner.__name__
            case inspect.Metadata(type=inner) | inspect.ListType(item_type=inner):
                stack.append(inner)
            case inspect.DictType(value_type=inner):
                stack.append(inner)
            case inspect.UnionType(types=types):
                stack += reversed(types)


def _meanings(struct: type[msgspec.Struct]) -> dict[str, str]:
    """What is written below a member's line, which Python itself does not keep."""
    found: dict[str, str] = {}
    for base in struct.__mro__:
        if base in (model.Model, model.Request, msgspec.Struct) or not issubclass(base, msgspec.Struct):
            continue
        (node,) = ast.parse(python.cleandoc("\n" + python.getsource(base))).body
        body = cast("ast.ClassDef", node).body
        for member, after in pairwise(body):
            match member, after:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    found.setdefault(name, " ".join(python.cleandoc(prose(text, _names(struct)).caption).split()))
    return found
