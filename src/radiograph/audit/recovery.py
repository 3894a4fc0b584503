"""Where a chain goes on after whatever ended its writer, and what has to be said of that."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

from radiograph.journal.files import sync_directory
from radiograph.secrets import Sealer
from radiograph.telemetry import log

from .chain import GENESIS, Place, hash_of, read_line, read_mark
from .files import ChainFiles

__all__ = ["Recovered", "recover"]


class Recovered(NamedTuple):
    """The last entry, and events (by name, with details) that the next ones have to be."""

    place: Place
    said: list[tuple[str, dict[str, Any]]]


def recover(files: ChainFiles, chain: str, sealer: Sealer) -> Recovered:
    """Give where to go on. A last line that was being written is taken away; nobody was told that it is there.

    When the mark says that there were more entries, the chain goes on behind those that are missing: the gap stays.

    Raises: OSError.
    """
    said: list[tuple[str, dict[str, Any]]] = []
    place = GENESIS
    for _, path in reversed(files.list()):
        torn = _mend(path)
        if torn:
            log.warning("the audit's file %s ended within a record of %d bytes: taken away", path, torn)
            said.append(("RepairAuditFile", {"file": path.name, "tornBytes": torn}))
        last = _last(path)
        if last is not None:
            place = last
            break
        path.unlink()  # nothing was written to it yet
        sync_directory(path.parent)
    text = files.read_mark()
    mark = read_mark(text, chain, sealer)
    if text and mark is None:
        log.error("the mark of the audit's chain %s is not one that was made here", chain)
        said.append(("DistrustAuditMark", {"mark": text[:200].decode("utf-8", "replace")}))
    if mark is not None and mark.sequence > place.sequence:
        log.error("records %d to %d of the audit's chain %s are missing", place.sequence + 1, mark.sequence, chain)
        said.append(("MissAuditRecords", {"from": place.sequence + 1, "through": mark.sequence}))
        place = mark
    return Recovered(place, said)


def _mend(path: Path) -> int:
    """Take away what stands behind the last line end; give how many bytes that was."""
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole == len(data):
        return 0
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        os.ftruncate(descriptor, whole)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return len(data) - whole


def _last(path: Path) -> Place | None:
    """Give the place of a file's last line: counted on from the last readable one, if others follow it."""
    lines = path.read_bytes().split(b"\n")[:-1]
    for behind, line in enumerate(reversed(lines)):
        entry = read_line(line)
        if entry is not None:
            return Place(entry.sequence + behind, hash_of(lines[-1]))
    return Place(int(path.stem) + len(lines) - 1, hash_of(lines[-1])) if lines else None
