"""What every benchmark shares: the machine, the commit, a server of its own, and its CPU and memory."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """``radiograph serve`` on free ports, and what /proc tells of it."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self.data = data
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "radiograph", "serve", "--port", "0", "--udp-port", "0"),
                *("--data", str(data), *arguments),
            ],
            stdout=subprocess.PIPE,
            stderr=(data.parent / "server.log").open("ab"),
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.ready_s = time.monotonic() - self.began
        match = re.search(r"http://([\d.]+):(\d+)/ · udp [\d.]+:(\d+) · otlp grpc [\d.]+:(\d+)", line)
        assert match, line or (data.parent / "server.log").read_text()[-2000:]
        self.host, self.port, self.udp_port, self.grpc_port = match[1], *map(int, match.groups()[1:])

    def _pids(self) -> list[int]:
        """Both processes: the one with the sockets, and its child with the store."""
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [self.process.pid, *(int(pid) for one in children for pid in one.read_text().split())]

    def cpu_s(self) -> float:
        """CPU seconds of all threads of both processes so far."""
        return sum(self.cpu_s_each())

    def cpu_s_each(self) -> list[float]:
        """CPU seconds so far: the process with the sockets, the one with the store."""
        stats = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in self._pids()]
        return [(int(fields[11]) + int(fields[12])) / _TICK for fields in stats]

    def memory_mb(self) -> float:
        """Anonymous memory of both processes now."""
        statuses = [Path(f"/proc/{pid}/status").read_text() for pid in self._pids()]
        return sum(int(re.search(r"RssAnon:\s+(\d+)", status)[1]) for status in statuses) / 1024  # type: ignore[index]

    def counters(self) -> dict[str, int]:
        with urllib.request.urlopen(f"http://{self.host}:{self.port}/counters", timeout=30) as answer:
            return json.loads(answer.read())

    def post(self, path: str, members: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(f"http://{self.host}:{self.port}{path}", json.dumps(members).encode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)


@contextmanager
def running(*arguments: str, root: str | None = None) -> Iterator[Server]:
    """A server on a new data directory, both gone afterwards."""
    directory = Path(tempfile.mkdtemp(prefix="radiograph-bench-", dir=root))
    server = Server(directory / "data", *arguments)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(directory)


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def timed(function: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """(median, p95) milliseconds of ``rounds`` calls after two that warm up."""
    times = []
    for n in range(rounds + 2):
        began = time.perf_counter()
        function()
        if n >= 2:
            times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), percentile(times, 0.95)


def heading() -> str:
    """Machine and commit, for the top of a table."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        "?",
    )
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    load = os.getloadavg()[0]
    return (
        f"{time.strftime('%Y-%m-%d')} · commit {commit} · {os.cpu_count()} × {model} · "
        f"Python {platform.python_version()} · load before {load:.1f}"
    )


def row(what: str, measured: str, must: str, aim: str, ratio: float | None) -> None:
    """One line of the table; the ratio is measured ÷ must."""
    print(f"| {what} | {measured} | {must} | {aim} | {'' if ratio is None else f'{ratio:.2f}'} |", flush=True)
