"""Shares of a reservoir: whole requests a second, in proportion to what each client sees."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

__all__ = ["Report", "allot"]


class Report(msgspec.Struct, frozen=True):
    """What a client last said of a rule."""

    at_s: float
    requests_per_s: float


def allot(reservoir: int, reports: Mapping[str, Report], now: float, active_s: float = 25.0) -> dict[str, int]:
    """Give each active client its quota; the quotas add up to ``reservoir``.

    A client is active when it has reported in the last ``active_s`` seconds. What is left after whole shares goes
    to the largest fractions, ties to the smaller client id.
    """
    active = {client: report for client, report in reports.items() if now - report.at_s <= active_s}
    total = sum(report.requests_per_s for report in active.values())
    if not active:
        return {}
    shares = {
        client: reservoir * (report.requests_per_s / total if total else 1 / len(active))
        for client, report in active.items()
    }
    quotas = {client: int(share) for client, share in shares.items()}
    left = reservoir - sum(quotas.values())
    for client in sorted(shares, key=lambda one: (quotas[one] - shares[one], one))[:left]:
        quotas[client] += 1
    return quotas
