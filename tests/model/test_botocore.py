"""The model against botocore's: every structure its operations reach, member by member, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import botocore.session
import msgspec
import pytest
from botocore.model import ListShape, MapShape, Shape, StructureShape
from msgspec import inspect

import radiograph.model as model
from radiograph.model import Request

XRAY = botocore.session.Session().get_service_model("xray")
OPERATIONS = sorted(XRAY.operation_names)
KINDS = {
    "string": (inspect.StrType, inspect.LiteralType),
    "integer": (inspect.IntType,),
    "long": (inspect.IntType,),
    "double": (inspect.FloatType,),
    "boolean": (inspect.BoolType,),
    "timestamp": (inspect.FloatType,),
    "structure": (inspect.StructType,),
    "list": (inspect.ListType,),
    "map": (inspect.DictType,),
}
INT32 = (-(2**31), 2**31 - 1)

# ADOT for Python's name for SampledCount, which is therefore checked by the Struct instead of by msgspec.
OURS_ONLY = {("SamplingStatisticsDocument", "SampleCount")}
REQUIRED_BY_THE_STRUCT = {("SamplingStatisticsDocument", "SampledCount")}


def reached(shape: Shape, names: set[str]) -> set[str]:
    """Add the names of a shape's structures, itself and those inside it."""
    if isinstance(shape, ListShape):
        reached(shape.member, names)
    elif isinstance(shape, MapShape):
        reached(shape.value, names)
    elif isinstance(shape, StructureShape) and shape.name not in names:
        names.add(shape.name)
        for member in shape.members.values():
            reached(member, names)
    return names


def shapes() -> dict[str, StructureShape]:
    names: set[str] = set()
    for name in OPERATIONS:
        operation = XRAY.operation_model(name)
        reached(operation.input_shape, names)
        reached(operation.output_shape, names)
    return {name: XRAY.shape_for(name) for name in sorted(names)}


SHAPES = shapes()


def struct(name: str) -> type[msgspec.Struct]:
    found = getattr(model, name)
    assert issubclass(found, msgspec.Struct)
    return found


def fields(name: str) -> dict[str, inspect.Field]:
    info = inspect.type_info(struct(name))
    assert isinstance(info, inspect.StructType)
    return {field.encode_name: field for field in info.fields}


def alternatives(info: inspect.Type) -> list[inspect.Type]:
    if isinstance(info, inspect.Metadata):
        return alternatives(info.type)
    if isinstance(info, inspect.UnionType):
        return [one for each in info.types for one in alternatives(each)]
    return [info]


def present(info: inspect.Type) -> inspect.Type:
    """What the member is when it is there."""
    absent = (inspect.NoneType, inspect.DateTimeType)
    [found] = [one for one in alternatives(info) if not isinstance(one, absent)]
    return found


def pairs(shape: Shape, info: inspect.Type) -> Iterator[tuple[Shape, Any]]:
    """A member and what is inside it, each with its type in the model."""
    found = present(info)
    yield shape, found
    if isinstance(shape, ListShape) and isinstance(found, inspect.ListType):
        yield from pairs(shape.member, found.item_type)
    elif isinstance(shape, MapShape) and isinstance(found, inspect.DictType):
        yield from pairs(shape.key, found.key_type)
        yield from pairs(shape.value, found.value_type)


MEMBERS = [(name, member) for name, shape in SHAPES.items() for member in shape.members]
REQUIRED = [pair for pair in MEMBERS if pair[1] in SHAPES[pair[0]].required_members]
ASKED = [pair for pair in MEMBERS if issubclass(struct(pair[0]), Request)]
OPTIONAL = [pair for pair in ASKED if pair not in REQUIRED]
MOMENTS = [pair for pair in MEMBERS if SHAPES[pair[0]].members[pair[1]].type_name == "timestamp"]
INTEGERS = [pair for pair in ASKED if SHAPES[pair[0]].members[pair[1]].type_name == "integer"]


def each(members: list[tuple[str, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("name", "member"), members, ids=lambda part: part)


EACH_STRUCTURE = pytest.mark.parametrize("name", SHAPES)


def test_every_operation_has_a_request_and_a_result_by_their_names_in_the_service_model() -> None:
    for name in OPERATIONS:
        operation = XRAY.operation_model(name)
        assert operation.input_shape.name == f"{name}Request"
        assert operation.output_shape.name in (f"{name}Result", f"{name}Response")
        assert issubclass(struct(operation.input_shape.name), Request)
        assert not issubclass(struct(operation.output_shape.name), Request)


def test_what_callers_send_may_be_null_inside_too() -> None:
    sent: set[str] = set()
    for name in OPERATIONS:
        reached(XRAY.operation_model(name).input_shape, sent)
    assert {name for name in sent if not issubclass(struct(name), Request)} == set()


def test_every_struct_of_the_model_is_a_structure_of_the_service_model() -> None:
    ours = {
        name
        for name in model.__all__
        if isinstance(found := getattr(model, name), type)
        and issubclass(found, model.Model)
        and found not in (model.Model, Request)
    }
    assert ours == set(SHAPES)


@EACH_STRUCTURE
def test_a_struct_has_the_members_of_its_structure_and_no_others(name: str) -> None:
    ours = {member for member in fields(name) if (name, member) not in OURS_ONLY}
    assert ours == set(SHAPES[name].members)


@EACH_STRUCTURE
def test_a_struct_is_frozen_and_says_what_it_is(name: str) -> None:
    assert struct(name).__struct_config__.frozen
    assert struct(name).__doc__


@each(MEMBERS)
def test_a_member_has_its_type(name: str, member: str) -> None:
    for shape, found in pairs(SHAPES[name].members[member], fields(name)[member].type):
        assert isinstance(found, KINDS[shape.type_name])
        if isinstance(shape, StructureShape):
            assert found.cls is struct(shape.name)


@each(MOMENTS)
def test_a_moment_that_is_asked_about_may_be_a_number_or_a_string_and_one_that_is_told_is_a_number(
    name: str, member: str
) -> None:
    kinds = [type(one) for one in alternatives(fields(name)[member].type)]
    assert (inspect.DateTimeType in kinds) == issubclass(struct(name), Request)


@each([pair for pair in REQUIRED if pair not in REQUIRED_BY_THE_STRUCT])
def test_a_member_that_is_required_cannot_be_left_out(name: str, member: str) -> None:
    assert fields(name)[member].required


@each(OPTIONAL)
def test_a_member_that_a_caller_may_leave_out_may_also_be_null(name: str, member: str) -> None:
    assert not fields(name)[member].required
    assert fields(name)[member].default is None
    assert any(isinstance(one, inspect.NoneType) for one in alternatives(fields(name)[member].type))


@each(MEMBERS)
def test_a_member_has_its_limits(name: str, member: str) -> None:
    for shape, found in pairs(SHAPES[name].members[member], fields(name)[member].type):
        low, high = shape.metadata.get("min"), shape.metadata.get("max")
        if isinstance(found, inspect.IntType):
            assert found.ge in ({low} if low is not None else {None, INT32[0]})
            assert found.le in ({high} if high is not None else {None, INT32[1]})
        elif shape.type_name == "double":
            assert (found.ge, found.le) == (low, high)
        elif isinstance(found, inspect.StrType | inspect.ListType | inspect.DictType):
            assert (found.min_length or None, found.max_length) == (low or None, high)


@each(INTEGERS)
def test_an_integer_of_a_request_fits_32_bits(name: str, member: str) -> None:
    found = present(fields(name)[member].type)
    assert isinstance(found, inspect.IntType)
    assert found.ge is not None
    assert found.le is not None


@each(MEMBERS)
def test_a_member_has_its_pattern_and_its_enumeration(name: str, member: str) -> None:
    for shape, found in pairs(SHAPES[name].members[member], fields(name)[member].type):
        assert getattr(found, "pattern", None) == shape.metadata.get("pattern")
        assert sorted(getattr(found, "values", ())) == sorted(shape.metadata.get("enum", ()))
