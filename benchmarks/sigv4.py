"""What verifying a signature costs, and its parts. Source of the figures to meet: the issue's 25 µs at 1 KB.

python -m benchmarks.sigv4 [--rounds 20000]
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import heading, percentile, row
from radiograph.api.iam import Callers, Desk
from radiograph.auth.sigv4 import check_claim, forget_signing_keys, read_authorization, verify
from radiograph.model.iam.records import KeyRecord, UserRecord
from radiograph.secrets import MasterKey
from radiograph.storage.documents.identities import IdentityDatabase
from tests.auth.signed import KEY, SECRET, Wire, sign

_BATCH = 100
_LABELS = {470: "470 B", 1024: "1 KB", 22_000: "22 KB", 1 << 20: "1 MiB"}


def microseconds(function: Callable[[], object], rounds: int) -> tuple[float, float]:
    """(median, p95) CPU microseconds of a call, in batches so that the clock's own cost is small."""
    times = []
    for _ in range(max(3, rounds // _BATCH)):
        began = time.process_time_ns()
        for _ in itertools.repeat(None, _BATCH):
            function()
        times.append((time.process_time_ns() - began) / 1000 / _BATCH)
    return statistics.median(times), percentile(times, 0.95)


def whole(wire: Wire, now: float) -> Callable[[], None]:
    def verified() -> None:
        claim = read_authorization(wire.method, wire.path, wire.query, wire.headers)
        check_claim(claim, now, {"xray"})
        verify(claim, SECRET, wire.body)

    return verified


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20_000)
    options = parser.parse_args()
    print(heading())
    print("| what | measured | must | aim | ratio |\n|---|---|---|---|---|")
    for size, label in _LABELS.items():
        wire = sign(body=b"x" * size)
        claim = read_authorization(wire.method, wire.path, wire.query, wire.headers)
        p50, p95 = microseconds(
            whole(wire, claim.signed_at), options.rounds if size < 1 << 20 else options.rounds // 50
        )
        must = 25.0 if size <= 1024 else None
        told = f"{p50:.1f} / {p95:.1f} µs"
        row(
            f"a signed request of {label}, p50 / p95",
            told,
            f"{must:.0f} µs" if must else "",
            "20 µs" if must else "",
            must and p50 / must,
        )
    wire = sign(body=b"x" * 1024)
    claim = read_authorization(wire.method, wire.path, wire.query, wire.headers)
    parts: dict[str, Callable[[], object]] = {
        "of it, reading the claim": lambda: read_authorization(wire.method, wire.path, wire.query, wire.headers),
        "of it, the claim's scope and time": lambda: check_claim(claim, claim.signed_at, {"xray"}),
        "of it, the signature": lambda: verify(claim, SECRET, wire.body),
        "the signature with a key of which nothing is kept": lambda: (
            forget_signing_keys(),
            verify(claim, SECRET, wire.body),
        ),
    }
    for name, function in parts.items():
        p50, p95 = microseconds(function, options.rounds)
        row(f"{name}, p50 / p95", f"{p50:.1f} / {p95:.1f} µs", "", "", None)
    with tempfile.TemporaryDirectory(prefix="radiograph-bench-") as directory:
        callers = known_caller(Path(directory), claim.signed_at)
        p50, p95 = microseconds(lambda: callers.identify(*wire, {"xray"}), options.rounds)
        row("who asks by a known key, signature and all, p50 / p95", f"{p50:.1f} / {p95:.1f} µs", "", "", None)


def known_caller(directory: Path, now: float) -> Callers:
    """A store with one user, whose key signs the benchmark's requests."""
    store = IdentityDatabase(directory / "settings.sqlite3")
    desk = Desk.of(store, MasterKey(b"k" * 32))
    sealed = desk.key_sealer.seal(SECRET.encode(), KEY.encode())
    with store.change("123456789012") as kept:
        kept.users.put(UserRecord(id="AIDAEXAMPLE", name="u", created_at=now))
        kept.keys.put(KeyRecord(id=KEY, user_id="AIDAEXAMPLE", created_at=now, secret=sealed))
    return Callers(desk, lambda: now)


if __name__ == "__main__":
    main()
