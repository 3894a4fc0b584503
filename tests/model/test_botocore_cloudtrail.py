"""What is answered of CloudTrail, against botocore's model of it."""

from __future__ import annotations

from typing import get_args

import botocore.session
import msgspec
import pytest
from botocore.model import StructureShape

from radiograph.api.cloudtrail import OPERATIONS
from radiograph.model import cloudtrail
from radiograph.wire.json_rpc import CLOUDTRAIL_TARGET

CLOUDTRAIL = botocore.session.Session().get_service_model("cloudtrail")
STRUCTS = ("Event", "LookupAttribute", "LookupEventsRequest", "LookupEventsResponse", "Resource")


@pytest.mark.parametrize("name", STRUCTS)
def test_a_struct_has_the_members_of_its_shape(name: str) -> None:
    shape = CLOUDTRAIL.shape_for(name)
    assert isinstance(shape, StructureShape)
    fields = {field.encode_name: field for field in msgspec.structs.fields(getattr(cloudtrail, name))}
    assert set(fields) == set(shape.members)
    if name.endswith(("Request", "Attribute")):
        assert [one for one, field in fields.items() if field.required] == list(shape.required_members)


def test_operations_are_botocores() -> None:
    assert set(OPERATIONS) <= set(CLOUDTRAIL.operation_names)
    assert f"{CLOUDTRAIL.metadata['targetPrefix']}." == CLOUDTRAIL_TARGET
    assert get_args(cloudtrail.LookupAttributeKey) == tuple(CLOUDTRAIL.shape_for("LookupAttributeKey").enum)
