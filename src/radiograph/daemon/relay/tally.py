"""What a daemon counts for AWS's telemetry, minute by minute. Source: aws-xray-daemon, "telemetry"."""

from __future__ import annotations

import socket
import threading
from collections import Counter, deque

from radiograph.model.segments import BackendConnectionErrors, TelemetryRecord

__all__ = ["Tally", "kind_of_error"]

_MOST_RECORDS = 30


class Tally:
    """Counts, and the closed minutes that have not been reported yet. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ever: Counter[str] = Counter()
        self._closed: Counter[str] = Counter()
        self._records: deque[TelemetryRecord] = deque(maxlen=_MOST_RECORDS)

    def add(self, name: str, count: int = 1) -> None:
        """Count: ``received``, ``sent``, ``spillover``, ``rejected``, or a kind of error."""
        with self._lock:
            self._ever[name] += count

    def get(self, name: str) -> int:
        """Give how many of ``name`` there have been since the start."""
        with self._lock:
            return self._ever[name]

    def close_minute(self, now: float) -> Counter[str]:
        """Put what was counted since the last time into a record of its own, and give it.

        There is no record before the first datagram ever; from then on, of idle minutes too.
        """
        with self._lock:
            counts = self._ever - self._closed
            self._closed = self._ever.copy()
            if self._ever["received"]:
                self._records.append(_record(counts, now))
            return counts

    def take_records(self, most: int) -> list[TelemetryRecord]:
        """Give the oldest records, which are then the caller's to report."""
        with self._lock:
            return [self._records.popleft() for _ in range(min(most, len(self._records)))]

    def give_back(self, records: list[TelemetryRecord]) -> None:
        """Keep records that could not be reported, in front of those closed since; of too many the oldest go."""
        with self._lock:
            kept = [*records, *self._records]
            self._records.clear()
            self._records.extend(kept)


def kind_of_error(error: Exception) -> str:
    """Give the name under which a failure to reach the service is counted."""
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    return "unknown_host" if isinstance(error, socket.gaierror) else "other"


def _record(counts: Counter[str], now: float) -> TelemetryRecord:
    return TelemetryRecord(
        timestamp=now,
        segments_received_count=counts["received"],
        segments_sent_count=counts["sent"],
        segments_spillover_count=counts["spillover"],
        segments_rejected_count=counts["rejected"],
        backend_connection_errors=BackendConnectionErrors(
            timeout_count=counts["timeout"],
            connection_refused_count=counts["refused"],
            http_code_4xx_count=counts["4xx"],
            http_code_5xx_count=counts["5xx"],
            unknown_host_count=counts["unknown_host"],
            other_count=counts["other"],
        ),
    )
