"""``radiograph daemon`` in a process of its own, on free ports."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READY = re.compile(
    r"Radiograph daemon \S+ ready · udp (?P<host>\S+):(?P<udp>\d+) · tcp \S+:(?P<tcp>\d+) · to \S+ · data .+"
)
HEADER = b'{"format":"json","version":1}\n'
_OURS = ("RADIOGRAPH_", "AWS_", "HTTPS_PROXY", "https_proxy", "ECS_")


def environment(**named: str) -> dict[str, str]:
    """Give an environment without credentials, regions and settings of ours, but for those named."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    nowhere = {
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/nonexistent",
        "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent",
    }
    return kept | nowhere | named


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "radiograph", "daemon", *arguments]


class RunningDaemon:
    """A daemon that sends to ``url`` and keeps what it cannot send in ``data``."""

    def __init__(
        self, url: str, data: Path, *arguments: str, ports: tuple[int, int] = (0, 0), **variables: str
    ) -> None:
        self.log = data.with_name(f"{data.name}.log")
        log = self.log.open("ab")
        self.process = subprocess.Popen(
            command(
                *("--endpoint", url, "--data", str(data)),
                *("--bind", f"127.0.0.1:{ports[0]}", "--bind-tcp", f"127.0.0.1:{ports[1]}", *arguments),
                *(() if "--log-file" in arguments else ("--log-file", str(self.log), "--log-level", "dev")),
            ),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env=environment(**variables),
        )
        log.close()
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        ready = READY.search(line)
        assert ready, f"no ready line but {line!r}; log: {self.told()}"
        self.host, self.udp_port, self.tcp_port = ready["host"], int(ready["udp"]), int(ready["tcp"])
        self.url = f"http://127.0.0.1:{self.tcp_port}"

    def told(self) -> str:
        return self.log.read_text()[-5000:]

    @contextmanager
    def socket(self) -> Iterator[socket.socket]:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            one.connect((self.host, self.udp_port))
            yield one

    def send(self, *documents: bytes) -> None:
        with self.socket() as one:
            for document in documents:
                one.send(HEADER + document)

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        code = self.process.wait(timeout=60)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code
