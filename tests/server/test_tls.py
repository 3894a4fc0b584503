"""TLS: real clients that verify, a certificate that is replaced while they talk, and files that are none."""

from __future__ import annotations

import base64
import http.client
import json
import signal
import ssl
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import grpc
import pytest
from cryptography import x509
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import TraceServiceStub

from tests.conftest import RunningServer, eventually
from tests.segments.otlp import request
from tests.server.certificates import Authority

ADMIN, SECRET = "AKIAFIRSTADMINISTRAT", "the first administrator's secret"
BASIC = "Basic " + base64.b64encode(f"{ADMIN}:{SECRET}".encode()).decode()


class Secured:
    """A server with a certificate, and the files that it is in."""

    def __init__(self, directory: Path) -> None:
        self.authority = Authority(directory)
        self.certificate, self.key = directory / "server.pem", directory / "server.key"
        self.serial = self.replace()
        given = {"RADIOGRAPH_ADMIN_ACCESS_KEY_ID": ADMIN, "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY": SECRET}
        files = ("--tls-certificate", str(self.certificate), "--tls-key", str(self.key))
        self.server = RunningServer(directory / "data", "--auth", "required", *files, environment=given)
        self.server.context = ssl.create_default_context(cafile=str(self.authority.file))

    def replace(self) -> int:
        certificate, key, serial = self.authority.sign()
        self.certificate.write_bytes(certificate)
        self.key.write_bytes(key)
        return serial

    def connect(self) -> http.client.HTTPSConnection:
        return http.client.HTTPSConnection(self.server.host, self.server.port, timeout=60, context=self.server.context)

    def shown(self, port: int | None = None) -> int:
        """Give the serial number of the certificate that a new connection is shown."""
        pem = ssl.get_server_certificate((self.server.host, port or self.server.port))
        return x509.load_pem_x509_certificate(pem.encode()).serial_number

    def counter(self, name: str) -> int:
        connection = self.connect()
        connection.request("GET", "/counters", headers={"Authorization": BASIC})
        counters = json.loads(connection.getresponse().read())
        connection.close()
        return int(counters.get(name, 0))


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    running = Secured(tmp_path_factory.mktemp("tls"))
    yield running
    assert running.server.stop() == 0


def test_boto3_verifies_the_certificate_and_is_answered(secured: Secured) -> None:
    for service, ask in (("xray", "get_groups"), ("sts", "get_caller_identity"), ("iam", "list_users")):
        client = boto3.client(
            service,
            endpoint_url=secured.server.url,
            region_name="us-east-1",
            aws_access_key_id=ADMIN,
            aws_secret_access_key=SECRET,
            verify=str(secured.authority.file),
        )
        assert getattr(client, ask)()["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_what_is_not_tls_gets_no_answer(secured: Secured) -> None:
    with pytest.raises((http.client.HTTPException, OSError)):
        urllib.request.urlopen(f"http://{secured.server.host}:{secured.server.port}/healthz", timeout=60)


@pytest.mark.parametrize(("version", "accepted"), [("-no_tls1_3", True), ("-tls1_1", False), ("-tls1", False)])
def test_tls_is_1_2_or_later(secured: Secured, version: str, accepted: bool) -> None:
    where = f"{secured.server.host}:{secured.server.port}"
    command = ["openssl", "s_client", "-connect", where, "-cipher", "ALL:@SECLEVEL=0", version]
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert (ran.returncode == 0) is accepted, ran.stderr


def test_every_answer_says_that_plain_http_is_over(secured: Secured) -> None:
    for path in ("/healthz", "/", "/login", "/no/such/file.png"):
        connection = secured.connect()
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.getheader("strict-transport-security") == "max-age=31536000", path
        connection.close()


def test_the_cookie_of_a_session_never_leaves_tls_nor_the_host(secured: Secured) -> None:
    connection = secured.connect()
    form = urllib.parse.urlencode({"key": ADMIN, "secret": SECRET})
    connection.request("POST", "/login", form, {"Origin": secured.server.url})
    answer = connection.getresponse()
    answer.read()
    cookie = answer.getheader("set-cookie", "")
    assert cookie.startswith("__Host-radiograph=")
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    told = {"Origin": secured.server.url, "Cookie": cookie.split(";")[0]}
    connection.request("POST", "/Groups", "{}", told)
    assert connection.getresponse().status == 200


def test_spans_come_over_tls_too(secured: Secured) -> None:
    body = request({}, now_ns=time.time_ns())
    told = {"content-type": "application/x-protobuf", "authorization": BASIC}
    for where in (secured.server.otlp_http, secured.server.url):
        posted = urllib.request.Request(f"{where}/v1/traces", body.SerializeToString(), told)
        assert urllib.request.urlopen(posted, timeout=60, context=secured.server.context).status == 200
    trusted = grpc.ssl_channel_credentials(secured.authority.file.read_bytes())
    with grpc.secure_channel(secured.server.otlp_grpc.removeprefix("https://"), trusted) as channel:
        TraceServiceStub(channel).Export(body, metadata=[("authorization", BASIC)], timeout=60)


@pytest.mark.parametrize("how", ["by a signal", "by itself"])
def test_a_replaced_certificate_is_shown_and_no_connection_dropped(secured: Secured, how: str) -> None:
    before = secured.connect()
    before.request("GET", "/healthz")
    assert before.getresponse().read()
    socket = before.sock
    serial = secured.replace()
    if how == "by a signal":
        secured.server.process.send_signal(signal.SIGHUP)
    eventually(lambda: secured.shown() == serial)
    assert secured.shown(int(secured.server.otlp_http.rsplit(":", 1)[1])) == serial
    eventually(lambda: secured.shown(int(secured.server.otlp_grpc.rsplit(":", 1)[1])) == serial)
    before.request("GET", "/healthz")
    assert before.getresponse().status == 200
    assert before.sock is socket, "the connection from before is the same one"


def test_files_that_do_not_fit_change_nothing(secured: Secured) -> None:
    shown, failed = secured.shown(), secured.counter("tls.reloads.failed")
    secured.certificate.write_bytes(secured.authority.sign()[0])
    secured.server.process.send_signal(signal.SIGHUP)
    eventually(lambda: secured.counter("tls.reloads.failed") > failed)
    assert secured.shown() == shown


# --- files that are none

Failing = Callable[..., tuple[int, str]]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    authority = Authority(tmp_path)
    certificate, key, _ = authority.sign()
    contents = {
        "certificate": certificate,
        "key": key,
        "another key": authority.sign()[1],
        "an encrypted key": authority.sign(b"passphrase")[1],
        "neither": b"-----BEGIN NOTHING-----\n",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in (*contents, "absent")}


@pytest.mark.parametrize(
    ("certificate", "key", "told"),
    [
        ("certificate", "another key", "is not the key of the first certificate"),
        ("certificate", "an encrypted key", "is encrypted"),
        ("certificate", "neither", "no private key"),
        ("neither", "key", "no certificate"),
        ("key", "certificate", "no certificate"),
        ("absent", "key", "cannot be read: No such file"),
        ("certificate", None, "tls_key (--tls-key) is missing"),
        (None, "key", "tls_certificate (--tls-certificate) is missing"),
    ],
)
def test_wrong_files_are_told_apart(
    failing_serve: Failing, files: dict[str, Path], certificate: str | None, key: str | None, told: str
) -> None:
    arguments = [f"--tls-certificate={files[certificate]}"] if certificate else []
    arguments += [f"--tls-key={files[key]}"] if key else []
    code, said = failing_serve(*arguments)
    assert code != 0
    assert told in said
