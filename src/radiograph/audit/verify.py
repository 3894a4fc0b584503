"""Whether chains are as they were written; where not, what was done to them and at which place."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from radiograph.secrets import Sealer

from .chain import GENESIS, Entry, Place, hash_of, is_sealed, read_line, read_mark
from .files import CHAINS, ChainFiles, chain_directory, lines_of

__all__ = ["ChainReport", "Finding", "verify", "verify_chain"]

Fault: TypeAlias = Literal["changed", "missing", "out of order", "unreadable", "cut"]


class Finding(msgspec.Struct, frozen=True):
    """Something that is not as it was written."""

    fault: Fault
    chain: str
    file: str
    line: int
    """From 1; 0 where it is about the file or the chain as a whole."""
    sequence: int
    told: str

    def __str__(self) -> str:
        """Give it as a sentence, with its place."""
        where = f"{self.chain}/{self.file}" + (f", line {self.line}" if self.line else "")
        return f"{self.fault}: {self.told} ({where})"


class ChainReport(msgspec.Struct):
    """What a chain holds, and what is wrong with it."""

    chain: str
    records: int = 0
    first: int = 0
    last: int = 0
    hash: str = GENESIS.hash
    """Of the last record: noted elsewhere, it proves later that nothing before it was changed."""
    seals_checked: bool = False
    findings: list[Finding] = []


class _Dropped(msgspec.Struct):
    through: int


class _Event(msgspec.Struct):
    name: str = msgspec.field(name="eventName")
    source: str = msgspec.field(name="eventSource")
    details: _Dropped | None = msgspec.field(name="serviceEventDetails", default=None)


def verify(data: Path, sealer: Sealer | None, anchors: dict[str, Place] | None = None) -> list[ChainReport]:
    """Give a report of each chain of a data directory; see :func:`verify_chain`."""
    return [
        verify_chain(chain_directory(data, chain), chain, sealer, (anchors or {}).get(chain))
        for chain in CHAINS
        if chain_directory(data, chain).is_dir()
    ]


def verify_chain(directory: Path, chain: str, sealer: Sealer | None, anchor: Place | None = None) -> ChainReport:
    """Give what a chain holds and every place where it does not.

    Without a sealer, seals are not looked at: whoever could write all files could then have written them anew.
    An ``anchor`` is a sequence and its hash as an earlier report told them.
    """
    return _Walk(ChainFiles(directory), chain, sealer, anchor).report()


class _Walk:
    def __init__(self, files: ChainFiles, chain: str, sealer: Sealer | None, anchor: Place | None) -> None:
        self._files, self._chain, self._sealer, self._anchor = files, chain, sealer, anchor
        self._report = ChainReport(chain, seals_checked=sealer is not None, findings=[])
        self._last = GENESIS
        self._doubted = False
        """Whether the last entry has a finding: that its hash is another one is then no news."""
        self._missing: dict[int, tuple[int, Finding]] = {}
        """By the first that is missing: the last, and the finding."""
        self._dropped = 0
        self._start: Finding | None = None
        self._file, self._line = "", 0
        self._hashes: dict[int, str] = {}

    def report(self) -> ChainReport:
        text = self._files.read_mark()  # before the files: they may only have grown by then
        mark = read_mark(text, self._chain, self._sealer)
        self._wanted = {place.sequence for place in (mark, self._anchor) if place is not None}
        listed = self._files.list()
        for number, (_, path) in enumerate(listed):
            self._file = path.name
            for self._line, line in enumerate(lines_of(path), 1):
                is_whole = line.endswith(b"\n")
                if is_whole:
                    self._take(line[:-1])
                elif number < len(listed) - 1:
                    self._find("unreadable", self._last.sequence + 1, "a record breaks off in the middle of the chain")
        report = self._report
        if self._start is not None and self._dropped < self._start.sequence:
            report.findings.insert(0, self._start)
        # What retention took while we read was still listed.
        report.findings += [finding for through, finding in self._missing.values() if through > self._dropped]
        report.last, report.hash = self._last
        self._line = 0
        self._check_end(text, mark)
        report.findings.sort(key=lambda one: one.sequence)
        return report

    def _take(self, line: bytes) -> None:
        entry, digest = read_line(line), hash_of(line)
        self._report.records += 1
        if entry is None:
            self._find("unreadable", self._last.sequence + 1, f"record {self._last.sequence + 1} cannot be read")
            self._go_on(Place(self._last.sequence + 1, digest), doubted=True)
            return
        changed = self._sealer is not None and not is_sealed(line, entry.seal, self._chain, self._sealer)
        if changed:
            self._find("changed", entry.sequence, f"record {entry.sequence} is not as it was written")
        if entry.sequence <= self._last.sequence:
            self._step_back(entry)
            return
        self._compare(entry)
        self._go_on(Place(entry.sequence, digest), doubted=changed)
        self._note_drop(entry)

    def _compare(self, entry: Entry) -> None:
        """Compare an entry with the one before it."""
        last, number = self._last, entry.sequence
        if self._report.first == 0:
            self._report.first = number
            if (number, entry.previous) != (1, GENESIS.hash):
                told = f"records up to {number - 1} are gone, and no record says that their time had come"
                self._start = self._finding("cut", number - 1, told)
        elif number > last.sequence + 1:
            told = f"records {last.sequence + 1} to {number - 1} are missing before record {number}"
            if number == last.sequence + 2:
                told = f"record {number - 1} is missing before record {number}"
            self._missing[last.sequence + 1] = (number - 1, self._finding("missing", last.sequence + 1, told))
        elif entry.previous != last.hash and not self._doubted:
            self._find("changed", last.sequence, f"record {last.sequence} is not the one that record {number} follows")

    def _step_back(self, entry: Entry) -> None:
        number = entry.sequence
        if self._missing.pop(number, None) is not None:
            told = f"record {number} stands behind record {self._last.sequence}"
        else:
            told = f"record {number} stands behind record {self._last.sequence}, or is there twice"
        self._find("out of order", number, told)

    def _go_on(self, place: Place, doubted: bool) -> None:
        self._last, self._doubted = place, doubted
        if place.sequence in self._wanted:
            self._hashes[place.sequence] = place.hash

    def _note_drop(self, entry: Entry) -> None:
        if b'"DropAuditFiles"' not in bytes(entry.event):
            return
        event = msgspec.json.decode(entry.event, type=_Event)
        if event.name == "DropAuditFiles" and event.source == "audit.radiograph" and event.details is not None:
            self._dropped = max(self._dropped, event.details.through)

    def _check_end(self, text: bytes, mark: Place | None) -> None:
        last = self._last.sequence
        if mark is None and (text or last):
            self._find("cut", last, "the mark of the chain's end is gone or was not made here: records may be too")
        for place, what in ((mark, "the chain's mark"), (self._anchor, "what was noted")):
            if place is None or place == GENESIS:
                continue
            if place.sequence > last:
                told = f"records {last + 1} to {place.sequence} are gone from the end: {what} tells of them"
                self._find("cut", last + 1, told)
            elif self._hashes.get(place.sequence, place.hash) != place.hash and not self._is_found(place.sequence):
                self._find("changed", place.sequence, f"record {place.sequence} has another hash than {what} tells")
            elif what == "what was noted" and self._report.first > place.sequence > self._dropped:
                self._find("cut", place.sequence, f"record {place.sequence}, which was noted, is gone")

    def _is_found(self, sequence: int) -> bool:
        return any(one.sequence == sequence for one in self._report.findings)

    def _find(self, fault: Fault, sequence: int, told: str) -> None:
        self._report.findings.append(self._finding(fault, sequence, told))

    def _finding(self, fault: Fault, sequence: int, told: str) -> Finding:
        return Finding(fault, self._chain, self._file, self._line, sequence, told)
