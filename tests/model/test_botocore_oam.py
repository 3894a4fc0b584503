"""What is asked and answered of OAM, against botocore's model of it: every operation, member by member."""

from __future__ import annotations

import inspect
from typing import get_args

import botocore.session
import msgspec
import pytest
from botocore.model import StructureShape

from radiograph.api.oam import OPERATIONS
from radiograph.api.oam import errors as oam_errors
from radiograph.errors import ApiError
from radiograph.model import oam

OAM = botocore.session.Session().get_service_model("oam")
IN_PATH = {"ResourceArn", "TagKeys"}


def fields(struct: type[msgspec.Struct]) -> dict[str, bool]:
    return {field.encode_name: field.required for field in msgspec.structs.fields(struct)}


def test_every_operation_is_there_where_botocore_asks_for_it() -> None:
    assert set(OPERATIONS) == set(OAM.operation_names)
    for name, operation in OPERATIONS.items():
        asked = OAM.operation_model(name).http
        assert (asked["method"], asked["requestUri"].replace("{ResourceArn}", "")) == (operation.method, operation.path)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_request_has_the_members_of_its_shape(name: str) -> None:
    shape, told = OAM.operation_model(name).input_shape, fields(OPERATIONS[name].request)
    assert isinstance(shape, StructureShape)
    assert set(told) == set(shape.members)
    assert {one for one, required in told.items() if required} | IN_PATH >= set(shape.required_members)


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_answer_has_the_members_of_its_shape(name: str) -> None:
    hint = inspect.get_annotations(OPERATIONS[name].answer, eval_str=True)["return"]
    assert set(fields(hint)) == set(OAM.operation_model(name).output_shape.members)


def test_lists_and_choices_are_botocore_s() -> None:
    for name in ("ListSinksItem", "ListLinksItem", "ListAttachedLinksItem", "LinkConfiguration", "MetricConfiguration"):
        assert set(fields(getattr(oam, name))) == set(OAM.shape_for(name).members)
    assert get_args(oam.ResourceType) == tuple(OAM.shape_for("ResourceType").enum)


def test_errors_have_botocore_s_names_and_status() -> None:
    for error in vars(oam_errors).values():
        if isinstance(error, type) and issubclass(error, ApiError) and error is not ApiError:
            assert OAM.shape_for(error.code).metadata["error"]["httpStatusCode"] == error.status
