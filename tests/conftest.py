"""Servers for tests: real processes on free ports, each with a data directory of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no counterexample.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

_READY = re.compile(
    r"ready in (?P<took>[\d.]+) s · (?P<url>https?://\S+?)/ · udp (?P<host>\S+):(?P<udp>\d+)"
    r" · otlp grpc \S+:(?P<grpc>\d+), http \S+:(?P<http>\d+)"
)


class RunningServer:
    """``radiograph serve`` in a process of its own."""

    def __init__(self, data: Path, *arguments: str, environment: dict[str, str] | None = None) -> None:
        self.data = data
        self.log = data.with_name(f"{data.name}.log")
        usual = {name: value for name, value in os.environ.items() if not name.startswith("RADIOGRAPH_")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "radiograph", "serve", "--port", "0", "--udp-port", "0"),
                    *("--data", str(data), *arguments),
                ],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=usual | (environment or {}),
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        ready = _READY.search(line)
        assert ready, f"no ready line but {line!r}; log: {self.log.read_text()[-3000:]}"
        self.url, self.host, self.udp_port = ready["url"], ready["host"], int(ready["udp"])
        self.port = int(self.url.rsplit(":", 1)[1])
        scheme = self.url.partition(":")[0]
        self.context: ssl.SSLContext | None = None
        """Of a server with a certificate: what a client of it trusts."""
        self.otlp_grpc, self.otlp_http = (f"{scheme}://{self.host}:{ready[way]}" for way in ("grpc", "http"))
        self.took_s = float(ready["took"])

    def get(self, path: str) -> dict[str, object]:
        with urllib.request.urlopen(self.url + path, timeout=60, context=self.context) as answer:
            return json.loads(answer.read())

    def counters(self) -> dict[str, int]:
        return self.get("/counters")  # type: ignore[return-value]

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        code = self.process.wait(timeout=60)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[Callable[..., RunningServer]]:
    """Start servers; those still running at the end are stopped."""
    servers: list[RunningServer] = []

    def start(*arguments: str, data: Path | None = None) -> RunningServer:
        servers.append(RunningServer(data or tmp_path / "data", *arguments))
        return servers[-1]

    yield start
    for server in servers:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """One server for every test that only adds traces of its own."""
    running = RunningServer(tmp_path_factory.mktemp("server") / "data")
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server full of the demo shop's traces: ten minutes of them, a bad deploy among them."""
    running = RunningServer(tmp_path_factory.mktemp("demo") / "data")
    subprocess.run(
        [
            *(sys.executable, "-m", "radiograph", "demo", "--history", "10m", "--duration", "0s", "--seed", "7"),
            *("--scenario", "bad-deploy", "--endpoint", running.url),
        ],
        check=True,
        capture_output=True,
    )
    eventually(lambda: running.counters()["applier.behind"] == 0)
    yield running
    assert running.stop() == 0


def eventually(holds: Callable[[], object], within_s: float = 60.0) -> object:
    """Give the first truthy answer of ``holds``, asked again and again; fail when there is none in time."""
    deadline = time.monotonic() + within_s
    while not (answer := holds()):
        assert time.monotonic() < deadline, f"not within {within_s} s"
        time.sleep(0.02)
    return answer
