"""Names and identifiers, each with the lengths AWS accepts."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta

__all__ = ["ClientID", "GroupARN", "GroupName", "RuleName", "ServiceName", "TraceId"]

TraceId: TypeAlias = Annotated[str, Meta(min_length=1, max_length=35)]
"""``1-5759e988-bd862e3fe1be46a994272793``."""

GroupName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=32)]
"""A group of traces; case sensitive."""

GroupARN: TypeAlias = Annotated[str, Meta(min_length=1, max_length=400)]
"""``arn:PARTITION:xray:REGION:ACCOUNT:group/NAME/UNIQUEID``."""

RuleName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=32)]
"""A sampling rule; ``Default`` always exists."""

ServiceName: TypeAlias = Annotated[str, Meta(max_length=64)]
"""A service as sampling rules and statistics name it."""

ClientID: TypeAlias = Annotated[str, Meta(min_length=24, max_length=24)]
"""A sampling client: 24 hexadecimal digits, drawn at the start of its process."""
