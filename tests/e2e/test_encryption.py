"""Encryption at rest, through boto3 and the command line as they are, to the end of a key and of what it encrypted."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.conftest import RunningServer, eventually
from tests.e2e import crashes
from tests.e2e.conftest import CREDENTIALS, client, environment
from tests.e2e.documents import ask, put, segment, segments_of


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    server = RunningServer(tmp_path_factory.mktemp("encryption") / "data")
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="module")
def kms(running: RunningServer) -> Any:
    return boto3.client(
        "kms", endpoint_url=running.url, config=Config(retries={"total_max_attempts": 1}), **CREDENTIALS
    )


@pytest.fixture
def xray(running: RunningServer) -> Iterator[Any]:
    found = client(running.url)
    yield found
    found.put_encryption_config(Type="NONE")


def secret(mark: str, **members: Any) -> dict[str, Any]:
    """Give a document with a mark where no column has it."""
    return segment("vault", metadata={"default": {"note": f"{mark}-in-metadata"}}, **members)


def send(server: RunningServer, *documents: dict[str, Any]) -> None:
    for first in range(0, len(documents), 50):
        assert put(server.url, *documents[first : first + 50]).status == 200
    eventually(lambda: server.counters()["applier.behind"] == 0)


def files_with(server: RunningServer, mark: str, encoding: str = "utf-8") -> set[str]:
    """Give the parts of the data directory in whose files a mark is found."""
    found = set()
    for path in server.data.rglob("*"):
        if path.is_file() and mark.encode(encoding) in path.read_bytes():
            found.add(path.relative_to(server.data).parts[0])
    return found


def refusal(ask_: Any, *arguments: Any, **members: Any) -> str:
    with pytest.raises(ClientError) as refused:
        ask_(*arguments, **members)
    code: str = refused.value.response["Error"]["Code"]
    return code


def keys(server: RunningServer, *arguments: str) -> str:
    """Run ``radiograph keys``; give what it printed."""
    command = [sys.executable, "-m", "radiograph", "keys", *arguments, "--data", str(server.data)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_keys_are_made_listed_named_and_let_go_as_aws_does_it(kms: Any) -> None:
    made = kms.create_key(Description="traces", Tags=[{"TagKey": "a", "TagValue": "b"}])["KeyMetadata"]
    assert (made["KeyState"], made["Enabled"], made["KeyManager"]) == ("Enabled", True, "CUSTOMER")
    assert made["Arn"] == f"arn:aws:kms:us-east-1:000000000000:key/{made['KeyId']}"
    assert abs(made["CreationDate"].timestamp() - time.time()) < 60
    kms.create_alias(AliasName="alias/life", TargetKeyId=made["KeyId"])
    assert refusal(kms.create_alias, AliasName="alias/life", TargetKeyId=made["KeyId"]) == "AlreadyExistsException"
    assert refusal(kms.create_alias, AliasName="alias/aws/x", TargetKeyId=made["KeyId"]) == "InvalidAliasNameException"
    for named in (made["KeyId"], made["Arn"], "alias/life", "arn:aws:kms:us-east-1:000000000000:alias/life"):
        assert kms.describe_key(KeyId=named)["KeyMetadata"] == made
    assert made["KeyId"] in [one["KeyId"] for one in kms.list_keys()["Keys"]]
    assert [one["AliasName"] for one in kms.list_aliases(KeyId=made["KeyId"])["Aliases"]] == ["alias/life"]
    kms.disable_key(KeyId="alias/life")
    assert kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]["KeyState"] == "Disabled"
    kms.enable_key(KeyId=made["KeyId"])
    doomed = kms.schedule_key_deletion(KeyId=made["KeyId"], PendingWindowInDays=7)
    assert abs(doomed["DeletionDate"].timestamp() - time.time() - 7 * 86_400) < 60
    assert refusal(kms.enable_key, KeyId=made["KeyId"]) == "KMSInvalidStateException"
    assert kms.cancel_key_deletion(KeyId=made["KeyId"])["KeyId"] == made["Arn"]
    kms.delete_alias(AliasName="alias/life")
    assert refusal(kms.describe_key, KeyId="alias/life") == "NotFoundException"
    assert refusal(kms.create_key, KeySpec="RSA_2048") == "UnsupportedOperationException"
    assert refusal(kms.schedule_key_deletion, KeyId=made["KeyId"], PendingWindowInDays=1) == "ValidationException"


def test_aws_s_own_command_line_makes_a_key_and_chooses_it(running: RunningServer, xray: Any, tmp_path: Path) -> None:
    aws = Path(sys.executable).with_name("aws")
    if not aws.exists():
        pytest.skip(f"the AWS CLI is not installed as {aws}")
    names = {"HOME": str(tmp_path), "AWS_ENDPOINT_URL": running.url, "AWS_DEFAULT_REGION": CREDENTIALS["region_name"]}
    named = {name.upper(): value for name, value in CREDENTIALS.items() if name.startswith("aws_")}

    def run(*arguments: str) -> str:
        ran = subprocess.run(
            [str(aws), *arguments], capture_output=True, text=True, env=environment(**names) | named, timeout=180
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()

    key = run("kms", "create-key", "--description", "traces", "--query", "KeyMetadata.KeyId", "--output", "text")
    run("kms", "create-alias", "--alias-name", "alias/cli", "--target-key-id", key)
    run("xray", "put-encryption-config", "--type", "KMS", "--key-id", "alias/cli")
    told = run("xray", "get-encryption-config", "--query", "EncryptionConfig.KeyId", "--output", "text")
    assert told == f"arn:aws:kms:us-east-1:000000000000:key/{key}"


def test_pages_of_keys_hold_every_key_once(kms: Any) -> None:
    made = {kms.create_key()["KeyMetadata"]["KeyId"] for _ in range(5)}
    pages = list(kms.get_paginator("list_keys").paginate(PaginationConfig={"PageSize": 2}))
    listed = [one["KeyId"] for page in pages for one in page["Keys"]]
    assert len(listed) == len(set(listed))
    assert made <= set(listed)


def test_what_is_sent_after_the_choice_is_sealed_wherever_it_lies_and_read_as_ever(
    running: RunningServer, kms: Any, xray: Any
) -> None:
    before, after = [secret("mark-in-clear") for _ in range(3)], [secret("mark-sealed") for _ in range(150)]
    send(running, *before)
    key = kms.create_key()["KeyMetadata"]["Arn"]
    kms.create_alias(AliasName="alias/mine", TargetKeyId=key)
    config = xray.put_encryption_config(Type="KMS", KeyId="alias/mine")["EncryptionConfig"]
    assert config == {"Type": "KMS", "KeyId": key, "Status": "UPDATING"}
    send(running, *after)
    assert "journal" in files_with(running, "mark-in-clear")
    assert files_with(running, "mark-sealed") == set()
    for sent in (before, after[:50], after[100:]):
        found = segments_of(running.url, *[one["trace_id"] for one in sent])
        assert sorted(found, key=str) == sorted(sent, key=str)
    eventually(lambda: xray.get_encryption_config()["EncryptionConfig"] == config | {"Status": "ACTIVE"})
    window = {"StartTime": time.time() - 300, "EndTime": time.time() + 5}
    id_ = after[0]["trace_id"]
    told = ask(running.url, "/TraceSummaries", window | {"FilterExpression": 'service("vault")'}).body
    assert told["TraceSummaries"]
    token = xray.start_trace_retrieval(TraceIds=[id_], **window)["RetrievalToken"]
    eventually(lambda: xray.list_retrieved_traces(RetrievalToken=token)["RetrievalStatus"] == "COMPLETE")
    (trace,) = xray.list_retrieved_traces(RetrievalToken=token)["Traces"]
    assert "mark-sealed" in trace["Spans"][0]["Document"]


def test_keys_change_under_load_and_every_document_is_read(running: RunningServer, kms: Any, xray: Any) -> None:
    sent: list[dict[str, Any]] = []
    stopping = threading.Event()
    refused: list[object] = []

    def load() -> None:
        while not stopping.is_set():
            batch = [secret("under-load") for _ in range(10)]
            answer = put(running.url, *batch)
            if answer.status != 200:
                refused.append(answer)
            sent.extend(batch)

    writer = threading.Thread(target=load)
    writer.start()
    for _ in range(12):
        xray.put_encryption_config(Type="KMS", KeyId=kms.create_key()["KeyMetadata"]["KeyId"])
    stopping.set()
    writer.join()
    assert refused == []
    eventually(lambda: running.counters()["applier.behind"] == 0)
    ids = [one["trace_id"] for one in sent]
    found = [one for n in range(0, len(ids), 100) for one in segments_of(running.url, *ids[n : n + 100])]
    assert sorted(one["trace_id"] for one in found) == sorted(ids)
    assert running.counters().get("documents.unreadable", 0) == 0


def test_a_disabled_key_holds_documents_back_until_it_is_enabled(running: RunningServer, kms: Any, xray: Any) -> None:
    key, sent = kms.create_key()["KeyMetadata"]["KeyId"], secret("held-back")
    xray.put_encryption_config(Type="KMS", KeyId=key)
    send(running, sent)
    kms.disable_key(KeyId=key)
    assert put(running.url, secret("refused")).status == 503
    assert segments_of(running.url, sent["trace_id"]) == []
    assert refusal(xray.put_encryption_config, Type="KMS", KeyId=key) == "InvalidRequestException"
    kms.enable_key(KeyId=key)
    assert segments_of(running.url, sent["trace_id"]) == [sent]
    assert put(running.url, secret("taken-again")).status == 200


def wrapped(server: RunningServer, key: str) -> list[bytes]:
    """Give all that is kept of a key's material, and of what was under it."""
    with sqlite3.connect(server.data / "settings.sqlite3") as database:
        under = "SELECT number FROM data_keys WHERE key_id = :key"
        found = database.execute(
            "SELECT material FROM customer_keys WHERE id = :key UNION ALL SELECT material FROM data_keys "
            f"WHERE key_id = :key UNION ALL SELECT content FROM data_key_dictionaries WHERE data_key IN ({under})",
            {"key": key},
        ).fetchall()
    database.close()
    return [material for (material,) in found if material is not None]


def in_the_store(data: Path, ids: list[str]) -> list[str]:
    """Give the documents of traces as the engine has them, with no key at all, in hexadecimal digits."""
    script = (
        "import sys; from pathlib import Path; from radiograph.storage.clickhouse import ClickHouseStore\n"
        "store = ClickHouseStore(Path(sys.argv[1]), lambda: 0.0)\n"
        "for one in store.documents('000000000000', sys.argv[2:]): print(one.document.hex())\n"
        "store.close()"
    )
    command = [sys.executable, "-c", script, str(data / "store"), *ids]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout.split()


def test_with_a_destroyed_key_its_documents_are_gone_and_nothing_else(tmp_path: Path) -> None:
    server = RunningServer(tmp_path / "data")
    try:
        xray = client(server.url)
        lost, other = keys(server, "create", "--alias", "alias/lost"), keys(server, "create")
        marked = [secret("mark-lost", annotations={"seen": "column"}) for _ in range(80)]
        neighbours = [secret("mark-other") for _ in range(80)]
        for key, documents in (("alias/lost", marked), (other, neighbours)):
            xray.put_encryption_config(Type="KMS", KeyId=key)
            send(server, *documents)
        material = wrapped(server, lost)
        assert len(material) == 3
        assert keys(server, "destroy", lost, "--yes") == f"{lost} is destroyed"
        assert not any(files_with(server, one[20:52].decode("latin-1"), "latin-1") for one in material)
        assert wrapped(server, lost) == []

        def readable(documents: list[dict[str, Any]]) -> int:
            return len(segments_of(server.url, *[one["trace_id"] for one in documents]))

        assert (readable(marked), readable(neighbours)) == (0, 80)
        assert server.counters()["documents.unreadable"] == 80
        window = {"StartTime": time.time() - 300, "EndTime": time.time() + 5}
        asked = window | {"FilterExpression": 'annotation.seen = "column"'}
        told = ask(server.url, "/TraceSummaries", asked).body["TraceSummaries"]
        assert {one["Id"] for one in told} == {one["trace_id"] for one in marked}
        assert all(one["Annotations"] for one in told)
        services = ask(server.url, "/ServiceGraph", window).body["Services"]
        counted = [one["SummaryStatistics"]["TotalCount"] for one in services if "SummaryStatistics" in one]
        assert counted == [160]

        # Neither what the journal retains has them, nor the store, nor one made anew.
        assert server.stop() == 0
        for mark in ("mark-lost", "mark-other"):
            assert files_with(server, mark) == set()
        stored = in_the_store(server.data, [one["trace_id"] for one in marked])
        assert len(stored) == 80
        assert all(one.startswith("01") and b"mark-lost".hex() not in one for one in stored)
        shutil.rmtree(server.data / "store")
        server = RunningServer(tmp_path / "data")
        eventually(lambda: server.counters()["applier.behind"] == 0)
        assert (readable(marked), readable(neighbours)) == (0, 80)
        assert server.counters()["journal.unreadable"] == 80
        assert lost in keys(server, "list")
    finally:
        server.stop()


def test_after_kill_9_what_was_acknowledged_is_there_sealed(tmp_path: Path) -> None:
    first = RunningServer(tmp_path / "data")
    client(first.url).put_encryption_config(Type="KMS", KeyId="alias/aws/xray")
    assert first.stop() == 0
    verdict = crashes.crash(tmp_path / "data", rounds=3, seed=5, longest_s=0.6)
    assert verdict.lost == []
    assert verdict.duplicates == []
    assert verdict.acknowledged > 0
    assert b'"trace_id"' not in b"".join(path.read_bytes() for path in (tmp_path / "data" / "journal").iterdir())
