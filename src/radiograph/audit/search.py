"""Events found again: of all chains, the newest first, from a place that an earlier page ended at."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from .chain import read_line
from .files import CHAINS, ChainFiles, chain_directory
from .record import Record, read_record

__all__ = ["Found", "Wanted", "search"]


class Found(msgspec.Struct, frozen=True):
    """An event, where it stands, and its JSON as it stands there."""

    chain: str
    sequence: int
    time_s: float
    record: Record
    text: bytes


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for. Times are epoch seconds, both included."""

    account: str | None = None
    """None: of every account."""
    since_s: float = 0.0
    until_s: float = float("inf")
    accepts: Callable[[Record], bool] = lambda _record: True
    contains: bytes = b""
    """Bytes that an event has to have to be accepted: most are not looked at any closer."""


def search(data: Path, wanted: Wanted, before: Mapping[str, int] | None = None) -> Iterator[Found]:
    """Give the events of a data directory, the newest first; of each chain in ``before`` those before a sequence."""
    chains = [
        _chain(chain, ChainFiles(chain_directory(data, chain)), wanted, (before or {}).get(chain)) for chain in CHAINS
    ]
    return heapq.merge(*chains, key=lambda one: one.time_s, reverse=True)


def _chain(chain: str, files: ChainFiles, wanted: Wanted, before: int | None) -> Iterator[Found]:
    of_account = b'"recipientAccountId":"%s"' % wanted.account.encode() if wanted.account is not None else b""
    for first, path in reversed(files.list()):
        if before is not None and first >= before:
            continue
        try:
            if path.stat().st_mtime < wanted.since_s:
                return  # nothing in it, or in what is older
            lines = path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return  # retention took it, and what is older
        lines.pop()  # what is behind the last line end is still being written
        while lines:
            line = lines.pop()
            if of_account not in line or wanted.contains not in line:
                continue
            found = _found(chain, line)
            if found is None or (before is not None and found.sequence >= before):
                continue
            if wanted.account is not None and found.record.recipient_account_id != wanted.account:
                continue
            if wanted.since_s <= found.time_s <= wanted.until_s and wanted.accepts(found.record):
                yield found


def _found(chain: str, line: bytes) -> Found | None:
    entry = read_line(line)
    if entry is None:
        return None
    try:
        record = read_record(entry.event)
        time_s = datetime.fromisoformat(record.event_time).timestamp()
    except (msgspec.MsgspecError, ValueError):
        return None  # somebody changed it; verify tells
    return Found(chain, entry.sequence, time_s, record, bytes(entry.event))
