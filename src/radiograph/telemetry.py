"""Our own counters and log lines."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections import Counter

import msgspec

__all__ = ["Counters", "Seldom", "configure_logging", "log"]

log = logging.getLogger("radiograph")


class Counters:
    """Named counts that only grow. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._because: dict[str, str] = {}

    def add(self, name: str, count: int = 1, because: str = "") -> None:
        """Count ``count`` more of ``name``; dots separate a family from a reason, as in ``udp.dropped.header``.

        Of what was ``because`` of something, the latest is remembered.
        """
        if count:
            with self._lock:
                self._counts[name] += count
                if because:
                    self._because[name] = because

    def because(self, name: str) -> str:
        """Give what the latest of ``name`` was because of; empty when nobody said."""
        with self._lock:
            return self._because.get(name, "")

    def get(self, name: str) -> int:
        """Give how many of ``name`` there have been."""
        with self._lock:
            return self._counts[name]

    def snapshot(self) -> dict[str, int]:
        """Give all counts, by name."""
        with self._lock:
            return dict(sorted(self._counts.items()))


class Seldom:
    """Logs warnings that a flood would repeat: each kind at most once in a while, with how many were left out."""

    def __init__(self, every_s: float = 10.0) -> None:
        self._every_s = every_s
        self._lock = threading.Lock()
        self._kinds: dict[str, tuple[float, int]] = {}

    def warning(self, kind: str, message: str) -> None:
        """Log a message, unless one of its kind was logged a moment ago."""
        now = time.monotonic()
        with self._lock:
            last, left_out = self._kinds.get(kind, (-self._every_s, 0))
            if now - last < self._every_s:
                self._kinds[kind] = (last, left_out + 1)
                return
            self._kinds[kind] = (now, 0)
        log.warning("%s%s", message, f" ({left_out} more like it before)" if left_out else "")


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
