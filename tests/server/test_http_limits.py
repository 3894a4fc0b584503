"""Who says little, slowly or too much at once is shown out, and others are served meanwhile."""

from __future__ import annotations

import json
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.conftest import RunningServer, eventually

ADMIN, SECRET = "AKIAFIRSTADMINISTRAT", "the first administrator's secret"
MOST = 20


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    given = {"RADIOGRAPH_ADMIN_ACCESS_KEY_ID": ADMIN, "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY": SECRET}
    running = RunningServer(
        tmp_path_factory.mktemp("limited") / "data",
        *("--auth", "required", "--header-timeout-s", "1", "--least-body-bytes-per-s", "1000"),
        *("--most-connections", str(MOST), "--most-header-bytes", "2048", "--keep-alive-s", "1"),
        *("--most-refusals-per-s", "4", "--most-requests-per-s", "10"),
        environment=given,
    )
    yield running
    assert running.stop() == 0


def connect(server: RunningServer) -> socket.socket:
    return socket.create_connection((server.host, server.port), timeout=60)


def told(connection: socket.socket) -> bytes:
    """Give everything that comes until the other side closes."""
    parts = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def said(server: RunningServer, request: bytes) -> bytes:
    with connect(server) as connection:
        with suppress(ConnectionError):
            connection.sendall(request)
        return told(connection)


def test_who_says_nothing_is_hung_up_on(limited: RunningServer) -> None:
    assert said(limited, b"") == b""


@pytest.mark.parametrize(
    "begun", [b"G", b"GET /healthz HTTP/1.1\r\nHost: x\r\n", b"GET /healthz HTTP/1.1\r\nHost: x\r\nA"]
)
def test_half_a_head_is_not_waited_for(limited: RunningServer, begun: bytes) -> None:
    assert said(limited, begun).startswith(b"HTTP/1.1 408 ")


def test_a_head_that_trickles_is_not_waited_for_either(limited: RunningServer) -> None:
    with connect(limited) as connection:
        connection.settimeout(0.2)
        answer = b""
        for byte in b"GET /healthz HTTP/1.1\r\n" + b"X-Long: " + b"x" * 1000:
            try:
                connection.sendall(bytes([byte]))
                answer = connection.recv(4096)
            except TimeoutError:
                continue
            except ConnectionError:
                pass
            break
        assert answer.startswith(b"HTTP/1.1 408 ")


def test_a_body_that_trickles_is_not_waited_for(limited: RunningServer) -> None:
    head = b"POST /TraceSegments HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
    assert said(limited, head + b"{").startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"x" * 3000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"x" * 3000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"x" * 3000,
        b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(101)) + b"\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"x" * (1 << 20),
    ],
    ids=["a long path", "a long header", "a header's name without end", "101 headers", "a header without end"],
)
def test_a_head_that_is_too_long_is_refused(limited: RunningServer, head: bytes) -> None:
    answer = said(limited, head)
    assert answer.startswith(b"HTTP/1.1 431 ") or answer == b"", answer


def test_a_refusal_of_a_long_head_says_what_is_accepted(limited: RunningServer) -> None:
    body = said(limited, b"GET /" + b"x" * 3000 + b" HTTP/1.1\r\n\r\n").partition(b"\r\n\r\n")[2]
    assert "2048 bytes and 100 headers" in json.loads(body)["message"]


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n",
        b"Content-Length: 2\r\nContent-Length: 3\r\n",
        b"Content-Length: +2\r\n",
        b"Content-Length: 2 2\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b" Content-Length: 2\r\n",
    ],
)
def test_a_body_of_two_lengths_is_no_request(limited: RunningServer, headers: bytes) -> None:
    answer = said(limited, b"POST /TraceSegments HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n{}")
    assert answer.startswith(b"HTTP/1.1 400 "), answer


def test_a_connection_that_is_idle_is_closed(limited: RunningServer) -> None:
    with connect(limited) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert told(connection).startswith(b"HTTP/1.1 200 ")


def test_among_too_many_connections_the_idle_ones_give_way(limited: RunningServer) -> None:
    idle = [connect(limited) for _ in range(MOST)]
    for one in idle:
        one.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert one.recv(4096).startswith(b"HTTP/1.1 200 ")
    with connect(limited) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")
    for one in idle:
        one.close()


def test_beyond_the_bound_connections_are_refused_until_there_is_room(limited: RunningServer) -> None:
    # Whatever came before has gone.
    eventually(lambda: limited.get("/healthz"))
    busy = [connect(limited) for _ in range(MOST * 2)]
    answers = []
    for one in busy:
        with suppress(ConnectionError):
            one.sendall(b"GET /healthz HTTP/1.1\r\n")
        answers.append(told(one)[:13])
        one.close()
    assert b"HTTP/1.1 503 " in answers
    assert limited.get("/healthz") == {"status": "ok"}


# --- rates


def xray(server: RunningServer) -> object:
    return boto3.client(
        "xray",
        endpoint_url=server.url,
        region_name="us-east-1",
        aws_access_key_id=ADMIN,
        aws_secret_access_key=SECRET,
        config=Config(retries={"total_max_attempts": 1}),
    )


def unsigned(server: RunningServer, path: str, body: bytes) -> tuple[int, str]:
    try:
        return urllib.request.urlopen(urllib.request.Request(server.url + path, body), timeout=60).status, ""
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.parametrize(
    ("path", "body", "refused", "limited_by"),
    [
        ("/Groups", b"{}", (403, "MissingAuthenticationToken"), (429, "ThrottledException")),
        ("/TraceSegments", b"{}", (403, "MissingAuthenticationToken"), (429, "ThrottledException")),
        ("/", b"Action=ListUsers&Version=2010-05-08", (403, "MissingAuthenticationToken"), (400, "<Code>Throttling")),
    ],
)
def test_an_address_that_asks_in_vain_is_told_to_wait_and_who_signs_is_served(
    limited: RunningServer, path: str, body: bytes, refused: tuple[int, str], limited_by: tuple[int, str]
) -> None:
    def first() -> bool:
        status, text = unsigned(limited, path, body)
        return status == refused[0] and refused[1] in text

    eventually(first)  # once the cases before are forgotten
    answers = [unsigned(limited, path, body) for _ in range(12)]
    assert any(status == limited_by[0] and limited_by[1] in text for status, text in answers)
    assert xray(limited).get_groups()["Groups"]  # type: ignore[attr-defined]


def test_a_user_that_asks_too_often_is_told_to_wait(limited: RunningServer) -> None:
    client, deadline = xray(limited), time.monotonic() + 60

    def ask_on() -> None:
        while time.monotonic() < deadline:
            client.get_groups()  # type: ignore[attr-defined]

    with pytest.raises(ClientError, match="user/administrator") as failed:
        ask_on()
    assert failed.value.response["Error"]["Code"] == "ThrottledException"
    assert failed.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
