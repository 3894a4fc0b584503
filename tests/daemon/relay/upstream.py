"""X-Ray as a test has it: an HTTP server on loopback that notes what it is asked and answers what it is told to."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from radiograph.daemon.relay.connection import Connection
from radiograph.daemon.relay.endpoint import Proxy, read_endpoint, tls_context
from radiograph.daemon.relay.service import Service
from radiograph.daemon.relay.signing import Keys

NOW_S = 1_790_000_000.25
KEYS = Keys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None)


class Asked(NamedTuple):
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int
    """The client's port: equal for what came over one connection."""

    @property
    def documents(self) -> list[str]:
        return json.loads(self.body)["TraceSegmentDocuments"]


class Told(NamedTuple):
    """An answer to give."""

    status: int = 200
    body: bytes = b'{"UnprocessedTraceSegments":[]}'
    headers: dict[str, str] = {"Content-Type": "application/json"}  # noqa: RUF012


HANG_UP = Told(status=0)
"""Instead of an answer: the connection is closed."""


def refusal(status: int, code: str, message: str = "no", **headers: str) -> Told:
    """Give an error as AWS says it."""
    body = json.dumps({"message": message}).encode()
    return Told(status, body, {"Content-Type": "application/json", "x-amzn-ErrorType": code, **headers})


class Upstream:
    """Answers what ``answer`` gives for a request; stopped, nothing answers at its address."""

    def __init__(self, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.answer: Callable[[Asked], Told] = lambda asked: Told()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30
            disable_nagle_algorithm = True

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, body, self.client_address[1])
                outer.asked.append(asked)
                told = outer.answer(asked)
                if told is HANG_UP:
                    self.close_connection = True
                    return
                self.send_response(told.status)
                for name, value in told.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(told.body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(told.body)

            do_GET = do_POST = do_HEAD = do_DELETE = do_PUT = answer

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, *_: object) -> None:
                pass

        self._server = Server(("127.0.0.1", port), Handler)
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_port
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def at(self, path: str) -> list[Asked]:
        return [asked for asked in list(self.asked) if asked.path == path]

    def documents(self) -> list[str]:
        """Give the documents of every PutTraceSegments, in the order of the requests."""
        return [document for asked in self.at("/TraceSegments") for document in asked.documents]


class Given:
    """Keys that are given, or none; and how often they were said to be refused."""

    def __init__(self, keys: Keys | None = None) -> None:
        self._keys, self.refusals = keys, 0

    async def keys(self) -> Keys | None:
        return self._keys

    def refused(self) -> None:
        self.refusals += 1


def service_at(url: str, keys: Keys | None = None, proxy: Proxy | None = None, **environment: str) -> Service:
    """Give the service at a URL, as the daemon reaches it at ``NOW_S``."""
    return Service(
        read_endpoint(url, proxy),
        "eu-west-1",
        Given(keys),
        tls_context(True, environment),
        lambda: NOW_S,
        "radiograph/test",
    )


def connection_to(url: str, proxy: Proxy | None = None, **environment: str) -> Connection:
    return service_at(url, proxy=proxy, **environment).connection()


def as_json(asked: Asked) -> Any:
    return json.loads(asked.body)
