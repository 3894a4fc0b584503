"""Questions over stored segments: BatchGetTraces, a page of summaries, the service graph; and bytes on disk.

python -m benchmarks.questions [--documents 1000000] [--hours 6] [--store DIRECTORY --until SECONDS]

``--store`` is a data directory that is full already, and is written to: give a copy.
"""

from __future__ import annotations

import argparse
import itertools
import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.corpus import documents
from benchmarks.measure import Server, heading, row, timed
from radiograph.model.rows import StoredDocument
from radiograph.segments.flatten import flatten
from radiograph.storage.clickhouse import open_store

_BATCH, _ACCOUNT = 20_000, "000000000000"


class _Size(msgspec.Struct):
    bytes: int


def fill(directory: Path, count: int, hours: float, until: float) -> int:
    """Write documents straight into a store, as the applier would; give the bytes it takes."""
    store = open_store(directory, time.time, lambda: None)
    stream = documents(count, until - hours * 3600, until, seed=21)
    sequence = 0
    while batch := list(itertools.islice(stream, _BATCH)):
        rows = [flatten(document, sequence + n) for n, document in enumerate(batch, 1)]
        sequence += len(batch)
        pairs = zip(rows, batch, strict=True)
        stored = [StoredDocument(one.trace_id, one.id, one.version, one.start_us, text) for one, text in pairs]
        store.writer.write(_ACCOUNT, [store.writer.encode(_ACCOUNT, rows, stored)])
        if sequence % 200_000 == 0:
            print(f"… {sequence:,} written", flush=True)
    while store.keeper.count() or store._minutes.of(_ACCOUNT, 0, int(until) - 120):
        time.sleep(1)
    for table in ("segments", "documents", "graph_minutes"):
        store.engine.execute(f"OPTIMIZE TABLE {table} FINAL")
    # Parts that a merge has replaced stay for minutes: what counts is what the store comes to rest at.
    (size,) = store.engine.rows(_Size, "SELECT sum(bytes_on_disk) AS bytes FROM system.parts WHERE active")
    store.close()
    return size.bytes


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--hours", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--until", type=float, help="epoch seconds of the newest document in --store")
    options = parser.parse_args()
    print(heading(), flush=True)
    if options.store is not None:
        ask(Server(options.store), options, options.until, None)
        return
    root = Path(tempfile.mkdtemp(prefix="radiograph-bench-"))
    try:
        until = time.time() - 60
        size = fill(root / "data" / "store", options.documents, options.hours, until)
        ask(Server(root / "data"), options, until, size)
    finally:
        shutil.rmtree(root)


def ask(server: Server, options: argparse.Namespace, until: float, size: int | None) -> None:
    """Ask over HTTP, as clients do."""
    try:
        print("| what | measured | must | aim | ratio |\n|---|---|---|---|---|")
        if size is not None:
            per = size / options.documents
            row("bytes per document on disk, roll-ups and indexes included", f"{per:.0f}", "600", "480", per / 600)
        start = until - 3600
        page = {"StartTime": start, "EndTime": until}
        summaries = server.post("/TraceSummaries", page)["TraceSummaries"]
        rng = random.Random(3)
        everything = list(summaries)
        token = server.post("/TraceSummaries", page).get("NextToken")
        for _ in range(20):
            answer = server.post("/TraceSummaries", page | {"NextToken": token})
            everything += answer["TraceSummaries"]
            token = answer["NextToken"]
        ids = [summary["Id"] for summary in everything]
        label = f"{options.documents / 1e6:g} M segments"
        p50, p95 = timed(lambda: server.post("/Traces", {"TraceIds": rng.sample(ids, 5)}), options.rounds)
        row(f"BatchGetTraces of 5 at {label}, p50 / p95", f"{p50:.1f} / {p95:.1f} ms", "15 ms", "5 ms", p95 / 15)
        p50, p95 = timed(lambda: server.post("/TraceSummaries", page), options.rounds)
        row(
            f"GetTraceSummaries page, 1 h of {label}, p50 / p95",
            f"{p50:.1f} / {p95:.1f} ms",
            "100 ms",
            "40 ms",
            p95 / 100,
        )
        filtered(server, options, until, everything, label)
        graph = {"StartTime": until - 6 * 3600, "EndTime": until}
        p50, p95 = timed(lambda: server.post("/ServiceGraph", graph), options.rounds)
        row(f"GetServiceGraph 6 h, {label}, p50 / p95", f"{p50:.1f} / {p95:.1f} ms", "60 ms", "30 ms", p95 / 60)
        p50, p95 = timed(lambda: server.post("/TraceGraph", {"TraceIds": rng.sample(ids, 5)}), options.rounds)
        row(f"GetTraceGraph of 5 at {label}, p50 / p95", f"{p50:.1f} / {p95:.1f} ms", "", "", None)
        print(f"memory after: {server.memory_mb():.0f} MB", flush=True)
    finally:
        server.stop()


def filtered(
    server: Server, options: argparse.Namespace, until: float, known: list[dict[str, Any]], label: str
) -> None:
    """Pages of filtered summaries: frequent and rare values, services and calls, and what only documents tell."""
    some = known[-1]
    user, order = some["Users"][0]["UserName"], some["Annotations"]["order"][0]["AnnotationValue"]["StringValue"]
    call = 'service("service-0") { fault } AND edge("service-0", "service-1") { responsetime > 1 }'
    for name, expression, hours, must in (
        ("an annotation of 1/256", 'annotation.tenant = "tenant-7"', 1, 150),
        ("an annotation of 1/256", 'annotation.tenant = "tenant-7"', 6, 400),
        ("a user", f'user = "{user}"', 6, 60),
        ("an annotation of one trace", f'annotation.order = "{order}"', 6, 60),
        ("service and edge", call, 1, 300),
        ("fault", "fault", 6, 60),
        ("ok", "ok", 6, 60),
        ("a root cause", "rootcause.fault.service { last }", 6, None),
    ):
        page = {"StartTime": until - hours * 3600, "EndTime": until, "FilterExpression": expression}
        p50, p95 = timed(lambda page=page: server.post("/TraceSummaries", page), options.rounds)
        told = f"{p50:.1f} / {p95:.1f} ms"
        row(
            f"page by {name}, {hours} h of {label}, p50 / p95",
            told,
            f"{must} ms" if must else "",
            "",
            must and p95 / must,
        )


if __name__ == "__main__":
    main()
