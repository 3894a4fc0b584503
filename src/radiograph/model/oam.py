"""The nouns of CloudWatch Observability Access Manager, spelled as AWS spells them. Source: botocore's service model,
2022-06-10.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType, field

__all__ = [
    "CreateLinkInput",
    "CreateLinkOutput",
    "CreateSinkInput",
    "CreateSinkOutput",
    "DeleteLinkInput",
    "DeleteSinkInput",
    "Empty",
    "GetLinkInput",
    "GetSinkInput",
    "GetSinkPolicyInput",
    "LinkConfiguration",
    "ListAttachedLinksInput",
    "ListAttachedLinksItem",
    "ListAttachedLinksOutput",
    "ListLinksInput",
    "ListLinksItem",
    "ListLinksOutput",
    "ListSinksInput",
    "ListSinksItem",
    "ListSinksOutput",
    "ListTagsForResourceInput",
    "ListTagsForResourceOutput",
    "LogGroupConfiguration",
    "MetricConfiguration",
    "PutSinkPolicyInput",
    "ResourceType",
    "SinkPolicyOutput",
    "TagResourceInput",
    "UntagResourceInput",
    "UpdateLinkInput",
]

ResourceType: TypeAlias = Literal[
    "AWS::CloudWatch::Metric",
    "AWS::Logs::LogGroup",
    "AWS::XRay::Trace",
    "AWS::ApplicationInsights::Application",
    "AWS::InternetMonitor::Monitor",
    "AWS::ApplicationSignals::Service",
    "AWS::ApplicationSignals::ServiceLevelObjective",
]
Identifier: TypeAlias = Annotated[str, Meta(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_:\.\-\/]{0,2047}\Z")]
"""The ARN of a sink or link."""

_ResourceTypes: TypeAlias = Annotated[list[ResourceType], Meta(min_length=1, max_length=50)]
_Key: TypeAlias = Annotated[str, Meta(min_length=1, max_length=128)]
_Tags: TypeAlias = Annotated[dict[_Key, Annotated[str, Meta(max_length=256)]], Meta(max_length=50)]
_Filter: TypeAlias = Annotated[str, Meta(min_length=1, max_length=2000)]


class _Model(Struct, frozen=True, kw_only=True, rename="pascal"):
    """A structure we answer with: OAM writes ``Arn`` where X-Ray writes ``ARN``."""


class _Request(_Model, frozen=True, kw_only=True, omit_defaults=True):
    """A structure callers send."""


class Empty(_Model, frozen=True, kw_only=True):
    """Nothing: it was done."""


# Sinks


class CreateSinkInput(_Request, frozen=True, kw_only=True):
    """A sink to make, of which an account has one."""

    name: Annotated[str, Meta(pattern=r"^[a-zA-Z0-9_\.\-]{1,255}\Z")]
    tags: _Tags | None = None


class CreateSinkOutput(_Model, frozen=True, kw_only=True):
    """A sink; GetSink answers with the same."""

    arn: str = ""
    id: str = ""
    name: str = ""
    tags: dict[str, str] | UnsetType = UNSET


class GetSinkInput(_Request, frozen=True, kw_only=True):
    """Which sink."""

    identifier: Identifier
    include_tags: bool | None = None


class DeleteSinkInput(_Request, frozen=True, kw_only=True):
    """Which sink."""

    identifier: Identifier


class ListSinksInput(_Request, frozen=True, kw_only=True):
    """Which page of the account's sinks."""

    max_results: Annotated[int, Meta(ge=1, le=100)] | None = None
    next_token: str | None = None


class ListSinksItem(_Model, frozen=True, kw_only=True):
    """A sink of a list."""

    arn: str
    id: str
    name: str


class ListSinksOutput(_Model, frozen=True, kw_only=True):
    """A page of sinks."""

    items: list[ListSinksItem]
    next_token: str | UnsetType = UNSET


class GetSinkPolicyInput(_Request, frozen=True, kw_only=True):
    """Which sink."""

    sink_identifier: Identifier


class PutSinkPolicyInput(_Request, frozen=True, kw_only=True):
    """Who may attach to a sink, in place of what was said before."""

    sink_identifier: Identifier
    policy: str


class SinkPolicyOutput(_Model, frozen=True, kw_only=True):
    """Who may attach to a sink; PutSinkPolicy and GetSinkPolicy answer with it."""

    sink_arn: str
    sink_id: str
    policy: str | UnsetType = UNSET


# Links


class MetricConfiguration(_Request, frozen=True, kw_only=True):
    """Which metrics are shared."""

    filter: _Filter


class LogGroupConfiguration(_Request, frozen=True, kw_only=True):
    """Which log groups are shared."""

    filter: _Filter


class LinkConfiguration(_Request, frozen=True, kw_only=True):
    """What is shared of metrics and logs."""

    log_group_configuration: LogGroupConfiguration | None = None
    metric_configuration: MetricConfiguration | None = None


class CreateLinkInput(_Request, frozen=True, kw_only=True):
    """What an account is to share, and with whose sink."""

    label_template: Annotated[str, Meta(min_length=1, max_length=64)]
    link_configuration: LinkConfiguration | None = None
    resource_types: _ResourceTypes
    sink_identifier: Identifier
    tags: _Tags | None = None


class CreateLinkOutput(_Model, frozen=True, kw_only=True):
    """A link; GetLink and UpdateLink answer with the same."""

    arn: str = ""
    id: str = ""
    label: str = ""
    label_template: str = ""
    link_configuration: LinkConfiguration | UnsetType = UNSET
    resource_types: list[str] = field(default_factory=list)
    sink_arn: str = ""
    tags: dict[str, str] | UnsetType = UNSET


class GetLinkInput(_Request, frozen=True, kw_only=True):
    """Which link."""

    identifier: Identifier
    include_tags: bool | None = None


class UpdateLinkInput(_Request, frozen=True, kw_only=True):
    """What a link is to share from now on."""

    identifier: Identifier
    include_tags: bool | None = None
    link_configuration: LinkConfiguration | None = None
    resource_types: _ResourceTypes


class DeleteLinkInput(_Request, frozen=True, kw_only=True):
    """Which link."""

    identifier: Identifier


class ListLinksInput(_Request, frozen=True, kw_only=True):
    """Which page of the account's links."""

    max_results: Annotated[int, Meta(ge=1, le=5)] | None = None
    next_token: str | None = None


class ListLinksItem(_Model, frozen=True, kw_only=True):
    """A link of a list."""

    arn: str
    id: str
    label: str
    resource_types: list[str]
    sink_arn: str


class ListLinksOutput(_Model, frozen=True, kw_only=True):
    """A page of links."""

    items: list[ListLinksItem]
    next_token: str | UnsetType = UNSET


class ListAttachedLinksInput(_Request, frozen=True, kw_only=True):
    """Which page of the links to a sink."""

    max_results: Annotated[int, Meta(ge=1, le=1000)] | None = None
    next_token: str | None = None
    sink_identifier: Identifier


class ListAttachedLinksItem(_Model, frozen=True, kw_only=True):
    """A link as the monitoring account sees it."""

    label: str
    link_arn: str
    resource_types: list[str]


class ListAttachedLinksOutput(_Model, frozen=True, kw_only=True):
    """A page of links."""

    items: list[ListAttachedLinksItem]
    next_token: str | UnsetType = UNSET


# Tags


class ListTagsForResourceInput(_Request, frozen=True, kw_only=True):
    """Which sink or link; its ARN stands in the path."""

    resource_arn: str


class ListTagsForResourceOutput(_Model, frozen=True, kw_only=True):
    """The tags of a sink or link."""

    tags: dict[str, str]


class TagResourceInput(_Request, frozen=True, kw_only=True):
    """Tags to put to a sink or link, whose ARN stands in the path."""

    resource_arn: str = ""
    tags: _Tags


class UntagResourceInput(_Request, frozen=True, kw_only=True):
    """Keys of the tags to take from a sink or link; both stand in the path and its query."""

    resource_arn: str
    tag_keys: list[str]
