"""The daemon: datagrams relayed at a fixed rate; what came out, what a datagram costs, and how much memory it takes.

python -m benchmarks.daemon [--rate 20000] [--seconds 20] [--size BYTES] [--to stub|radiograph] [--signed]

The cost is told beside that of the daemon's own receive loop with nothing behind it, at the same rate.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar

import httptools
import msgspec
import uvloop

from benchmarks.measure import heading, row, running
from radiograph.daemon.relay.receiver import DatagramReceiver

_TICK = os.sysconf("SC_CLK_TCK")
_HEADER = b'{"format":"json","version":1}\n'
_READY = re.compile(r"udp [\d.]+:(?P<udp>\d+) · tcp [\d.]+:(?P<tcp>\d+)")
_KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "x" * 40}


class Part:
    """A process of the run, which says a line when it is ready."""

    def __init__(self, *command: str, environment: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | (environment or {})
        )
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline()
        while self.line and self.line[:2] == "20":  # log lines
            self.line = self.process.stdout.readline()

    def cpu_s(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def memory_mb(self, what: str = "VmRSS") -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{what}:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]

    def go(self) -> None:
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.write("\n")
            self.process.stdin.flush()

    def stop(self) -> str:
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=60)[0]


def send(port: int, rate: float, seconds: float, size: int) -> None:
    """Send in bursts of half a millisecond's worth; documents are as large as ``size``, or as the corpus has them."""
    datagrams = [_HEADER + one for one in _documents(size)]
    count = len(datagrams)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect(("127.0.0.1", port))
        print("ready", flush=True)
        sys.stdin.readline()
        began, sent = time.perf_counter(), 0
        while (elapsed := time.perf_counter() - began) < seconds:
            due = int(elapsed * rate)
            for n in range(sent, due):
                one.send(datagrams[n % count])
            sent = max(sent, due)
            time.sleep(0.0005)
    print(json.dumps({"sent": sent}))


def _documents(size: int) -> list[bytes]:
    now = time.time()
    if not size:
        from benchmarks.corpus import documents

        return list(documents(10_000, now - 240, now - 5, seed=12))
    made = []
    for n in range(10_000):
        members: dict[str, Any] = {
            "trace_id": f"1-{int(now):08x}-{n:024x}",
            "id": f"{n + 1:016x}",
            "name": f"service-{n % 20}",
            "start_time": now - 0.25,
            "end_time": now,
            "http": {"request": {"method": "GET", "url": f"https://shop.example/{n}"}, "response": {"status": 200}},
            "annotations": {"tenant": f"tenant-{n % 97}", "amount": n},
            "aws": {"xray": {"sdk": "X-Ray for Python", "sdk_version": "2.15.0"}},
            "subsegments": [],
        }
        while len(text := json.dumps(members, separators=(",", ":"))) < size - 100:
            members["subsegments"].append(
                {"id": f"{n + 7:016x}", "name": "stock", "start_time": now - 0.2, "end_time": now - 0.1}
            )
        made.append(text.encode())
    return made


class Sink(asyncio.Protocol):
    """Answers every request with 200, and counts the documents in those to PutTraceSegments."""

    documents = requests = 0
    telemetry: ClassVar[list[Any]] = []
    decoder = msgspec.json.Decoder(dict[str, list[str]])

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.parser = transport, httptools.HttpRequestParser(self)
        self.url, self.parts = b"", list[bytes]()

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self.url, self.parts = url, []

    def on_body(self, data: bytes) -> None:
        self.parts.append(data)

    def on_message_complete(self) -> None:
        body = b"".join(self.parts)
        answer = b"{}"
        if self.url == b"/TraceSegments":
            Sink.documents += len(self.decoder.decode(body)["TraceSegmentDocuments"])
            Sink.requests += 1
            answer = b'{"UnprocessedTraceSegments":[]}'
        elif self.url == b"/TelemetryRecords":
            Sink.telemetry += json.loads(body)["TelemetryRecords"]
        elif self.url == b"/counts":
            told = {"documents": Sink.documents, "requests": Sink.requests, "telemetry": Sink.telemetry}
            answer = json.dumps(told).encode()
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(answer)
        self.transport.write(head + answer)  # type: ignore[attr-defined]


async def _sink() -> None:
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _bare() -> None:
    receiver = DatagramReceiver("127.0.0.1", 0, lambda datagrams: None)
    receiver.start()
    print(receiver.port, flush=True)
    await asyncio.Event().wait()


def _counts(port: int) -> dict[str, Any]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/counts", timeout=10) as answer:
        return json.loads(answer.read())


def _ourselves(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.daemon", *arguments]


def _cost(part: Part, port: int, options: argparse.Namespace) -> tuple[int, float, float]:
    """Send; give how many were sent, the CPU seconds that ``part`` took for it, and its largest memory meanwhile."""
    sender = Part(*_ourselves("--part", "send", "--port", str(port), *_same(options)))
    before = part.cpu_s()
    sender.go()
    largest = 0.0
    while sender.process.poll() is None:
        largest = max(largest, part.memory_mb())
        time.sleep(0.2)
    assert sender.process.stdout is not None
    sent = json.loads(sender.process.stdout.read())["sent"]
    return sent, part.cpu_s() - before, largest


def _same(options: argparse.Namespace) -> list[str]:
    return ["--rate", str(options.rate), "--seconds", str(options.seconds), "--size", str(options.size)]


@contextmanager
def _upstream(options: argparse.Namespace) -> Iterator[tuple[str, Any]]:
    """A URL to relay to, and what tells how many documents have come there."""
    if options.to == "radiograph":
        with running() as server:

            def stored() -> int:
                counters = server.counters()
                return counters.get("api.accepted", 0)

            yield f"http://{server.host}:{server.port}", stored
        return
    sink = Part(*_ourselves("--part", "sink"))
    port = int(sink.line)
    try:
        yield f"http://127.0.0.1:{port}", lambda: _counts(port)["documents"]
    finally:
        sink.stop()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=20_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--size", type=int, default=0, help="bytes of a document; 0 is the corpus, 2.3 kB each")
    parser.add_argument("--to", choices=("stub", "radiograph"), default="stub")
    parser.add_argument("--signed", action="store_true")
    parser.add_argument("--part", choices=("send", "sink", "bare"))
    parser.add_argument("--port", type=int)
    options = parser.parse_args()
    if options.part == "send":
        send(options.port, options.rate, options.seconds, options.size)
    elif options.part == "sink":
        asyncio.run(_sink())
    elif options.part == "bare":
        uvloop.run(_bare())
    else:
        measure(options)


def measure(options: argparse.Namespace) -> None:
    print(heading())
    bare = Part(*_ourselves("--part", "bare"))
    sent, seconds, _ = _cost(bare, int(bare.line), options)
    bare.stop()
    least = seconds / sent * 1e6
    with _upstream(options) as (url, arrived), tempfile.TemporaryDirectory() as data:
        command = (sys.executable, "-m", "radiograph", "daemon", "-o", "-n", "us-east-1", "--endpoint", url)
        daemon = Part(
            *(*command, "-b", "127.0.0.1:0", "-t", "127.0.0.1:0", "--data", data),
            environment=_KEYS if options.signed else {"AWS_EC2_METADATA_DISABLED": "true"},
        )
        ready = _READY.search(daemon.line)
        assert ready, daemon.line
        time.sleep(1)
        idle = daemon.memory_mb()
        began = time.monotonic()
        sent, seconds, largest = _cost(daemon, int(ready["udp"]), options)
        at_end = arrived()
        while arrived() < sent and time.monotonic() - began < options.seconds + 120:
            time.sleep(0.2)
        drained = time.monotonic() - began - options.seconds
        came = arrived()
        whole = daemon.cpu_s()
        print(daemon.stop().strip())
    print("| what | measured | must | aim | ratio |\n|---|---|---|---|---|")
    what = f"{options.rate:,.0f}/s for {options.seconds:.0f} s to a {options.to}"
    row(f"relayed, {what}: lost", f"{sent - came} of {sent:,}", "0", "0", None)
    row("arrived when the sender ended; the rest after", f"{at_end:,}; {drained:.1f} s", "", "", None)
    cost = seconds / sent * 1e6
    row("CPU per datagram", f"{cost:.1f} µs ({whole / sent * 1e6:.1f} with start and rest)", "", "", None)
    row("of which the receive loop alone", f"{least:.1f} µs", "", "", None)
    row("more than the loop", f"{cost - least:.1f} µs", "5 µs", "", (cost - least) / 5)
    row("memory, idle and most", f"{idle:.0f} and {largest:.0f} MB", "60 MB", "", largest / 60)


if __name__ == "__main__":
    main()
