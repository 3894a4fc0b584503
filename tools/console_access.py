"""What the console knows of IAM and STS: operations, the shapes of what is asked and told, and the words of policies.

Answers of the Query protocol are XML, in which a list of one and a text look alike; so beside the types, which the
compiler forgets, the shape of each answer is written as a value that the console reads XML by.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import cast, get_type_hints

import msgspec
from msgspec import inspect

from radiograph.api.iam.operation import Operation, Service
from radiograph.api.iam.operations import IAM
from radiograph.api.sts.operations import STS
from radiograph.auth.actions import ACTIONS
from radiograph.auth.policy.operators import OPERATORS

__all__ = ["operations", "policy_words"]

Interface = Callable[[type[msgspec.Struct], bool], str]
"""Writes a Struct as a type of TypeScript; asked, or told."""

_NOT_OPERATIONS = {
    "iam": ("PassRole",),
    "sts": ("SetSourceIdentity", "TagSession"),
    "cloudtrail": ("LookupEvents",),
    "radiograph": ("GetCounters",),
}
"""Actions beside those that are called as their operations are."""


def operations(interface: Interface) -> str:
    """Every operation of IAM and STS: the types of what it takes and tells, and the shape of its answer."""
    rows = [(service, row) for service in (IAM, STS) for row in service.operations.values()]
    structs = {struct.__name__: struct for _, row in rows for struct in _reached(row)}
    asked = {struct.__name__ for _, row in rows for struct in _below(row.request)}
    told = {struct.__name__ for _, row in rows if (answer := _told(row)) for struct in _below(answer)}
    types = "".join(interface(structs[name], name not in told) for name in sorted(asked | told))
    shapes = "".join(f"\n{_shape(structs[name])}" for name in _in_order(told, structs))
    header = 'import type { Operation } from "./query";\n'
    return f"{header}{types}{shapes}\n" + "".join(_operation(service, row) for service, row in rows)


def policy_words() -> str:
    """The actions that policies may allow here, with what each does, and the operators of conditions."""
    levels: dict[str, str] = {action.name: action.level for action in ACTIONS.values()}
    for service in (IAM, STS):
        levels |= {f"{service.name}:{row.name}": _level(row.name) for row in service.operations.values()}
    for name, more in _NOT_OPERATIONS.items():
        levels |= {f"{name}:{action}": _level(action) for action in more}
    lines = "".join(f"  {json.dumps(name)}: {json.dumps(levels[name])},\n" for name in sorted(levels))
    operators = "".join(f"  {json.dumps(name)},\n" for name in OPERATORS)
    everywhere = "".join(f"  {json.dumps(name)},\n" for name, action in sorted(ACTIONS.items()) if not action.resources)
    return (
        f"\nexport const ACTIONS = {{\n{lines}}} as const;\n"
        f"\nexport const OPERATORS = [\n{operators}] as const;\n"
        f"\n/** Of X-Ray's actions, those that are about no resource: a statement about one does not mean them. */\n"
        f"export const WITHOUT_RESOURCE: readonly string[] = [\n{everywhere}];\n"
    )


def _level(name: str) -> str:
    if "Tag" in name and not name.startswith("List"):
        return "Tagging"
    if name.startswith(("Get", "Simulate", "Lookup")):
        return "Read"
    if name.startswith("List"):
        return "List"
    is_permission = any(word in name for word in ("Policy", "Boundary", "Assume", "PassRole", "SourceIdentity"))
    return "Permissions management" if is_permission else "Write"


def _told(row: Operation) -> type[msgspec.Struct] | None:
    found: type[msgspec.Struct] | None = get_type_hints(row.answer)["return"]
    return found if isinstance(found, type) and issubclass(found, msgspec.Struct) else None


def _reached(row: Operation) -> Iterator[type[msgspec.Struct]]:
    yield from _below(row.request)
    if (answer := _told(row)) is not None:
        yield from _below(answer)


def _below(struct: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    yield struct
    for field in _fields(struct):
        for kind in _kinds(field.type):
            if isinstance(kind, inspect.StructType):
                yield from _below(kind.cls)


def _kinds(kind: inspect.Type) -> Iterator[inspect.Type]:
    match kind:
        case inspect.UnionType(types=types):
            for each in types:
                yield from _kinds(each)
        case inspect.ListType(item_type=inner) | inspect.DictType(value_type=inner) | inspect.Metadata(type=inner):
            yield from _kinds(inner)
        case _:
            yield kind


def _fields(struct: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    info = inspect.type_info(struct)
    return cast("inspect.StructType", info).fields


def _in_order(names: set[str], structs: dict[str, type[msgspec.Struct]]) -> list[str]:
    """Give the names so that each comes after those that its shape has in it."""
    done: dict[str, None] = {}

    def add(struct: type[msgspec.Struct]) -> None:
        for inner in list(_below(struct))[1:]:
            add(inner)
        done.setdefault(struct.__name__)

    for name in sorted(names):
        add(structs[name])
    return list(done)


def _shape(struct: type[msgspec.Struct]) -> str:
    members = "".join(f" {field.encode_name}: {_value(field.type)}," for field in _fields(struct))
    return f"const {struct.__name__}Shape = {{{members.rstrip(',')} }} as const;"


def _value(kind: inspect.Type) -> str:
    match kind:
        case inspect.UnionType(types=types):
            return next(_value(each) for each in types if not isinstance(each, inspect.NoneType))
        case inspect.Metadata(type=inner):
            return _value(inner)
        case inspect.ListType(item_type=item):
            return f"[{_value(item)}]"
        case inspect.DictType(value_type=value):
            return f"{{ each: {_value(value)} }}"
        case inspect.StructType(cls=struct):
            return f"{struct.__name__}Shape"
        case inspect.BoolType():
            return '"flag"'
        case inspect.IntType():
            return '"number"'
        case inspect.FloatType():
            return '"moment"'
        case _:
            return '"text"'


def _operation(service: Service, row: Operation) -> str:
    told = _told(row)
    types = f"{row.request.__name__}, {told.__name__ if told else 'null'}"
    shape = f"{told.__name__}Shape" if told else "null"
    members = f'service: "{service.name}", version: "{service.version}", name: "{row.name}", shape: {shape}'
    return f"export const {row.name}: Operation<{types}> = {{ {members} }};\n"
