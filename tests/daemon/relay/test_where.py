"""Which region, and which endpoint: what is set, else what the machine says of itself."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from radiograph.config import ConfigError
from radiograph.daemon.relay import Settings
from radiograph.daemon.relay.metadata import Ec2Metadata
from radiograph.daemon.relay.reports import who_am_i
from radiograph.daemon.relay.where import endpoint_of, region_for

from .upstream import Asked, Told, Upstream


def at(upstream: Upstream) -> dict[str, str]:
    return {"AWS_EC2_METADATA_SERVICE_ENDPOINT": upstream.url}


def on_ec2(asked: Asked) -> Told:
    """Answer as EC2's metadata service does, to those who bring its token."""
    if asked.method == "PUT":
        return Told(200, b"the-token") if asked.path == "/latest/api/token" else Told(404)
    if asked.headers.get("x-aws-ec2-metadata-token") != "the-token":
        return Told(401, b"")
    values = {"placement/region": b"ap-south-1", "instance-id": b"i-0123456789abcdef0", "hostname": b"ip-10-0-0-1"}
    found = values.get(asked.path.removeprefix("/latest/meta-data/"))
    return Told(404) if found is None else Told(200, found)


def resolved(environment: dict[str, str], profile: str = "", **settings: object) -> str:
    metadata = Ec2Metadata(environment)
    return region_for(Settings(**settings), environment, metadata, lambda: profile)  # type: ignore[arg-type]


def ecs(directory: Path, text: str) -> dict[str, str]:
    file = directory / "metadata.json"
    file.write_text(text)
    return {"ECS_ENABLE_CONTAINER_METADATA": "True", "ECS_CONTAINER_METADATA_FILE": str(file)}


TASK = json.dumps({"TaskARN": "arn:aws:ecs:us-west-1:111111111111:task/a"})


def test_what_is_set_wins_over_everything_else(upstream: Upstream) -> None:
    assert resolved({"AWS_REGION": "b", **at(upstream)}, "c", region="a") == "a"
    assert upstream.asked == []


def test_then_comes_the_environment(tmp_path: Path, upstream: Upstream) -> None:
    assert resolved({"AWS_REGION": "b", **ecs(tmp_path, TASK), **at(upstream)}, "c") == "b"


def test_then_the_task_s_arn_of_ecs(tmp_path: Path, upstream: Upstream) -> None:
    assert resolved(ecs(tmp_path, TASK) | at(upstream)) == "us-west-1"
    assert upstream.asked == []


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"TaskARN":"task"}', '{"TaskARN":5}', "\xff"])
def test_then_ec2_whatever_is_wrong_with_ecs_s_file(tmp_path: Path, upstream: Upstream, text: str) -> None:
    upstream.answer = on_ec2
    assert resolved(ecs(tmp_path, text) | at(upstream)) == "ap-south-1"


def test_ecs_s_file_is_not_read_unless_ecs_says_it_is_there(tmp_path: Path, upstream: Upstream) -> None:
    upstream.answer = on_ec2
    environment = ecs(tmp_path, TASK) | at(upstream) | {"ECS_ENABLE_CONTAINER_METADATA": "false"}
    assert resolved(environment) == "ap-south-1"


def test_the_first_version_of_the_metadata_service_is_asked_without_a_token(upstream: Upstream) -> None:
    upstream.answer = lambda asked: Told(200, b"eu-north-1") if asked.method == "GET" else Told(405)
    assert resolved(at(upstream)) == "eu-north-1"


def test_in_local_mode_aws_s_configuration_is_asked_and_the_machine_is_not(tmp_path: Path, upstream: Upstream) -> None:
    assert resolved(ecs(tmp_path, TASK) | at(upstream), "from-the-profile", local_mode=True) == "from-the-profile"
    assert upstream.asked == []


@pytest.mark.parametrize("local", [True, False])
def test_without_any_there_is_a_sentence(upstream: Upstream, local: bool) -> None:
    upstream.answer = lambda asked: Told(404)
    with pytest.raises(ConfigError, match="no region is set"):
        resolved(at(upstream), local_mode=local)


def test_to_a_server_of_one_s_own_any_region_will_do(upstream: Upstream) -> None:
    assert resolved(at(upstream), endpoint="http://radiograph.internal:2000") == "us-east-1"
    assert upstream.asked == []


def test_to_an_endpoint_of_aws_it_has_to_be_found(upstream: Upstream) -> None:
    upstream.answer = on_ec2
    endpoint = "https://vpce-1.xray.ap-south-1.vpce.amazonaws.com"
    assert resolved(at(upstream), endpoint=endpoint) == "ap-south-1"


def test_where_no_metadata_service_is_nobody_waits_for_it_long_nor_twice() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        metadata = Ec2Metadata({"AWS_EC2_METADATA_SERVICE_ENDPOINT": f"http://127.0.0.1:{silent.getsockname()[1]}"})
        assert metadata.get("placement/region") == ""
        assert metadata.get("hostname") == ""
        assert silent.accept()
        silent.setblocking(False)
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_who_switched_the_metadata_service_off_is_not_asked(upstream: Upstream) -> None:
    assert Ec2Metadata(at(upstream) | {"AWS_EC2_METADATA_DISABLED": "true"}).get("placement/region") == ""
    assert upstream.asked == []


def test_telemetry_names_the_machine_as_ec2_or_the_environment_does(upstream: Upstream) -> None:
    upstream.answer = on_ec2
    metadata = Ec2Metadata(at(upstream))
    found = who_am_i("arn:x", {}, metadata)
    assert (found.instance_id, found.hostname, found.resource_arn) == ("i-0123456789abcdef0", "ip-10-0-0-1", "arn:x")
    told = who_am_i("", {"AWS_HOSTNAME": "here", "AWS_INSTANCE_ID": "i-longer-than-20-characters"}, metadata)
    assert (told.instance_id, told.hostname) == ("i-longer-than-20-cha", "here")
    assert who_am_i("", {}, None).hostname == ""


@pytest.mark.parametrize(
    ("region", "url"),
    [
        ("us-east-1", "https://xray.us-east-1.amazonaws.com"),
        ("us-gov-west-1", "https://xray.us-gov-west-1.amazonaws.com"),
        ("cn-north-1", "https://xray.cn-north-1.amazonaws.com.cn"),
        ("us-iso-east-1", "https://xray.us-iso-east-1.c2s.ic.gov"),
        ("us-isob-east-1", "https://xray.us-isob-east-1.sc2s.sgov.gov"),
    ],
)
def test_the_endpoint_of_aws_is_the_region_s(region: str, url: str) -> None:
    assert endpoint_of(region) == url
