"""Links between accounts as they are kept; ours, and not AWS's. Times are epoch seconds."""

from __future__ import annotations

import msgspec

__all__ = ["TRACES", "Share", "Sink", "SinkLink"]

TRACES = "AWS::XRay::Trace"
"""The type of resource that is shared here."""


class Sink(msgspec.Struct, frozen=True):
    """Where a monitoring account lets others attach; without a policy it lets nobody."""

    arn: str
    account: str
    name: str
    created_at: float
    policy: str | None = None
    tags: dict[str, str] = {}


class SinkLink(msgspec.Struct, frozen=True):
    """What a source account shares, and with whose sink."""

    arn: str
    account: str
    sink_arn: str
    label: str
    label_template: str
    resource_types: list[str]
    metric_filter: str | None
    log_group_filter: str | None
    created_at: float
    tags: dict[str, str] = {}


class Share(msgspec.Struct, frozen=True):
    """A time in which what arrived for an account is a monitoring account's too; until None it goes on."""

    account: str
    monitor: str
    since: float
    until: float | None = None

    def covers(self, moment: float) -> bool:
        """Whether what arrived at a moment is shared."""
        return self.since <= moment and (self.until is None or moment < self.until)
