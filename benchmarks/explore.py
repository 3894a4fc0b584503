"""The console's own questions over stored segments, through HTTP.

python -m benchmarks.explore [--documents 1000000] [--hours 6] [--store DIRECTORY]

``--store`` is a data directory that is full already, and is written to: give a copy.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.measure import Server, heading, row, timed
from benchmarks.questions import fill

_MUST_MS = 500


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--hours", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--until", type=float, help="epoch seconds of the newest document in --store")
    options = parser.parse_args()
    print(heading(), flush=True)
    if options.store is not None:
        ask(Server(options.store), options, options.until)
        return
    root = Path(tempfile.mkdtemp(prefix="radiograph-bench-"))
    try:
        until = time.time() - 60
        fill(root / "data" / "store", options.documents, options.hours, until)
        ask(Server(root / "data"), options, until)
    finally:
        shutil.rmtree(root)


def ask(server: Server, options: argparse.Namespace, until: float) -> None:
    """Ask each question as the console's pages do."""
    window = {"StartTime": until - options.hours * 3600, "EndTime": until}
    service = {"ServiceName": "service-0"}
    tenant = {"FilterExpression": 'annotation.tenant = "tenant-7"'}
    questions: list[tuple[str, str, dict[str, Any]]] = [
        ("Heatmap", "", {}),
        ("Heatmap", " of faults", {"FilterExpression": "fault"}),
        ("Heatmap", " of an annotation", tenant),
        ("Breakdown", "", {}),
        ("Breakdown", " of an annotation", tenant),
        ("Explain", " the slow", {"SetA": {"MinDuration": 0.5}}),
        ("Explain", " faults", {"SetA": {"FilterExpression": "fault"}}),
        ("Typical", "", {"Operations": [{"Name": f"service-{n}"} for n in range(8)]}),
        ("Operations", "", service),
        ("Complete", " a key", {"AnnotationKey": "tenant", "Prefix": "t"}),
        ("Exceptions", "", {}),
        ("Changes", "", {}),
    ]
    try:
        print("| what | measured | must | aim | ratio |\n|---|---|---|---|---|")
        for name, of, members in questions:
            path, body = f"/console/api/{name}", window | members
            share = server.post(path, body).get("SampledShare", 1.0)
            p50, p95 = timed(lambda path=path, body=body: server.post(path, body), options.rounds)
            label = f"{name}{of}, {options.hours:g} h of {options.documents / 1e6:g} M segments, share {share:.3f}"
            row(f"{label}, p50 / p95", f"{p50:.0f} / {p95:.0f} ms", f"{_MUST_MS} ms", "", p95 / _MUST_MS)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
