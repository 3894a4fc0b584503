"""The models of IAM and STS against botocore's: every structure, member by member, with the limits of what is sent."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import botocore.session
import msgspec
import pytest
from botocore.model import ListShape, MapShape, Shape, StructureShape
from msgspec import inspect

import radiograph.model.iam
from radiograph.model import sts
from radiograph.model.iam.base import Absent, Model, Request

SESSION = botocore.session.Session()
IAM, STS = (SESSION.get_service_model(name) for name in ("iam", "sts"))
FAMILIES = [
    importlib.import_module(f"radiograph.model.iam.{found.name}")
    for found in pkgutil.iter_modules(radiograph.model.iam.__path__)
    if found.name not in ("base", "ids", "records")
]
KINDS = {
    "string": (inspect.StrType, inspect.LiteralType),
    "integer": (inspect.IntType,),
    "boolean": (inspect.BoolType,),
    "timestamp": (inspect.FloatType,),
    "structure": (inspect.StructType,),
    "list": (inspect.ListType,),
    "map": (inspect.DictType,),
}
NEVER_TOLD = {("Role", "SourceRoleTemplate"), ("EvaluationResult", "OrganizationsDecisionDetail")}
"""Members of answers that are never there, as what they tell of is not."""
NEVER_IS = {"MFADevice", "VirtualMFADevice", "SSHPublicKeyMetadata", "SigningCertificate"}
NEVER_IS |= {"ServiceSpecificCredentialMetadata"}
UNICODE = {
    r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+": ("Größe 東京_.:/=+-@\u2003", "\n"),
    r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*": ("Größe 東京_.:/=+-@\u2003", "€"),
}
"""Patterns that Python spells otherwise: what they accept, and what they do not."""


def structs() -> Iterator[tuple[str, type[msgspec.Struct], StructureShape]]:
    for service, modules in ((IAM, FAMILIES), (STS, [sts])):
        for module in modules:
            for name in module.__all__:
                found = getattr(module, name)
                if isinstance(found, type) and issubclass(found, msgspec.Struct):
                    yield f"{service.service_name}-{name}", found, service.shape_for(name)


ALL = {key: (struct, shape) for key, struct, shape in structs()}


def fields(struct: type[msgspec.Struct]) -> dict[str, inspect.Field]:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    return {field.encode_name: field for field in info.fields}


def present(info: inspect.Type) -> inspect.Type:
    if isinstance(info, inspect.Metadata):
        return present(info.type)
    if isinstance(info, inspect.UnionType):
        [found] = [one for one in info.types if not isinstance(one, inspect.NoneType)]
        return present(found)
    return info


def pairs(shape: Shape, info: inspect.Type) -> Iterator[tuple[Shape, Any]]:
    """A member and what is inside it, each with its type in the model."""
    found = present(info)
    yield shape, found
    if isinstance(shape, ListShape) and isinstance(found, inspect.ListType):
        yield from pairs(shape.member, found.item_type)
    elif isinstance(shape, MapShape) and isinstance(found, inspect.DictType):
        yield from pairs(shape.value, found.value_type)


MEMBERS = [(key, name) for key, (struct, _) in ALL.items() for name in fields(struct)]
SENT = [(key, name) for key, name in MEMBERS if issubclass(ALL[key][0], Request)]
EACH = pytest.mark.parametrize("key", ALL)


@EACH
def test_a_struct_has_the_members_of_its_structure_and_no_others(key: str) -> None:
    struct, shape = ALL[key]
    silent = {name for owner, name in NEVER_TOLD if owner == shape.name}
    assert set(fields(struct)) == set(shape.members) - silent


@EACH
def test_a_struct_is_frozen_and_says_what_it_is(key: str) -> None:
    struct, _ = ALL[key]
    assert issubclass(struct, Model | Request)
    assert struct.__struct_config__.frozen
    assert struct.__doc__


@pytest.mark.parametrize(("key", "name"), MEMBERS)
def test_a_member_has_its_type(key: str, name: str) -> None:
    struct, shape = ALL[key]
    for inside, found in pairs(shape.members[name], fields(struct)[name].type):
        if isinstance(inside, StructureShape) and inside.name in NEVER_IS:
            assert found.cls is Absent
        else:
            assert isinstance(found, KINDS[inside.type_name])
            if isinstance(inside, StructureShape):
                assert found.cls.__name__ == inside.name


@EACH
def test_what_is_required_is_required_and_what_a_caller_may_leave_out_is_none(key: str) -> None:
    struct, shape = ALL[key]
    for name, field in fields(struct).items():
        if name in shape.required_members:
            assert field.required
        elif issubclass(struct, Request):
            assert field.default is None


@pytest.mark.parametrize(("key", "name"), SENT)
def test_what_is_sent_has_its_limits(key: str, name: str) -> None:
    struct, shape = ALL[key]
    for inside, found in pairs(shape.members[name], fields(struct)[name].type):
        low, high = inside.metadata.get("min"), inside.metadata.get("max")
        if isinstance(found, inspect.IntType):
            assert (found.ge, found.le) == (low, high)
        elif isinstance(found, inspect.StrType | inspect.ListType):
            assert (found.min_length or None, found.max_length) == (low or None, high)


@pytest.mark.parametrize(("key", "name"), SENT)
def test_what_is_sent_has_its_pattern_and_its_enumeration(key: str, name: str) -> None:
    struct, shape = ALL[key]
    for inside, found in pairs(shape.members[name], fields(struct)[name].type):
        pattern = inside.metadata.get("pattern")
        if pattern not in UNICODE:
            assert getattr(found, "pattern", None) == pattern
        assert sorted(getattr(found, "values", ())) == sorted(inside.metadata.get("enum", ()))


def test_tags_may_be_in_any_language() -> None:
    struct, shape = ALL["iam-Tag"]
    for name, field in fields(struct).items():
        good, bad = UNICODE[shape.members[name].metadata["pattern"]]
        pattern = present(field.type).pattern  # type: ignore[attr-defined]
        assert re.fullmatch(pattern, good, re.ASCII)
        assert not re.fullmatch(pattern, bad, re.ASCII)
