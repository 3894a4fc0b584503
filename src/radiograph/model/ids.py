"""Names and identifiers, each with the lengths AWS accepts."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta

__all__ = [
    "ClientID",
    "GroupARN",
    "GroupName",
    "InsightId",
    "PolicyName",
    "ResourceName",
    "RuleName",
    "ServiceName",
    "TraceId",
    "aws_arn",
]

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

InsightId: TypeAlias = Annotated[
    str, Meta(pattern=r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}")
]
"""An insight: a UUID."""

PolicyName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"[\w+=,.@-]+")]
"""A resource policy. The pattern is found in a name, not matched by the whole of it: whoever takes one does that."""

ResourceName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=1011)]
"""The ARN of anything that can have tags."""

_PARTITIONS = {"cn-": "aws-cn", "us-gov-": "aws-us-gov", "us-iso-": "aws-iso", "us-isob-": "aws-iso-b"}


def aws_arn(service: str, region: str, account: str, resource: str) -> str:
    """The ARN of a resource, such as X-Ray's ``group/…`` and ``sampling-rule/…``, in the region's partition."""
    partition = next((name for start, name in _PARTITIONS.items() if region.startswith(start)), "aws")
    return f"arn:{partition}:{service}:{region}:{account}:{resource}"
