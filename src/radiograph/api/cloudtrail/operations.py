"""THE TABLE of CloudTrail: what is answered of it.

Source: botocore's service model of CloudTrail, 2013-11-01. Trails into buckets, event data stores and queries are not
here: what is told is kept here, and exported by ``radiograph audit export``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from radiograph.model.cloudtrail import LookupEventsRequest

from .lookup import lookup_events

__all__ = ["OPERATIONS", "Operation"]


class Operation(msgspec.Struct, frozen=True):
    """What it takes, and the function from request, account, data directory and time to its result."""

    name: str
    request: type[msgspec.Struct]
    answer: Callable[[Any, str, Path, float], msgspec.Struct]

    @property
    def action(self) -> str:
        """Give the IAM action."""
        return f"cloudtrail:{self.name}"


OPERATIONS = {one.name: one for one in (Operation("LookupEvents", LookupEventsRequest, lookup_events),)}
"""Operations by name."""
