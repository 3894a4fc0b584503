"""UDP: datagrams sent on loopback at a fixed rate; what was stored, what was counted as dropped.

python -m benchmarks.udp [--rate 20000] [--seconds 60]
"""

from __future__ import annotations

import argparse
import itertools
import json
import socket
import subprocess
import sys
import time

from benchmarks.corpus import documents
from benchmarks.measure import heading, row, running

_DISTINCT, _HEADER = 30_000, b'{"format":"json","version":1}\n'


def send(host: str, port: int, rate: float, seconds: float) -> None:
    """Send in bursts of a millisecond's worth."""
    now = time.time()
    datagrams = [_HEADER + one for one in documents(_DISTINCT, now - 240, now - 5, seed=12)]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect((host, port))
        print("ready", flush=True)
        sys.stdin.readline()
        began, sent = time.perf_counter(), 0
        source = itertools.cycle(datagrams)
        while (elapsed := time.perf_counter() - began) < seconds:
            due = int(elapsed * rate)
            for datagram in itertools.islice(source, due - sent):
                one.send(datagram)
            sent = max(sent, due)
            time.sleep(0.0005)
    print(json.dumps({"sent": sent, "elapsed": elapsed}))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=20_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--send", nargs=4)
    options = parser.parse_args()
    if options.send:
        send(options.send[0], int(options.send[1]), float(options.send[2]), float(options.send[3]))
        return
    print(heading())
    with running() as server:
        arguments = [server.host, str(server.udp_port), str(options.rate), str(options.seconds)]
        sender = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.udp", "--send", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert sender.stdout is not None
        assert sender.stdin is not None
        sender.stdout.readline()
        cpu = server.cpu_s()
        sender.stdin.write("\n")
        sender.stdin.flush()
        sent = json.loads(sender.stdout.read())["sent"]
        while True:
            time.sleep(0.5)
            counters = server.counters()
            if not counters["applier.behind"]:
                break
        stored = counters.get("applier.documents", 0)
        drops = sum(count for name, count in counters.items() if name.startswith("udp.dropped"))
        print(json.dumps({"sent": sent, **counters, "cpu_us": (server.cpu_s() - cpu) / max(stored, 1) * 1e6}))
        print("| what | measured | must | aim | ratio |\n|---|---|---|---|---|")
        row(
            f"UDP at {options.rate:,.0f}/s for {options.seconds:.0f} s: drops",
            f"{drops} of {sent:,}",
            "0",
            "0 at 60,000/s",
            None,
        )
        row("sent − stored − counted drops", f"{sent - stored - drops}", "0", "", None)


if __name__ == "__main__":
    main()
