"""A fleet of sampling clients under one rule, and the operation that tells them their targets, second by second."""

from __future__ import annotations

import heapq
import random
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec
from msgspec import UNSET, structs

from radiograph.api.targets import SamplingTargets
from radiograph.api.xray.sampling import get_sampling_targets
from radiograph.model import GetSamplingTargetsRequest, SamplingStatisticsDocument
from tests.api.desk import Desk
from tests.sampling.clients import Client, Kind, OtelSampler, Rule, Target, XRaySdk

__all__ = ["Fleet", "Member", "steady"]

_RULE, _INTERVAL_S = "simulated", 10.0
_MEMBERS = {"Priority": 1, "Version": 1, "HTTPMethod": "*", "Host": "*", "ResourceARN": "*", "URLPath": "*"}

Traffic = Callable[[float], float]
"""Requests a second at a moment, in seconds since the beginning."""


class Member(msgspec.Struct):
    """A client's place in the fleet; times are seconds since the beginning."""

    per_s: Traffic
    joins_s: float = 0.0
    leaves_s: float = float("inf")
    otel: bool = False


def steady(per_s: float) -> Traffic:
    return lambda _: per_s


class Fleet:
    """Clients whose requests come evenly spread or by chance, and whose reports come every ten seconds with jitter."""

    def __init__(
        self,
        desk: Desk,
        rule: Rule,
        members: Sequence[Member],
        seed: int = 1,
        by_chance: bool = False,
        restarts_s: Sequence[float] = (),
    ) -> None:
        self.desk, self.rule, self.members = desk, rule, members
        self.decided: dict[int, Counter[Kind]] = {}
        """What became of the requests of each second."""
        self._told: list[list[tuple[float, int, float]]] = [[] for _ in members]
        # No fleet finds that quotas were given lately, to another.
        self._began = int(desk.now) + 10_000.0
        self._restarts_s = sorted(restarts_s)
        self._by_chance, self._dice = by_chance, random.Random(seed)
        known = {one["SamplingRule"]["RuleName"] for one in desk.ask("/GetSamplingRules")["SamplingRuleRecords"]}
        if _RULE in known:
            desk.ask("/DeleteSamplingRule", RuleName=_RULE)
        limits = {"FixedRate": rule.rate, "ReservoirSize": rule.reservoir, "ServiceName": "*", "ServiceType": "*"}
        desk.ask("/CreateSamplingRule", SamplingRule=_MEMBERS | limits | {"RuleName": _RULE})
        self._context = structs.replace(desk.context, targets=SamplingTargets())

    def run(self, seconds: float) -> None:
        """Let this much time pass."""
        clients = [self._client(n, member) for n, member in enumerate(self.members)]
        events: list[tuple[float, int, bool]] = []
        for n, member in enumerate(self.members):
            heapq.heappush(events, (member.joins_s + self._dice.random() / 10, n, False))
            heapq.heappush(events, (member.joins_s + _INTERVAL_S + self._jitter(), n, True))
        while events:
            at, n, reports = heapq.heappop(events)
            if at >= seconds:
                break
            while self._restarts_s and self._restarts_s[0] <= at:
                self._restarts_s.pop(0)
                self._context = structs.replace(self._context, targets=SamplingTargets())
            member, client = self.members[n], clients[n]
            if at >= member.leaves_s:
                continue
            if reports:
                self._report(n, client, at)
                heapq.heappush(events, (at + _INTERVAL_S + self._jitter(), n, True))
            else:
                per_s = member.per_s(at)
                if per_s > 0:
                    self.decided.setdefault(int(at), Counter())[client.asked(self._began + at)] += 1
                heapq.heappush(events, (at + self._pause(per_s), n, False))

    def count(self, second: int, *kinds: Kind) -> int:
        return sum(self.decided.get(second, Counter())[kind] for kind in kinds)

    def quota(self, n: int, at: float) -> int:
        """Give what a client may take from the reservoir at a moment."""
        told = self._told[n][: bisect(self._told[n], at, key=lambda one: one[0])]
        return told[-1][1] if told and at < min(told[-1][2] + 1, self.members[n].leaves_s) else 0

    def quotas(self, at: float) -> list[int]:
        return [self.quota(n, at) for n in range(len(self.members))]

    def had_one(self, n: int) -> bool:
        return any(quota for _, quota, _ in self._told[n])

    def _report(self, n: int, client: Client, at: float) -> None:
        requests, sampled, borrowed = client.reported()
        if not requests:
            return
        said = SamplingStatisticsDocument(
            rule_name=_RULE,
            client_id=client.client_id,
            timestamp=self._began + at,
            request_count=requests,
            sampled_count=sampled,
            borrow_count=borrowed,
        )
        self.desk.now = self._began + at
        request = GetSamplingTargetsRequest(sampling_statistics_documents=[said])
        (told,) = get_sampling_targets(request, self._context).sampling_target_documents
        target = Target(
            None if told.reservoir_quota is UNSET else told.reservoir_quota,
            None if told.reservoir_quota_ttl is UNSET else told.reservoir_quota_ttl,
            told.fixed_rate,
        )
        client.told(target, self._began + at)
        if target.quota is not None and target.ttl_s is not None:
            self._told[n].append((at, target.quota, target.ttl_s - self._began))

    def _client(self, n: int, member: Member) -> Client:
        id_, dice = f"{n:024x}", random.Random(self._dice.random())
        return (
            OtelSampler(id_, self.rule, dice, self._began + member.joins_s)
            if member.otel
            else XRaySdk(id_, self.rule, dice)
        )

    def _pause(self, per_s: float) -> float:
        if per_s <= 0:
            return 1.0
        return self._dice.expovariate(per_s) if self._by_chance else 1 / per_s

    def _jitter(self) -> float:
        return self._dice.random() / 10
