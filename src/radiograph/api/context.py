"""What an operation may use: who asks, what time it is, and the rooms below."""

from __future__ import annotations

import msgspec

from radiograph.auth.caller import Caller, local_administrator
from radiograph.auth.policy import Facts
from radiograph.clock import Clock
from radiograph.config import Config, Quotas
from radiograph.keys import Keyring
from radiograph.rates import Rates
from radiograph.storage.interfaces import SettingsStore, TraceReader
from radiograph.telemetry import Counters

from .retrievals import Retrievals
from .summaries import Summaries
from .targets import SamplingTargets

__all__ = ["Context"]


class Context(msgspec.Struct, frozen=True):
    """One account's view of a running server."""

    account: str
    region: str
    clock: Clock
    traces: TraceReader
    settings: SettingsStore
    targets: SamplingTargets
    retrievals: Retrievals
    counters: Counters
    keys: Keyring
    quotas: Quotas = Config().quotas
    rates: Rates = Rates(0.0)
    summaries: Summaries = msgspec.field(default_factory=Summaries)
    caller: Caller = local_administrator("")
    facts: Facts = Facts(now_s=0.0, region="")
