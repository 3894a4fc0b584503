"""One connection: kept open, opened again when the other end closed it, through a proxy, over TLS."""

from __future__ import annotations

import asyncio
import base64
import select
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvloop

from radiograph.daemon.relay.answer import BadAnswer
from radiograph.daemon.relay.connection import Connection
from radiograph.daemon.relay.endpoint import Proxy

from .upstream import HANG_UP, Asked, Told, Upstream, connection_to

HEADERS = [("Content-Type", "application/json")]
Runner = Callable[..., object]


@pytest.fixture(params=[asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def run(request: pytest.FixtureRequest) -> Runner:
    return request.param  # type: ignore[no-any-return]


async def ask(connection: Connection, path: str = "/x", body: bytes = b"{}", timeout_s: float = 10.0) -> bytes:
    return (await connection.exchange("POST", path, HEADERS, body, timeout_s)).body


def test_requests_follow_each_other_over_one_connection(upstream: Upstream, run: Runner) -> None:
    async def twice() -> None:
        connection = connection_to(upstream.url)
        for n in range(3):
            await ask(connection, f"/{n}", b"%d" % n)
        connection.close()

    run(twice())
    assert [(asked.path, asked.body) for asked in upstream.asked] == [("/0", b"0"), ("/1", b"1"), ("/2", b"2")]
    assert len({asked.connection for asked in upstream.asked}) == 1
    assert upstream.asked[0].headers["host"] == f"127.0.0.1:{upstream.port}"


def test_a_large_body_arrives_whole(upstream: Upstream, run: Runner) -> None:
    body = bytes(range(256)) * 20_000
    upstream.answer = lambda asked: Told(200, asked.body)
    assert run(ask(connection_to(upstream.url), body=body)) == body
    assert upstream.asked[0].body == body


def test_what_was_closed_at_the_other_end_is_opened_again(start_upstream: Callable[..., Upstream], run: Runner) -> None:
    async def across_a_restart() -> None:
        first = start_upstream()
        connection = connection_to(first.url)
        await ask(connection)
        first.answer = lambda asked: HANG_UP
        with pytest.raises(ConnectionResetError):
            await ask(connection)
        first.answer = lambda asked: Told(headers={"Connection": "close"})
        await ask(connection)
        await ask(connection)
        assert len(first.asked) == 5, "what was hung up on is sent once more, over another connection"
        assert len({asked.connection for asked in first.asked}) == 4

    run(across_a_restart())


def test_nobody_there_is_an_error_and_so_is_one_who_says_nothing(run: Runner) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ConnectionRefusedError):
            run(ask(connection_to(url)))
        silent.listen()
        with pytest.raises(TimeoutError, match="no answer within"):
            run(ask(connection_to(url), timeout_s=0.1))


def test_an_unknown_host_is_an_error_of_its_own(run: Runner) -> None:
    with pytest.raises(socket.gaierror):
        run(ask(connection_to("http://nowhere.invalid")))


def raw_server(answer: bytes) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            one, _ = server.accept()
            with one:
                one.recv(65_536)
                one.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


@pytest.mark.parametrize(
    "answer", [b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", b"HTTP/1.1 20"]
)
def test_what_is_no_answer_is_told_from_one(answer: bytes, run: Runner) -> None:
    for url in raw_server(answer):
        with pytest.raises(BadAnswer):
            run(ask(connection_to(url)))


def test_an_answer_may_end_with_the_connection(run: Runner) -> None:
    for url in raw_server(b"HTTP/1.0 200 OK\r\n\r\nall of it"):
        assert run(ask(connection_to(url))) == b"all of it"


class HttpProxy:
    """A proxy that knows CONNECT, and asks to be told a password."""

    def __init__(self, to: int, password: str) -> None:
        self.asked: list[str] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._to, self._password = to, base64.b64encode(password.encode()).decode()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        near, _ = self._server.accept()
        head = b""
        while b"\r\n\r\n" not in head:
            head += near.recv(1024)
        self.asked.append(head.split(b"\r\n")[0].decode())
        if f"Proxy-Authorization: Basic {self._password}".encode() not in head:
            near.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            near.close()
            return
        far = socket.create_connection(("127.0.0.1", self._to))
        near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        while True:
            for one in select.select([near, far], [], [])[0]:
                data = one.recv(65_536)
                if not data:
                    near.close()
                    far.close()
                    return
                (far if one is near else near).sendall(data)

    def close(self) -> None:
        self._server.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 and its key, in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    directory = tmp_path_factory.mktemp("tls")
    key, file = directory / "key.pem", directory / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(file)),
        ],
        check=True,
        capture_output=True,
    )
    file.write_text(file.read_text() + key.read_text())
    return file


@pytest.fixture
def over_tls(certificate: Path, start_upstream: Callable[..., Upstream]) -> Upstream:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return start_upstream(tls=context)


def test_over_tls_the_certificate_is_verified(over_tls: Upstream, certificate: Path, run: Runner) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        run(ask(connection_to(over_tls.url)))

    async def twice() -> None:
        connection = connection_to(over_tls.url, AWS_CA_BUNDLE=str(certificate))
        await ask(connection)
        await ask(connection)
        connection.close()

    run(twice())
    assert len({asked.connection for asked in over_tls.asked}) == 1


def test_a_proxy_is_asked_for_a_tunnel(over_tls: Upstream, certificate: Path, run: Runner) -> None:
    proxy = HttpProxy(over_tls.port, "me:secret")
    through = Proxy("127.0.0.1", proxy.port, "Basic " + base64.b64encode(b"me:secret").decode())

    async def twice() -> None:
        connection = connection_to("https://127.0.0.1:443", through, AWS_CA_BUNDLE=str(certificate))
        await ask(connection)
        await ask(connection)
        connection.close()

    run(twice())
    proxy.close()
    assert proxy.asked == ["CONNECT 127.0.0.1:443 HTTP/1.1"]
    assert "proxy-authorization" not in over_tls.asked[0].headers
    assert len({asked.connection for asked in over_tls.asked}) == 1


def test_a_proxy_that_opens_no_tunnel_is_named(run: Runner) -> None:
    proxy = HttpProxy(1, "me:secret")
    with pytest.raises(BadAnswer, match=r"the proxy .* answers 407"):
        run(ask(connection_to("https://127.0.0.1:443", Proxy("127.0.0.1", proxy.port))))
    proxy.close()


def test_without_tls_a_proxy_is_told_the_whole_url(upstream: Upstream, run: Runner) -> None:
    run(ask(connection_to("http://radiograph.test:2000", Proxy("127.0.0.1", upstream.port, "Basic eA==")), "/Traces"))
    (asked,) = upstream.asked
    assert asked.path == "http://radiograph.test:2000/Traces"
    assert asked.headers["host"] == "radiograph.test:2000"
    assert asked.headers["proxy-authorization"] == "Basic eA=="


def test_a_request_that_is_given_up_leaves_nothing_behind_for_the_next(upstream: Upstream, run: Runner) -> None:
    held = threading.Event()

    def answer(asked: Asked) -> Told:
        if asked.path == "/slow":
            held.wait(10)
        return Told(200, asked.path.encode())

    upstream.answer = answer

    async def cancelled() -> bytes:
        connection = connection_to(upstream.url)
        slow = asyncio.create_task(ask(connection, "/slow"))
        while not upstream.asked:
            await asyncio.sleep(0.01)
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)
        held.set()
        return await ask(connection, "/next")

    assert run(cancelled()) == b"/next"
