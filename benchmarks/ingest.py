"""PutTraceSegments: documents a second, CPU, memory and acknowledgement times, from HTTP to queryable.

python -m benchmarks.ingest [--seconds 60] [--rate 0 (as fast as it goes)] [--connections 8] [--encrypt]
"""

from __future__ import annotations

import argparse
import itertools
import json
import socket
import subprocess
import sys
import threading
import time

from benchmarks.corpus import documents
from benchmarks.measure import heading, percentile, row, running

_BATCH, _DISTINCT, _MARK = 50, 30_000, b"c0de"


def bodies() -> list[bytes]:
    """Request bodies of 50 documents whose ids all begin with a mark, so that a pass can have ids of its own."""
    now = time.time()
    found = list(documents(_DISTINCT, now - 240, now - 5, seed=11))
    marked = [_marked(document) for document in found]
    return [
        json.dumps({"TraceSegmentDocuments": [one.decode() for one in marked[n : n + _BATCH]]}).encode()
        for n in range(0, len(marked), _BATCH)
    ]


def _marked(document: bytes) -> bytes:
    value = json.loads(document)

    def visit(entity: dict) -> None:
        for key in ("id", "parent_id"):
            if key in entity:
                entity[key] = "c0de" + entity[key][4:]
        for child in entity.get("subsegments", ()):
            visit(child)

    visit(value)
    value["trace_id"] = value["trace_id"][:11] + "c0de" + value["trace_id"][15:]
    return json.dumps(value, separators=(",", ":")).encode()


def receive(connection: socket.socket) -> bytes:
    """One whole answer."""
    answer = connection.recv(65_536)
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65_536)
    head, _, body = answer.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65_536)
    return head + body


def send(host: str, port: int, seconds: float, rate: float, connections: int) -> None:
    """Post until the time is over; print what was acknowledged and how long each answer took."""
    templates = bodies()
    tickets = itertools.count()
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.perf_counter()
    took: list[float] = []
    refused: list[int] = []

    def lane() -> None:
        with socket.create_connection((host, port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while True:
                ticket = next(tickets)
                due = began + ticket * _BATCH / rate if rate else 0.0
                while rate and (left := due - time.perf_counter()) > 0:
                    time.sleep(left)
                at = time.perf_counter()
                if at - began > seconds:
                    return
                body = templates[ticket % len(templates)].replace(_MARK, b"%04x" % (ticket // len(templates) + 1))
                head = f"POST /TraceSegments HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n"
                connection.sendall(head.encode() + body)
                answer = receive(connection)
                took.append(time.perf_counter() - at)
                if b" 200 " not in answer[:16] or b"ErrorCode" in answer:
                    refused.append(ticket)

    threads = [threading.Thread(target=lane) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - began
    print(
        json.dumps(
            {
                "sent": len(took) * _BATCH,
                "refused": len(refused) * _BATCH,
                "elapsed": elapsed,
                "p50": percentile(took, 0.5),
                "p99": percentile(took, 0.99),
            }
        )
    )


def measure(seconds: float, rate: float, connections: int, *flags: str) -> dict[str, float]:
    """Run a server and a sender in processes of their own."""
    with running(*flags) as server:
        arguments = [server.host, str(server.port), str(seconds), str(rate), str(connections)]
        sender = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.ingest", "--send", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert sender.stdout is not None
        assert sender.stdin is not None
        sender.stdout.readline()
        cpu, memory, behind = server.cpu_s_each(), [], []
        sender.stdin.write("\n")
        sender.stdin.flush()
        began = time.monotonic()
        while sender.poll() is None:
            time.sleep(1)
            memory.append(server.memory_mb())
            behind.append(server.counters()["applier.behind"])
        result = json.loads(sender.stdout.read())
        while server.counters()["applier.behind"]:
            time.sleep(0.05)
        applied_s = time.monotonic() - began
        stored = server.counters()["applier.documents"]
        time.sleep(3)
        third = len(memory) // 3
        return result | {
            "stored": stored,
            "applied_s": applied_s,
            "cpu_us": (sum(each := server.cpu_s_each()) - sum(cpu)) / stored * 1e6,
            "cpu_us_door": (each[0] - cpu[0]) / stored * 1e6,
            "cpu_us_store": (each[1] - cpu[1]) / stored * 1e6,
            "memory_middle_mb": sum(memory[third : 2 * third]) / max(third, 1),
            "memory_end_mb": sum(memory[2 * third :]) / max(len(memory) - 2 * third, 1),
            "memory_after_mb": server.memory_mb(),
            "behind_max": max(behind),
            "lost": result["sent"] - result["refused"] - stored,
        }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=float, default=0)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--encrypt", action="store_true", help="with --encrypt-at-rest")
    parser.add_argument("--send", nargs=5)
    options = parser.parse_args()
    if options.send:
        host, port, *numbers = options.send
        send(host, int(port), float(numbers[0]), float(numbers[1]), int(numbers[2]))
        return
    print(heading())
    flags = ["--encrypt-at-rest"] if options.encrypt else []
    full = measure(options.seconds, options.rate, options.connections, *flags)
    print(json.dumps(full))
    per_s = full["stored"] / full["applied_s"]
    print("| what | measured | must | aim | ratio |\n|---|---|---|---|---|")
    row("documents, HTTP → durable → queryable", f"{per_s:,.0f}/s", "12,000/s", "25,000/s", per_s / 12_000)
    row(
        "CPU per document, whole path, sweeps and merges included",
        f"{full['cpu_us']:.0f} µs",
        "80 µs",
        "36 µs",
        full["cpu_us"] / 80,
    )
    growth = full["memory_end_mb"] / full["memory_middle_mb"]
    row("memory, last third ÷ middle third", f"{growth:.2f} ({full['memory_end_mb']:.0f} MB)", "no growth", "", None)
    row("acknowledged and not stored", f"{full['lost']:.0f}", "0", "", None)
    if not options.rate:
        half = measure(options.seconds / 2, per_s / 2, options.connections, *flags)
        print(json.dumps(half))
        row(
            "acknowledgement p99 at half load",
            f"{half['p99'] * 1000:.1f} ms",
            "50 ms",
            "10 ms",
            half["p99"] * 1000 / 50,
        )


if __name__ == "__main__":
    main()
