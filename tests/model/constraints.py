"""botocore's service model as requests: valid ones, and for every constraint one that breaks just that."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, TypeAlias

import botocore.session
import msgspec
from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape

__all__ = ["XRAY", "Case", "Member", "cases", "holding", "members", "minimal", "valid"]

XRAY = botocore.session.Session().get_service_model("xray")
Path: TypeAlias = tuple[str | int, ...]

UUID = "12345678-abcd-4ef0-8123-123456789abc"
WRONG: dict[str, list[Any]] = {
    "string": [5, [], {}, True],
    "integer": ["1", 0.5, [], {}, 2**31, -(2**31) - 1, 2**64],
    "long": ["1", 0.5, []],
    "double": ["x", [], {}, True],
    "boolean": ["true", 1, []],
    "timestamp": ["yesterday", [], {}, True, 1e15],
    "list": [{}, "x", 5],
    "map": [[], "x", 5],
    "structure": [[], "x", 5],
}


class Member(msgspec.Struct, frozen=True):
    """Something that a request may hold, and where.

    Steps are names of members, 0 for a list's first, ``key`` and ``value`` for a map's.
    """

    path: Path
    shape: Shape
    required: bool

    @property
    def name(self) -> str:
        """Give the member's name; that of the list or map, for what is in one."""
        return next(str(step) for step in reversed(self.path) if step not in (0, "key", "value"))


class Case(msgspec.Struct, frozen=True):
    """A request that breaks one constraint."""

    operation: str
    member: Member
    broken: str
    request: Any

    def __str__(self) -> str:
        return f"{self.operation}-{'.'.join(map(str, self.member.path))}-{self.broken}"


def valid(shape: Shape) -> Any:
    """Give a value that keeps every constraint, as small as can be."""
    low = shape.metadata.get("min")
    if isinstance(shape, StructureShape):
        # Of a union, exactly one member.
        wanted = list(shape.members)[:1] if shape.is_tagged_union else shape.required_members
        return {name: valid(shape.members[name]) for name in wanted}
    if isinstance(shape, ListShape):
        return [valid(shape.member) for _ in range(max(low or 0, 1))]
    if isinstance(shape, MapShape):
        return {valid(shape.key): valid(shape.value)}
    if isinstance(shape, StringShape):
        if shape.enum:
            return shape.enum[0]
        return UUID if "0-9a-fA-F" in shape.metadata.get("pattern", "") else "x" * max(low or 0, 1)
    plain = {"integer": low or 1, "long": low or 1, "double": low or 0.5, "boolean": True, "timestamp": 1.7e9}
    return plain[shape.type_name]


def minimal(operation: str) -> dict[str, Any]:
    """Give the smallest request of an operation."""
    request: dict[str, Any] = valid(XRAY.operation_model(operation).input_shape)
    return request


def members(operation: str) -> list[Member]:
    """Give everything that a request of an operation may hold, at any depth."""
    return list(_inside(XRAY.operation_model(operation).input_shape, ()))


def _inside(shape: Shape, path: Path) -> Iterator[Member]:
    found: list[Member] = []
    if isinstance(shape, StructureShape):
        found = [Member((*path, name), one, name in shape.required_members) for name, one in shape.members.items()]
    elif isinstance(shape, ListShape):
        found = [Member((*path, 0), shape.member, False)]
    elif isinstance(shape, MapShape):
        found = [Member((*path, "key"), shape.key, False), Member((*path, "value"), shape.value, False)]
    for member in found:
        yield member
        yield from _inside(member.shape, member.path)


def holding(operation: str, path: Path, value: Any) -> dict[str, Any]:
    """Give a request that is minimal but for ``value`` at ``path``, and what must be there to hold it."""
    shape: Any = XRAY.operation_model(operation).input_shape
    request = copy.deepcopy(minimal(operation))
    at: Any = request
    for n, step in enumerate(path):
        if isinstance(shape, MapShape):
            at.clear()
            at |= {value: valid(shape.value)} if step == "key" else {valid(shape.key): value}
            return request
        shape = shape.member if isinstance(shape, ListShape) else shape.members[step]
        if n == len(path) - 1:
            at[step] = value
        elif isinstance(step, int):
            at = at[step]
        else:
            at = at.setdefault(step, valid(shape))
    return request


def cases(operation: str) -> Iterator[Case]:
    """Give a request for every constraint of an operation."""
    for member in members(operation):
        for broken, value in _breaches(member.shape, member.path[-1] == "key"):
            yield Case(operation, member, broken, holding(operation, member.path, value))
        if isinstance(member.path[-1], int) or member.required:
            yield Case(operation, member, "null", holding(operation, member.path, None))
        if member.required:
            request = holding(operation, member.path, None)
            at: Any = request
            for step in member.path[:-1]:
                at = at[step]
            del at[member.path[-1]]
            yield Case(operation, member, "missing", request)


def _breaches(shape: Shape, is_key: bool) -> Iterator[tuple[str, Any]]:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if not is_key:  # JSON has no other keys than strings
        for value in WRONG[shape.type_name]:
            yield f"is {value!r}", value
    if isinstance(shape, StringShape):
        if shape.enum:
            yield "enum", "Bogus"
        if shape.metadata.get("pattern"):
            yield "pattern", "###"
    if shape.type_name in ("integer", "long", "double"):
        if low is not None:
            yield f"min {low}", low - 1
        if high is not None:
            yield f"max {high}", high + 1
        return
    if low:
        yield f"min {low}", _sized(shape, low - 1)
    if high is not None:
        yield f"max {high}", _sized(shape, high + 1)


def _sized(shape: Shape, size: int) -> Any:
    if isinstance(shape, ListShape):
        return [valid(shape.member)] * size
    if isinstance(shape, MapShape):
        return {f"{n}x": valid(shape.value) for n in range(size)}
    return "x" * size
