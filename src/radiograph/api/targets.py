"""What clients report of their sampling, kept in memory: it is worth seconds."""

from __future__ import annotations

import threading

from radiograph.sampling import Report, allot

__all__ = ["SamplingTargets"]

_FORGET_S = 600.0


class SamplingTargets:
    """The last report of every (account, rule, client). Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reports: dict[tuple[str, str], dict[str, Report]] = {}

    def report(self, account: str, rule: str, client: str, now: float, requests: int, reservoir: int) -> int:
        """Note a client's report; give its share of the rule's reservoir, in requests a second."""
        with self._lock:
            reports = self._reports.setdefault((account, rule), {})
            previous = reports.get(client)
            elapsed = max(now - previous.at_s, 1.0) if previous is not None else 10.0
            reports[client] = Report(now, requests / elapsed)
            for stale in [one for one, report in reports.items() if now - report.at_s > _FORGET_S]:
                del reports[stale]
            return allot(reservoir, reports, now)[client]
