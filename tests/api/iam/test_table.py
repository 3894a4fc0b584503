"""The tables of IAM and STS against botocore's service models."""

from __future__ import annotations

import types
from typing import Any, Union, get_args, get_origin, get_type_hints

import botocore.session
import pytest

from radiograph.api.iam import IAM
from radiograph.api.iam.operation import Operation, Service
from radiograph.api.sts import STS

SESSION = botocore.session.Session()
OF_X_RAYS_GUIDE = {"CreateRole", "AttachRolePolicy", "PutRolePolicy", "CreateUser", "CreateAccessKey", "CreatePolicy"}
BOTH = [(service, operation) for service in (IAM, STS) for operation in service.operations.values()]


def model(service: Service) -> Any:
    return SESSION.get_service_model(service.name)


def told(operation: Operation) -> Any:
    """What an operation answers with, or None."""
    found = get_type_hints(operation.answer)["return"]
    if get_origin(found) in (Union, types.UnionType):
        (found,) = [one for one in get_args(found) if one is not type(None)]
    return None if found is type(None) else found


@pytest.mark.parametrize("service", [IAM, STS], ids=lambda service: service.name)
def test_a_service_is_the_one_of_the_service_model(service: Service) -> None:
    assert service.version == model(service).api_version
    assert service.namespace == model(service).metadata["xmlNamespace"]
    assert set(service.operations) <= set(model(service).operation_names)


@pytest.mark.parametrize(("service", "operation"), BOTH, ids=lambda part: part.name)
def test_an_operation_takes_and_gives_what_the_service_model_says(service: Service, operation: Operation) -> None:
    found = model(service).operation_model(operation.name)
    if found.input_shape is not None:
        assert operation.request.__name__ == found.input_shape.name
    if found.output_shape is None:
        assert told(operation) is None
    else:
        assert told(operation).__name__ == found.output_shape.name
    assert operation.answer.__doc__


@pytest.mark.parametrize("operation", IAM.operations.values(), ids=lambda operation: operation.name)
def test_every_operation_of_iam_asks_whether_the_caller_may(operation: Operation) -> None:
    # An account may leave it to everybody to change their own password: the answer asks by itself.
    assert operation.on is not None or operation.name == "ChangePassword"
    assert operation.is_signed


def test_only_a_web_identity_needs_no_signature() -> None:
    unsigned = [operation.name for _, operation in BOTH if not operation.is_signed]
    assert unsigned == ["AssumeRoleWithWebIdentity"]


def test_what_reads_changes_nothing_by_its_name() -> None:
    reading = {operation.name for operation in IAM.operations.values() if not operation.writes}
    assert all(name.startswith(("Get", "List", "Simulate")) for name in reading)
    assert reading.isdisjoint(OF_X_RAYS_GUIDE)
