"""What every Struct of the model shares: the two bases, the spelling of names, numbers and moments."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

__all__ = ["Int32", "Model", "Moment", "NonNegative", "Rate", "Request", "Timestamp", "epoch", "rename"]

_FIRST_S = -62_135_596_800.0  # 0001-01-01T00:00:00Z
_LAST_S = 253_402_300_799.0  # 9999-12-31T23:59:59Z

Timestamp: TypeAlias = float
"""Seconds since the Unix epoch, fraction allowed: the only form an answer uses."""

Moment: TypeAlias = Annotated[float, Meta(ge=_FIRST_S, le=_LAST_S)] | datetime
"""A moment as callers send it: seconds since the epoch, or an ISO-8601 string; :func:`epoch` makes it a number."""

Int32: TypeAlias = Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)]
"""An ``integer`` of the service model."""

NonNegative: TypeAlias = Annotated[int, Meta(ge=0, le=2**31 - 1)]
"""An ``integer`` of the service model that counts something."""

Rate: TypeAlias = Annotated[float, Meta(ge=0, le=1)]
"""A share of requests, 0 to 1."""

_WORDS = {"arn": "ARN", "arns": "ARNs", "ec2": "EC2", "ttl": "TTL", "url": "URL"}
_IRREGULAR = {
    "client_id": "ClientID",
    "http_code_4xx_count": "HTTPCode4XXCount",
    "http_code_5xx_count": "HTTPCode5XXCount",
}


def rename(attribute: str) -> str:
    """The name AWS gives the member that Python calls ``attribute``.

    ``resource_arns`` is ``ResourceARNs``. ``Http.http_method`` is ``HttpMethod`` but ``SamplingRule.http_method`` is
    ``HTTPMethod``: the latter names itself with ``field(name=…)``.
    """
    if attribute in _IRREGULAR:
        return _IRREGULAR[attribute]
    return "".join(_WORDS.get(word) or word.capitalize() for word in attribute.split("_"))


def epoch(moment: float | datetime) -> float:
    """Seconds since the epoch, in UTC; a datetime that names no zone is UTC.

    Stays within the years 1 to 9999, so the result can always be made a datetime again.
    """
    if not isinstance(moment, datetime):
        return float(moment)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(aware.timestamp(), _FIRST_S), _LAST_S)


class Model(Struct, frozen=True, kw_only=True, rename=rename):
    """A structure we answer with: ``UNSET`` members stay off the wire, every other member is written, empty or not."""


class Request(Model, frozen=True, kw_only=True, omit_defaults=True):
    """A structure callers send: optional members are ``None`` when absent or ``null``; unknown members are ignored."""
