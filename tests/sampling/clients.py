"""Sampling clients as the X-Ray SDK and the samplers of OpenTelemetry are, but for the clock and the dice.

Written from specification 6.3, 6.4 and 6.9; the clients themselves are asked in tests/e2e.
"""

from __future__ import annotations

import random
from typing import Literal

import msgspec

__all__ = ["Client", "Kind", "OtelSampler", "Rule", "Target", "XRaySdk"]

Kind = Literal["taken", "borrowed", "by rate", "dropped"]


class Rule(msgspec.Struct, frozen=True):
    reservoir: int
    rate: float


class Target(msgspec.Struct, frozen=True):
    """What a client is told; without a quota the SDK keeps its own, OpenTelemetry has none."""

    quota: int | None
    ttl_s: float | None
    rate: float


class Client:
    """Counts what it reports; a report starts the counts anew."""

    def __init__(self, client_id: str, rule: Rule, dice: random.Random) -> None:
        self.client_id, self.rule, self.dice, self.rate = client_id, rule, dice, rule.rate
        self.requests = self.sampled = self.borrowed = 0
        self.quota: int | None = None
        self.ttl_s = 0.0

    def asked(self, now: float) -> Kind:
        """Decide on a request."""
        self.requests += 1
        kind = self._from_reservoir(now)
        if kind is None:
            kind = "by rate" if self.dice.random() <= self.rate else "dropped"
        self._count(kind)
        return kind

    def told(self, target: Target, now: float) -> None:
        raise NotImplementedError

    def reported(self) -> tuple[int, int, int]:
        counts = self.requests, self.sampled, self.borrowed
        self.requests = self.sampled = self.borrowed = 0
        return counts

    def _from_reservoir(self, now: float) -> Kind | None:
        raise NotImplementedError

    def _count(self, kind: Kind) -> None:
        raise NotImplementedError


class XRaySdk(Client):
    """A whole quota every second of the clock; without one, or once it ended, one borrowed request a second."""

    _second = _used = 0
    _borrowed = False

    def told(self, target: Target, now: float) -> None:
        self.rate = target.rate
        if target.quota is not None and target.ttl_s is not None:
            self.quota, self.ttl_s = target.quota, target.ttl_s

    def _from_reservoir(self, now: float) -> Kind | None:
        if int(now) != self._second:
            self._second, self._used = int(now), 0
            self._borrowed = False
        if self.quota is not None and self.ttl_s >= int(now):
            if self._used >= self.quota:
                return None
            self._used += 1
            return "taken"
        if self.rule.reservoir and not self._borrowed:
            self._borrowed = True
            return "borrowed"
        return None

    def _count(self, kind: Kind) -> None:
        self.borrowed += kind == "borrowed"
        self.sampled += kind in ("taken", "by rate")


class OtelSampler(Client):
    """A bucket that fills with the quota, a second's worth at most; borrows until its first target and never after."""

    def __init__(self, client_id: str, rule: Rule, dice: random.Random, began_s: float) -> None:
        super().__init__(client_id, rule, dice)
        self._per_s, self._empty_at_s = min(rule.reservoir, 1), began_s

    def told(self, target: Target, now: float) -> None:
        self.rate, self.quota = target.rate, target.quota or 0
        self.ttl_s = now if target.ttl_s is None else target.ttl_s
        self._per_s, self._empty_at_s = self.quota, now

    def _from_reservoir(self, now: float) -> Kind | None:
        if not self._per_s or (self.quota is not None and now >= self.ttl_s):
            return None
        saved_s = min(now - self._empty_at_s, 1.0) - 1 / self._per_s
        if saved_s < -1e-9:
            return None
        self._empty_at_s = now - saved_s
        return "borrowed" if self.quota is None else "taken"

    def _count(self, kind: Kind) -> None:
        self.borrowed += kind == "borrowed"
        self.sampled += kind != "dropped"
