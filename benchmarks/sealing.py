"""What encryption at rest costs: CPU a document in journal and store, in clear and sealed, and bytes a document.

python -m benchmarks.sealing [--documents 40000]; each of both in a process of its own, CPU time of all its threads.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import msgspec

from benchmarks.corpus import documents
from benchmarks.measure import heading
from radiograph.journal import Journal, JournalFiles, JournalLimits, JournalReader
from radiograph.keys import KeyMaker, Keyring
from radiograph.model.rows import StoredDocument
from radiograph.secrets import MasterKey
from radiograph.segments.flatten import flatten
from radiograph.storage.clickhouse import ClickHouseStore
from radiograph.storage.documents import SettingsDatabase
from radiograph.storage.documents.changes import Changes
from radiograph.storage.sealed import SealingWriter, Unsealing
from radiograph.telemetry import Counters

_ACCOUNT, _BATCH, _TURN = "000000000000", 50, 400


class _Size(msgspec.Struct):
    bytes: int


def measure(count: int, is_sealed: bool, directory: Path) -> dict[str, float]:
    """Give CPU in µs a document, step by step, and bytes a document once parts are merged."""
    now = time.time()
    corpus = list(documents(count, now - 240, now - 5, seed=11))
    settings, counters = SettingsDatabase(directory / "settings.sqlite3"), Counters()
    changes = Changes(directory / "settings.sqlite3")
    ring = Keyring(settings, changes.version, KeyMaker(MasterKey(b"k" * 32)), time.time, is_sealed)
    store = ClickHouseStore(directory / "store", time.time, reading=Unsealing(ring, counters))
    writer = SealingWriter(store.writer, ring)
    journal = Journal(directory / "journal", JournalLimits(min_free_bytes=0), counters, keys=ring)
    took: dict[str, float] = {}

    def step(name: str, began: float) -> None:
        took[name] = took.get(name, 0.0) + (time.process_time() - began) / count * 1e6

    began = time.process_time()
    for first in range(0, count, _BATCH):
        _append(journal, corpus[first : first + _BATCH], now)
    step("journal", began)
    reader = JournalReader(JournalFiles(directory / "journal", 0), 0, counters, ring)
    began = time.process_time()
    records = reader.read(count, count, 1 << 40)
    step("read", began)
    encoded = []
    for first in range(0, count, _TURN):
        turn = records[first : first + _TURN]
        segments = [flatten(one.document, one.sequence) for one in turn]
        stored = [
            StoredDocument(segment.trace_id, segment.id, segment.version, segment.start_us, one.document, one.key)
            for segment, one in zip(segments, turn, strict=True)
        ]
        began = time.process_time()
        encoded.append(writer.encode(_ACCOUNT, segments, stored))
        step("encode", began)
    began = time.process_time()
    writer.write(_ACCOUNT, encoded)
    step("write", began)
    store.engine.execute("OPTIMIZE TABLE documents FINAL")
    sql = "SELECT sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND table = 'documents'"
    took["bytes"] = store.engine.rows(_Size, sql)[0].bytes / count
    ids = [segment.trace_id for segment in segments[:100]]
    began = time.process_time()
    for _ in range(20):
        found = store.documents(_ACCOUNT, ids)
    took["asked"] = (time.process_time() - began) / 20 / len(found) * 1e6
    journal.close()
    store.close()
    changes.close()
    settings.close()
    return took


def _append(journal: Journal, some: list[bytes], now: float) -> None:
    durable = threading.Event()
    journal.append(_ACCOUNT, now, some, lambda _: durable.set())
    durable.wait()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=40_000)
    parser.add_argument("--one", choices=["clear", "sealed"])
    options = parser.parse_args()
    if options.one:
        with tempfile.TemporaryDirectory(prefix="radiograph-bench-") as directory:
            print(json.dumps(measure(options.documents, options.one == "sealed", Path(directory))))
        return
    print(heading())
    command = [sys.executable, "-m", "benchmarks.sealing", "--documents", str(options.documents), "--one"]
    clear, sealed = (
        json.loads(subprocess.run([*command, one], check=True, stdout=subprocess.PIPE).stdout)
        for one in ("clear", "sealed")
    )
    print("| what | in clear | sealed | more |\n|---|---|---|---|")
    for name, unit in (
        ("journal", "µs"),
        ("read", "µs"),
        ("encode", "µs"),
        ("write", "µs"),
        ("asked", "µs"),
        ("bytes", "B"),
    ):
        more = sealed[name] - clear[name]
        print(f"| {name} | {clear[name]:.1f} {unit} | {sealed[name]:.1f} {unit} | {more:+.1f} {unit} |")


if __name__ == "__main__":
    main()
