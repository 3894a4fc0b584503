"""kill -9 at random moments under load, and what was acknowledged is there.

``python -m tests.e2e.crashes --rounds 200`` prints what it found; its exit code is 1 when anything is lost or doubled.

Writers post batches of documents with ids of their own, post some of them again, and note which were acknowledged. The
server is killed at a random moment, of its start too, and started again on the same data directory.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import RunningServer, eventually
from tests.e2e.documents import ask, segment

SERVICE = "crash-shop"
_BATCH = 20
_READ_AT_ONCE = 100


@dataclass
class Load:
    """Writers against one server, and what they know."""

    url: str
    known: dict[str, str]
    """The segment id of every document ever posted, by trace id; filled by all rounds."""
    acknowledged: set[str]
    reposts: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)

    def start(self, writers: int, seed: int) -> list[threading.Thread]:
        threads = [threading.Thread(target=self._write, args=(random.Random(seed + n),)) for n in range(writers)]
        for thread in threads:
            thread.start()
        return threads

    def _write(self, rng: random.Random) -> None:
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=10)
        earlier: list[dict[str, Any]] = []
        while not self.stopping.is_set():
            batch = [segment(SERVICE, annotations={"n": n}) for n in range(_BATCH)]
            again = rng.sample(earlier, min(len(earlier), 3))
            self.known.update((one["trace_id"], one["id"]) for one in batch)
            body = {"TraceSegmentDocuments": [json.dumps(one) for one in batch + again]}
            try:
                connection.request("POST", "/TraceSegments", json.dumps(body))
                answer = connection.getresponse()
                told = json.loads(answer.read())
            except (OSError, http.client.HTTPException, ValueError):
                return  # killed meanwhile: nothing was promised
            assert answer.status == 200, told
            assert told["UnprocessedTraceSegments"] == [], told
            self.acknowledged.update(one["trace_id"] for one in batch)
            self.reposts += len(again)
            earlier = (earlier + batch)[-200:]


@dataclass
class Verdict:
    """What the rounds showed."""

    rounds: int
    posted: int
    acknowledged: int
    reposts: int
    kept_unacknowledged: int
    lost: list[str]
    duplicates: list[str]
    counted: int
    stored: int
    ready_s: list[float]

    def __str__(self) -> str:
        times = sorted(self.ready_s)
        return (
            f"{self.rounds} rounds of kill -9: {self.posted} documents posted ({self.reposts} again), "
            f"{self.acknowledged} acknowledged, {len(self.lost)} lost, {len(self.duplicates)} duplicate; "
            f"{self.kept_unacknowledged} unacknowledged ones kept; the graph counts {self.counted} of {self.stored}; "
            f"ready again in {times[len(times) // 2]:.2f} s median, {times[-1]:.2f} s at most"
        )


def crash(data: Path, rounds: int, seed: int = 1, writers: int = 4, longest_s: float = 1.0) -> Verdict:
    """Give what is left after so many crashes."""
    rng = random.Random(seed)
    began_s = time.time()
    known: dict[str, str] = {}
    acknowledged: set[str] = set()
    ready_s: list[float] = []
    reposts = 0
    for number in range(rounds):
        if number < 2 or rng.random() < 0.2:
            _kill_while_starting(data, rng.uniform(0.1, 1.2))
        server = _start(data, ready_s)
        load = Load(server.url, known, acknowledged)
        threads = load.start(writers, seed * 1000 + number)
        threading.Event().wait(rng.uniform(0.05, longest_s))
        server.process.kill()
        server.process.communicate()
        load.stopping.set()
        for thread in threads:
            thread.join()
        reposts += load.reposts
    server = _start(data, ready_s)
    try:
        eventually(lambda: server.counters()["applier.behind"] == 0, 60)
        found = _stored(server, list(known))
        counted = _counted(server, began_s)
    finally:
        server.stop()
    return Verdict(
        rounds=rounds,
        posted=len(known),
        acknowledged=len(acknowledged),
        reposts=reposts,
        kept_unacknowledged=len(set(found) - acknowledged),
        lost=[one for one in acknowledged if not found.get(one)],
        duplicates=[one for one, ids in found.items() if ids != [known[one]]],
        counted=counted,
        stored=len(found),
        ready_s=ready_s,
    )


def _start(data: Path, ready_s: list[float]) -> RunningServer:
    began = time.monotonic()
    server = RunningServer(data)
    ready_s.append(time.monotonic() - began)
    return server


def _kill_while_starting(data: Path, after_s: float) -> None:
    command = [sys.executable, "-m", "radiograph", "serve", "--port", "0", "--udp-port", "0", "--data", str(data)]
    starting = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    threading.Event().wait(after_s)
    starting.kill()
    starting.wait()


def _stored(server: RunningServer, trace_ids: list[str]) -> dict[str, list[str]]:
    """Give the ids of the segments each trace has."""
    found: dict[str, list[str]] = {}
    for first in range(0, len(trace_ids), _READ_AT_ONCE):
        answer = ask(server.url, "/Traces", {"TraceIds": trace_ids[first : first + _READ_AT_ONCE]}, timeout_s=60)
        assert answer.status == 200, answer
        assert all(count == 1 for count in Counter(one["Id"] for one in answer.body["Traces"]).values())
        found |= {trace["Id"]: [one["Id"] for one in trace["Segments"]] for trace in answer.body["Traces"]}
    return found


def _counted(server: RunningServer, since_s: float) -> int:
    window = {"StartTime": since_s - 60, "EndTime": time.time() + 60}
    services = ask(server.url, "/ServiceGraph", window, timeout_s=60).body["Services"]
    return sum(
        one["SummaryStatistics"]["TotalCount"] for one in services if one["Name"] == SERVICE and "Type" not in one
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=1.0, metavar="SECONDS", help="longest life under load")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        verdict = crash(Path(directory) / "data", options.rounds, options.seed, longest_s=options.longest)
    print(verdict)
    return 1 if verdict.lost or verdict.duplicates or verdict.counted != verdict.stored else 0


if __name__ == "__main__":
    sys.exit(main())
