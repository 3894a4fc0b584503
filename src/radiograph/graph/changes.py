"""Which services are worse than they were, by more than chance accounts for. Rows are of nodes' response times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import log2, sqrt

from msgspec import Struct

from radiograph.model.graph_rows import GraphRow, NodeKey

from .statistics import coarse_seconds

__all__ = ["Health", "first_bad", "health", "is_unhealthy", "worse"]

_Z = 1.96
"""Standard deviations that chance accounts for."""
_MOST_FAULTS, _MOST_ERRORS, _SLOWER = 0.01, 0.05, 1.5
"""Unhealthy is a share of faults, or of errors and throttles, that is so much larger; or a p95 so much longer."""
_FEW = 30
_GAP_S = 180


class Health(Struct, frozen=True):
    """How a service did: requests by class, and percentiles of its response times in seconds."""

    count: int = 0
    fault: int = 0
    error: int = 0
    throttle: int = 0
    p50: float = 0.0
    p95: float = 0.0

    def share(self, count: int) -> float:
        """Give a count as a share of all requests."""
        return count / self.count if self.count else 0.0


def health(rows: Iterable[GraphRow]) -> dict[NodeKey, Health]:
    """Give how each service did over all of these rows."""
    by_key: dict[NodeKey, list[GraphRow]] = defaultdict(list)
    for row in rows:
        by_key[NodeKey(row.name, row.type)].append(row)
    return {key: _health(some) for key, some in by_key.items()}


def _health(rows: list[GraphRow]) -> Health:
    counts: dict[int, int] = defaultdict(int)
    for row in rows:
        for bucket, count in zip(row.buckets, row.counts, strict=True):
            counts[bucket] += count
    fault, error, throttle = (sum(getattr(row, name) for row in rows) for name in ("fault", "error", "throttle"))
    count = fault + error + throttle + sum(row.ok for row in rows)
    return Health(count, fault, error, throttle, _percentile(counts, 0.5), _percentile(counts, 0.95))


def _percentile(counts: dict[int, int], share: float) -> float:
    wanted, passed = sum(counts.values()) * share, 0
    for bucket in sorted(counts):
        passed += counts[bucket]
        if passed >= wanted and passed:
            return coarse_seconds(bucket)
    return 0.0


def worse(now: Health, before: Health) -> float:
    """Give how much worse a service does than before: shares of faults weigh most; negative when it does better."""
    faults = _beyond_chance(now.fault, now.count, before.fault, before.count)
    errors = _beyond_chance(now.error + now.throttle, now.count, before.error + before.throttle, before.count)
    return 4 * faults + errors + _slower(now, before) / 2


def is_unhealthy(now: Health, before: Health) -> bool:
    """Whether more requests fail, or take longer, than before."""
    return (
        _beyond_chance(now.fault, now.count, before.fault, before.count) > _MOST_FAULTS
        or _beyond_chance(now.error + now.throttle, now.count, before.error + before.throttle, before.count)
        > _MOST_ERRORS
        or _slower(now, before) > log2(_SLOWER)
    )


def _slower(now: Health, before: Health) -> float:
    """Octaves by which the p95 grew; 0 where requests are too few to tell."""
    if min(now.count, before.count) < _FEW or not now.p95 or not before.p95:
        return 0.0
    return log2(now.p95 / before.p95)


def _beyond_chance(hits: int, count: int, hits_before: int, count_before: int) -> float:
    """Give by how much a share changed, less what chance accounts for; a service that is new had none."""
    if not count:
        return 0.0
    # Adding one hit and one miss to each keeps the spread honest where shares are 0 or 1.
    p, n = (hits + 1) / (count + 2), count + 2
    q, m = (hits_before + 1) / (count_before + 2), count_before + 2
    spread = _Z * sqrt(p * (1 - p) / n + (q * (1 - q) / m if count_before else 0.0))
    difference = hits / count - (hits_before / count_before if count_before else 0.0)
    return max(difference - spread, 0.0) if difference > 0 else min(difference + spread, 0.0)


def first_bad(minutes: Iterable[GraphRow], before: Health) -> int | None:
    """Give the minute since which one service does worse than before; None when no minute shows it by itself.

    Good minutes between bad ones, as long as they are few, do not end what is going on.
    """
    by_minute: dict[int, list[GraphRow]] = defaultdict(list)
    for row in minutes:
        by_minute[row.minute].append(row)
    since: int | None = None
    until = 0
    for minute in sorted(by_minute):
        if not _is_bad(_health(by_minute[minute]), before):
            continue
        if since is None or minute - until > _GAP_S:
            since = minute
        until = minute
    return since


def _is_bad(minute: Health, before: Health) -> bool:
    """A minute has few requests: what it shows is looked at without asking how sure it is."""
    failed = minute.share(minute.error + minute.throttle) - before.share(before.error + before.throttle)
    return (
        minute.share(minute.fault) - before.share(before.fault) > _MOST_FAULTS
        or failed > _MOST_ERRORS
        or bool(before.p95 and minute.p95 > _SLOWER * before.p95)
    )
