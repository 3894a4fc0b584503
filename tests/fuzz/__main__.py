"""``python -m tests.fuzz``: ask whatever comes to mind, and see that every answer is one.

Prints its seed; ends with 1 when an answer was none, and shows the first requests that had such.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.requests import Requests
from tests.fuzz.servers import Here, Server, There
from tests.fuzz.verdict import ANNOUNCED, complaint

SLOW_S = 10.0
SHOWN = 2_000


def fuzz(server: Server, requests: int, seed: int, seconds: float) -> int:
    """Ask so many requests, or as many as the time allows; give how many answers were none."""
    made, began = Requests(seed, time.time()), time.monotonic()
    counts: Counter[str] = Counter()
    slowest = (0.0, "")
    failures = asked = 0
    while asked < requests and time.monotonic() - began < seconds:
        request = made.next()
        asked += 1
        asked_at = time.monotonic()
        status, headers, body = server.ask(request)
        took = time.monotonic() - asked_at
        slowest = max(slowest, (took, f"{request.path} {request.body[:200]!r}"))
        wrong = complaint(request, status, headers, body)
        if wrong is None and took > SLOW_S:
            wrong = f"it took {took:.1f} s"
        code = headers.get("x-amzn-errortype", "")
        counts[f"{status} {code}".strip()] += 1
        if code == ANNOUNCED:
            counts[f"{ANNOUNCED}: {request.path}"] += 1
        if wrong is not None:
            failures += 1
            if failures <= 20:
                print(f"request {asked}: {wrong}\n  {request.method} {request.path} {request.body[:SHOWN]!r}")
                print(f"  {status} {body[:SHOWN]!r}", flush=True)
        elif status == 200:
            made.learn(json.loads(body))
    for outcome, count in sorted(counts.items()):
        print(f"{count:8d}  {outcome}")
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"at most {peak_mb} MB of memory")
    print(f"slowest: {slowest[0]:.2f} s for {slowest[1]}")
    print(f"{asked} requests in {time.monotonic() - began:.0f} s, {failures} failures, seed {seed}")
    return failures


def main() -> int:
    """Run."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=50_000)
    parser.add_argument("--seconds", type=float, default=1_800.0, help="when to stop at the latest")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--url", default=None, help="a running server; without one, everything runs in this process")
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.randrange(2**32)
    print(f"seed {seed}", flush=True)
    logging.getLogger("radiograph").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="radiograph-fuzz-") as directory:
        server: Server = There(arguments.url) if arguments.url else Here(Path(directory))
        try:
            return 1 if fuzz(server, arguments.requests, seed, arguments.seconds) else 0
        finally:
            server.close()


if __name__ == "__main__":
    sys.exit(main())
