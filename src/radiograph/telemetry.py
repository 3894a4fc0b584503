"""Our own counters and log lines."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections import Counter

import msgspec

__all__ = ["Counters", "configure_logging", "log"]

log = logging.getLogger("radiograph")


class Counters:
    """Named counts that only grow. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def add(self, name: str, count: int = 1) -> None:
        """Count ``count`` more of ``name``; dots separate a family from a reason, as in ``udp.dropped.header``."""
        if count:
            with self._lock:
                self._counts[name] += count

    def get(self, name: str) -> int:
        """Give how many of ``name`` there have been."""
        with self._lock:
            return self._counts[name]

    def snapshot(self) -> dict[str, int]:
        """Give all counts, by name."""
        with self._lock:
            return dict(sorted(self._counts.items()))


class _JsonLines(logging.Formatter):
    """One JSON object a line: whatever a value holds, it cannot forge a second line."""

    def format(self, record: logging.LogRecord) -> str:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        line: dict[str, object] = {"time": stamp, "level": record.levelname.lower(), "message": record.getMessage()}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line).decode()


def configure_logging(level: str) -> None:
    """Send log lines of ``level`` and above to standard error as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines())
    log.handlers[:] = [handler]
    log.setLevel(level.upper())
    log.propagate = False
