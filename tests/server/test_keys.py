"""The master key at the start of a server, and who may do what to keys."""

from __future__ import annotations

import base64
import json
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from radiograph.keys import KeyMaker
from radiograph.secrets import MasterKey
from radiograph.storage.documents import SettingsDatabase
from tests.conftest import RunningServer, eventually
from tests.e2e.documents import put, segment, segments_of

from .conftest import Failing

ADMIN, SECRET = "AKIAFIRSTADMINISTRAT", "the first administrator's secret"
ACCOUNT = "000000000000"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    given = {"RADIOGRAPH_ADMIN_ACCESS_KEY_ID": ADMIN, "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY": SECRET}
    running = RunningServer(tmp_path_factory.mktemp("keys") / "data", "--auth", "required", environment=given)
    yield running
    assert running.stop() == 0


def client(server: RunningServer, service: str, key: str = ADMIN, secret: str = SECRET) -> Any:
    credentials = {"aws_access_key_id": key, "aws_secret_access_key": secret, "region_name": "us-east-1"}
    once = Config(retries={"total_max_attempts": 1})
    return boto3.client(service, endpoint_url=server.url, config=once, **credentials)


@pytest.fixture
def allowed(guarded: RunningServer) -> Callable[..., Callable[[str], Any]]:
    """Give the clients of a new user who may do so much."""

    def make(name: str, *statements: dict[str, Any]) -> Callable[[str], Any]:
        iam = client(guarded, "iam")
        iam.create_user(UserName=name)
        document = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
        iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=document)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return lambda service: client(guarded, service, key["AccessKeyId"], key["SecretAccessKey"])

    return make


def refused(ask: Callable[..., object], **members: Any) -> str:
    with pytest.raises(ClientError) as failed:
        ask(**members)
    code: str = failed.value.response["Error"]["Code"]
    return code


def test_keys_are_only_for_whoever_signs(guarded: RunningServer) -> None:
    assert client(guarded, "kms").list_keys()["Keys"] == []
    assert refused(client(guarded, "kms", secret="another").list_keys) == "InvalidSignatureException"


def test_what_is_refused_is_said_as_kms_says_it(
    guarded: RunningServer, allowed: Callable[..., Callable[[str], Any]]
) -> None:
    nothing = allowed("no-keys", {"Effect": "Allow", "Action": "xray:GetGroups", "Resource": "*"})
    for kms in (client(guarded, "kms", secret="another"), nothing("kms")):
        with pytest.raises(ClientError) as failed:
            kms.list_keys()
        told = failed.value.response["ResponseMetadata"]
        assert (told["HTTPStatusCode"], told["HTTPHeaders"]["content-type"]) == (400, "application/x-amz-json-1.1")


def test_who_may_use_one_key_may_not_use_another_and_not_learn_which_there_are(
    guarded: RunningServer, allowed: Callable[..., Callable[[str], Any]]
) -> None:
    kms = client(guarded, "kms")
    mine, other = (kms.create_key()["KeyMetadata"]["Arn"] for _ in range(2))
    anyone = {"Effect": "Allow", "Action": ["xray:PutEncryptionConfig"], "Resource": "*"}
    user = allowed("one-key", anyone, {"Effect": "Allow", "Action": "kms:*", "Resource": mine})
    assert user("kms").describe_key(KeyId=mine)["KeyMetadata"]["Arn"] == mine
    for ask in (user("kms").describe_key, user("kms").disable_key, user("kms").schedule_key_deletion):
        assert refused(ask, KeyId=other) == "AccessDeniedException"
        assert refused(ask, KeyId="1234abcd-12ab-34cd-56ef-1234567890ab") == "AccessDeniedException"
    assert refused(user("kms").create_key) == refused(user("kms").list_keys) == "AccessDeniedException"
    assert user("xray").put_encryption_config(Type="KMS", KeyId=mine)["EncryptionConfig"]["KeyId"] == mine
    assert refused(user("xray").put_encryption_config, Type="KMS", KeyId=other) == "AccessDeniedException"
    user("xray").put_encryption_config(Type="NONE")


def test_a_server_with_another_master_key_does_not_start(tmp_path: Path, failing_serve: Failing) -> None:
    (tmp_path / "data").mkdir()
    settings = SettingsDatabase(tmp_path / "data" / "settings.sqlite3")
    with settings.change(ACCOUNT) as kept:
        kept.keys.put(KeyMaker(MasterKey(b"a" * 32)).customer_key(ACCOUNT, 0.0))
    settings.close()
    another = {"RADIOGRAPH_MASTER_KEY": base64.b64encode(b"b" * 32).decode()}
    code, said = failing_serve(environment=another)
    assert code == 1
    assert "the master key does not open key" in said


def test_a_server_whose_command_gives_no_key_does_not_start(failing_serve: Failing) -> None:
    command = shlex.join([sys.executable, "-c", "import sys; sys.exit('AccessDenied by the vault')"])
    code, said = failing_serve("--master-key-command", command)
    assert code == 1
    assert "AccessDenied by the vault" in said


def test_a_command_gives_the_key_and_everything_is_sealed_under_it(tmp_path: Path) -> None:
    key = base64.b64encode(b"c" * 32).decode()
    command = shlex.join([sys.executable, "-c", f"print({key!r})"])
    server = RunningServer(tmp_path / "data", "--encrypt-at-rest", "--master-key-command", command)
    try:
        sent = [segment("sealed", metadata={"default": {"note": "canary"}}) for _ in range(20)]
        assert put(server.url, *sent).status == 200
        eventually(lambda: server.counters()["applier.behind"] == 0)
        assert len(segments_of(server.url, *[one["trace_id"] for one in sent])) == 20
        assert not (tmp_path / "data" / "master.key").exists()
        assert not any(b"canary" in path.read_bytes() for path in (tmp_path / "data" / "journal").iterdir())
    finally:
        assert server.stop() == 0
