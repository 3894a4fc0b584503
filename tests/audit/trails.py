"""A data directory with trails, and records to write to them."""

from __future__ import annotations

import errno
import os
import uuid
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from radiograph.audit import Found, Record, Trail, TrailLimits, UserIdentity, Wanted, chain_directory, search, verify
from radiograph.audit.files import Pwrite
from radiograph.audit.record import stamp
from radiograph.audit.verify import ChainReport
from radiograph.secrets import MasterKey
from radiograph.telemetry import Counters

__all__ = ["ACCOUNT", "NOW", "OTHER", "SEALER", "FullDisk", "Trails", "record"]

ACCOUNT, OTHER, NOW = "123456789012", "210987654321", 1_795_000_000.0
SEALER = MasterKey(b"k" * 32).sealer("audit")


def record(name: str = "CreateUser", at: float = NOW, **members: Any) -> Record:
    usual = {
        "user_identity": UserIdentity(type="IAMUser", user_name="alice", access_key_id="AKIAEXAMPLEEXAMPLE00"),
        "event_time": stamp(at),
        "event_source": "iam.amazonaws.com",
        "event_name": name,
        "aws_region": "eu-west-1",
        "source_ip_address": "192.0.2.1",
        "event_id": str(uuid.uuid4()),
        "read_only": False,
        "recipient_account_id": ACCOUNT,
    }
    return Record(**(usual | members))


class Trails:
    """Trails of one data directory, opened and closed as processes would."""

    def __init__(self, data: Path) -> None:
        self.data, self.now = data, NOW
        self.counters = Counters()
        self._open: list[Trail] = []

    def open(self, chain: str = "back", pwrite: Pwrite = os.pwrite, **limits: Any) -> Trail:
        made = replace(TrailLimits(), **limits)
        directory = chain_directory(self.data, chain)
        trail = Trail(directory, chain, SEALER, made, lambda: self.now, self.counters, ACCOUNT, "eu-west-1", pwrite)
        self._open.append(trail)
        return trail

    def written(self, count: int, chain: str = "back", **limits: Any) -> list[Path]:
        """Write so many records, a second apart, and close; give the files."""
        trail = self.open(chain, **limits)
        for n in range(count):
            trail.write(record(f"Event{n}", NOW + n))
        trail.close()
        return self.files(chain)

    def files(self, chain: str = "back") -> list[Path]:
        return sorted(chain_directory(self.data, chain).glob("*.jsonl"))

    def report(self, chain: str = "back", sealed: bool = True) -> ChainReport:
        return next(one for one in verify(self.data, SEALER if sealed else None) if one.chain == chain)

    def faults(self, chain: str = "back", sealed: bool = True) -> list[tuple[str, int]]:
        return [(one.fault, one.sequence) for one in self.report(chain, sealed).findings]

    def found(self, **wanted: Any) -> list[Found]:
        return list(search(self.data, Wanted(**wanted)))

    def names(self, **wanted: Any) -> list[str]:
        return [one.record.event_name for one in self.found(**wanted)]

    def close(self) -> None:
        for trail in self._open:
            trail.close()


class FullDisk:
    """Takes a few bytes more, then none, until there is room again."""

    def __init__(self) -> None:
        self.room: int | None = None

    def pwrite(self, descriptor: int, data: memoryview, offset: int) -> int:
        if self.room is None:
            return os.pwrite(descriptor, data, offset)
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = os.pwrite(descriptor, data[: self.room], offset)
        self.room -= written
        return written
