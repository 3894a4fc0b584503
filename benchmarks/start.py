"""Start to ready, and memory at rest.

python -m benchmarks.start [--rounds 7]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Server, heading, row


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    print(heading())
    with tempfile.TemporaryDirectory(prefix="radiograph-bench-") as directory:
        took, memory = [], []
        for _ in range(options.rounds):
            server = Server(Path(directory) / "data")
            took.append(server.ready_s)
            time.sleep(5)
            memory.append(server.memory_mb())
            server.stop()
    print("| what | measured | must | aim | ratio |\n|---|---|---|---|---|")
    seconds, megabytes = statistics.median(took[1:]), statistics.median(memory)
    row("command to ready, median (first)", f"{seconds:.2f} s ({took[0]:.2f} s)", "2 s", "1 s", seconds / 2)
    row("idle anonymous memory", f"{megabytes:.0f} MB", "200 MB", "100 MB", megabytes / 200)


if __name__ == "__main__":
    main()
