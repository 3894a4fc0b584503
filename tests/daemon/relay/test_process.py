"""A daemon from its start to its end, as a process."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import eventually
from tests.daemon.running import RunningDaemon, command, environment
from tests.e2e.documents import ask

from .upstream import HANG_UP, Asked, Told, Upstream, as_json

Start = Callable[..., RunningDaemon]


def document(number: int) -> bytes:
    return json.dumps({"id": f"{number:016x}", "trace_id": f"1-{number:08x}-{0:024x}"}).encode()


def documents(*numbers: int) -> list[str]:
    return [document(n).decode() for n in numbers]


def refused(*arguments: str, **variables: str) -> str:
    """Give what a daemon says that does not start."""
    ran = subprocess.run(
        command(*arguments), capture_output=True, text=True, timeout=60, env=environment(**variables), check=False
    )
    assert ran.returncode == 1, ran
    return ran.stderr


def test_what_arrives_is_relayed_and_the_two_ports_have_one_number(upstream: Upstream, start_daemon: Start) -> None:
    daemon = start_daemon(upstream.url)
    assert daemon.udp_port == daemon.tcp_port, "SDKs take one address for both"
    daemon.send(document(1), document(2))
    eventually(lambda: upstream.documents() == documents(1, 2))
    asked = upstream.at("/TraceSegments")[0]
    assert "xray-agent/xray-daemon/" in asked.headers["user-agent"]
    assert "exec-env/UNKNOWN OS/" in asked.headers["user-agent"]
    assert float(asked.headers["x-amzn-xray-timestamp"]) > 1_700_000_000
    assert daemon.end() == 0


def test_stopping_sends_what_has_arrived_and_its_counts(upstream: Upstream, start_daemon: Start) -> None:
    daemon = start_daemon(upstream.url)
    sent = [document(n) for n in range(1, 301)]
    daemon.send(*sent, b"")
    assert daemon.end() == 0
    assert sorted(upstream.documents()) == sorted(one.decode() for one in sent)
    (asked,) = upstream.at("/TelemetryRecords")
    (record,) = as_json(asked)["TelemetryRecords"]
    assert (record["SegmentsReceivedCount"], record["SegmentsSentCount"], record["SegmentsRejectedCount"]) == (
        301,
        300,
        1,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_what_cannot_be_sent_outlives_the_daemon_and_goes_in_order(
    upstream: Upstream, start_daemon: Start, number: int
) -> None:
    upstream.answer = lambda asked: HANG_UP
    first = start_daemon(upstream.url)
    first.send(*[document(n) for n in range(1, 201)])
    eventually(lambda: len(upstream.at("/TraceSegments")) > 2)
    eventually(lambda: sum(one.stat().st_blocks for one in (first.log.parent / "daemon" / "journal").iterdir()))
    assert first.end(number) == (-number if number == signal.SIGKILL else 0)
    upstream.asked.clear()
    upstream.answer = lambda asked: Told()
    second = start_daemon(upstream.url)
    second.send(document(201))
    eventually(lambda: len(upstream.documents()) >= 201)
    arrived = upstream.documents()
    assert sorted(set(arrived)) == sorted(documents(*range(1, 202)))
    assert second.end() == 0


def test_beyond_the_bound_of_the_disk_the_oldest_are_given_up_and_counted(
    upstream: Upstream, start_daemon: Start, tmp_path: Path
) -> None:
    upstream.answer = lambda asked: HANG_UP
    daemon = start_daemon(upstream.url, "--journal-bytes", str(16 << 20))
    sent = 0

    def send() -> None:
        nonlocal sent
        daemon.send(b'{"id":"%d","long":"' % sent + b"x" * 20_000 + b'"}')
        sent += 1

    while "the oldest make room for the new" not in daemon.told():
        send()
    size = sum(file.stat().st_size for file in (tmp_path / "daemon" / "journal").iterdir())
    assert size <= 18 << 20, "the bound, and the turn that is being written"
    upstream.answer = lambda asked: Told()
    upstream.asked.clear()
    newest = sent

    def newer_arrives() -> bool:
        send()  # the flood before it may have been more than the kernel holds
        return any(int(json.loads(one)["id"]) >= newest for one in upstream.documents())

    eventually(newer_arrives)
    assert daemon.end() == 0
    (record,) = as_json(upstream.at("/TelemetryRecords")[0])["TelemetryRecords"]
    assert record["SegmentsReceivedCount"] <= sent  # of more than its buffer holds, the kernel drops the rest
    assert record["SegmentsSpilloverCount"] > 0
    assert record["SegmentsSpilloverCount"] + record["SegmentsSentCount"] == record["SegmentsReceivedCount"]
    assert len(set(upstream.documents())) == record["SegmentsSentCount"]


def test_it_stops_although_the_service_does_not_answer(upstream: Upstream, start_daemon: Start) -> None:
    held = threading.Event()

    def answer(asked: Asked) -> Told:
        held.wait(60)
        return Told()

    upstream.answer = answer
    daemon = start_daemon(upstream.url)
    daemon.send(document(1))
    eventually(lambda: upstream.asked)
    assert daemon.end() == 0
    assert "1 documents stay on disk" in daemon.told()
    held.set()


def test_a_second_daemon_on_the_same_directory_fails_with_a_sentence(
    upstream: Upstream, start_daemon: Start, tmp_path: Path
) -> None:
    first = start_daemon(upstream.url)
    said = refused(
        "--endpoint", upstream.url, "--data", str(tmp_path / "daemon"), "-b", "127.0.0.1:0", "-t", "127.0.0.1:0"
    )
    assert f"process {first.process.pid}" in said
    assert "--data" in said


def test_a_port_that_is_taken_is_named(upstream: Upstream, start_daemon: Start, tmp_path: Path) -> None:
    first = start_daemon(upstream.url)
    taken = f"127.0.0.1:{first.udp_port}"
    data = ("--endpoint", upstream.url, "--data", str(tmp_path / "other"))
    assert f"TCP {taken} cannot be bound" in refused(*data, "-b", "127.0.0.1:0", "-t", taken)
    assert f"UDP {taken} cannot be bound" in refused(*data, "-b", taken, "-t", "127.0.0.1:0")


def test_a_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = refused("--endpoint", "http://127.0.0.1:9", "--data", str(tmp_path / "file" / "x"), "-b", ":0", "-t", ":0")
    assert "the daemon cannot keep its journal in" in said
    assert "--data" in said


def test_a_daemon_does_not_send_to_itself(tmp_path: Path, upstream: Upstream) -> None:
    port = upstream.port
    upstream.stop()
    said = refused(
        *("--endpoint", f"http://localhost:{port}", "--data", str(tmp_path)),
        *("-b", "127.0.0.1:0", "-t", f"127.0.0.1:{port}"),
    )
    assert "is this daemon itself" in said


def test_without_a_region_there_is_a_sentence(tmp_path: Path) -> None:
    assert "no region is set" in refused("--data", str(tmp_path), "-b", "127.0.0.1:0", "-t", "127.0.0.1:0")


def test_keys_of_the_environment_sign_what_is_sent_and_what_is_forwarded(
    upstream: Upstream, start_daemon: Start
) -> None:
    upstream.answer = lambda asked: Told(200, b"{}")
    daemon = start_daemon(
        upstream.url, "--region", "eu-west-3", AWS_ACCESS_KEY_ID="AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY="secret"
    )
    daemon.send(document(1))
    ask(daemon.url, "/GetSamplingRules")
    eventually(lambda: upstream.at("/TraceSegments"))
    for asked in upstream.asked:
        assert "Credential=AKIDEXAMPLE/" in asked.headers["authorization"]
        assert "/eu-west-3/xray/aws4_request" in asked.headers["authorization"]


ROLE = b"""<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>the-token</SessionToken>
<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"""


def as_granted(asked: Asked) -> Told:
    return Told(200, ROLE, {"Content-Type": "text/xml"}) if asked.path == "/" else Told()


def test_a_role_is_assumed_and_its_keys_sign(upstream: Upstream, start_daemon: Start) -> None:
    upstream.answer = as_granted
    daemon = start_daemon(
        *(upstream.url, "--role-arn", "arn:aws:iam::111111111111:role/xray"),
        AWS_ACCESS_KEY_ID="AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY="secret",
        AWS_ENDPOINT_URL_STS=upstream.url,
    )
    daemon.send(document(1))
    (asked,) = eventually(lambda: upstream.at("/TraceSegments"))  # type: ignore[misc]
    assert "Credential=ASIAROLE/" in asked.headers["authorization"]
    assert asked.headers["x-amz-security-token"] == "the-token"
    (assumed,) = upstream.at("/")
    assert b"RoleSessionName=xray-daemon" in assumed.body
    assert b"role%2Fxray" in assumed.body


def test_a_role_that_is_denied_keeps_the_documents_until_it_is_granted(upstream: Upstream, start_daemon: Start) -> None:
    upstream.answer = lambda asked: Told(
        403, b"<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>"
    )
    daemon = start_daemon(
        *(upstream.url, "--role-arn", "arn:aws:iam::111111111111:role/xray"),
        AWS_ACCESS_KEY_ID="AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY="secret",
        AWS_ENDPOINT_URL_STS=upstream.url,
    )
    daemon.send(document(1))
    eventually(lambda: "NOTHING IS TAKEN" in daemon.told())
    assert "credentials cannot be had" in daemon.told()
    upstream.answer = as_granted
    eventually(lambda: any("ASIAROLE" in one.headers.get("authorization", "") for one in upstream.at("/TraceSegments")))
    assert daemon.end() == 0


def test_its_process_has_neither_the_store_nor_the_server_nor_what_they_need(
    upstream: Upstream, start_daemon: Start
) -> None:
    ran = subprocess.run(command("--help"), capture_output=True, text=True, timeout=60, env=environment(), check=True)
    assert "--endpoint" in ran.stdout
    code = "import radiograph.daemon.relay.process, sys; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [command()[0], "-c", code], capture_output=True, text=True, timeout=60, check=True
    ).stdout.split()
    unwanted = ("chdb", "uvicorn", "grpc", "boto3", "sqlalchemy", "google.protobuf", "radiograph.storage", "rich")
    assert [one for one in loaded if one.startswith(unwanted)] == []
    daemon = start_daemon(upstream.url)
    daemon.send(document(1))
    eventually(lambda: upstream.documents())
    status = Path(f"/proc/{daemon.process.pid}/status").read_text()
    resident_kb = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
    assert resident_kb < 60 * 1024
