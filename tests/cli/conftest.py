"""A server that answers what it was told to, and a terminal whose clock stands still."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from radiograph.cli.terminal import Terminal

NOW_S = 1_790_000_000.0


class StubServer:
    """Answers by path: a JSON value, or what a function of the request's body gives: status, headers, bytes."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.asked: list[tuple[str, Any]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length) or b"null")
                outer.asked.append((self.path, body))
                answer = outer.answers.get(self.path)
                status, headers, payload = answer(body) if callable(answer) else (200, {}, json.dumps(answer).encode())
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def do_GET(self) -> None:
                self.do_POST()

            def date_time_string(self, timestamp: float | None = None) -> str:
                return super().date_time_string(NOW_S if timestamp is None else int(timestamp))

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"


@pytest.fixture
def server() -> Iterator[StubServer]:
    made = StubServer()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.http.shutdown()
    made.http.server_close()
    thread.join()


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run a command on a terminal where it is always 1790000000 and pauses take no time but move the clock."""

    def invoke(command: click.Command, *arguments: str) -> Result:
        now_s = [NOW_S]

        def pause(pause_s: float) -> None:
            now_s[0] += pause_s

        return CliRunner().invoke(command, list(arguments), obj=Terminal(clock=lambda: now_s[0], pause=pause))

    return invoke
