"""OAM where nobody has to sign: boto3 with any keys at all, one account, and so nobody to link to."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.conftest import RunningServer
from tests.e2e.conftest import CREDENTIALS
from tests.e2e.documents import ask

TRACES = ["AWS::XRay::Trace"]


@pytest.fixture(scope="module")
def oam(server: RunningServer) -> Any:
    return boto3.client("oam", endpoint_url=server.url, config=Config(retries={"total_max_attempts": 1}), **CREDENTIALS)


def refusal(ask_: Any, **members: Any) -> str:
    with pytest.raises(ClientError) as refused:
        ask_(**members)
    code: str = refused.value.response["Error"]["Code"]
    return code


def test_a_sink_lives_from_its_making_to_its_end(oam: Any) -> None:
    made = oam.create_sink(Name="one", Tags={"a": "b"})
    assert made["Arn"] == f"arn:aws:oam:us-east-1:000000000000:sink/{made['Id']}"
    assert refusal(oam.get_sink_policy, SinkIdentifier=made["Arn"]) == "ResourceNotFoundException"
    oam.tag_resource(ResourceArn=made["Arn"], Tags={"c": "d"})
    oam.untag_resource(ResourceArn=made["Arn"], TagKeys=["a"])
    assert oam.list_tags_for_resource(ResourceArn=made["Arn"])["Tags"] == {"c": "d"}
    assert oam.get_sink(Identifier=made["Arn"], IncludeTags=True)["Tags"] == {"c": "d"}
    assert oam.list_sinks()["Items"] == [{"Arn": made["Arn"], "Id": made["Id"], "Name": "one"}]
    assert refusal(oam.create_sink, Name="two") == "ConflictException"
    itself = {"LabelTemplate": "x", "ResourceTypes": TRACES, "SinkIdentifier": made["Arn"]}
    assert refusal(oam.create_link, **itself) == "InvalidParameterException"
    assert oam.list_links()["Items"] == []
    oam.delete_sink(Identifier=made["Arn"])
    assert oam.list_sinks()["Items"] == []


def test_what_is_not_signed_is_answered_too_and_what_is_missing_is_told(server: RunningServer) -> None:
    assert ask(server.url, "/ListSinks", {}).body == {"Items": []}
    missing = ask(server.url, "/GetSink", {})
    assert (missing.status, missing.body["__type"]) == (400, "MissingRequiredParameterException")
    wrong = ask(server.url, "/CreateSink", {"Name": "a b"})
    assert (wrong.status, wrong.body["__type"]) == (400, "InvalidParameterException")
    tags = ask(server.url, "/tags/arn%3Anothing", method="GET")
    assert (tags.status, tags.body["__type"]) == (400, "ValidationException")


def test_pages_of_the_console_are_no_operations(server: RunningServer) -> None:
    assert "x-amzn-requestid" not in ask(server.url, "/tags/shop", method="GET").headers
