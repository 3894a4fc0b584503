"""AWS X-Ray, or whatever speaks its API, as a source of traces, groups and sampling rules; through boto3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import msgspec

from radiograph.model.groups import GroupSummary
from radiograph.model.sampling_rules import SamplingRule
from radiograph.model.tags import Tag

__all__ = ["DefaultRule", "Found", "Source", "SourceFailed", "Told", "open_source"]

_ATTEMPTS = 12
_DEFAULT = "Default"
_REGION_OF_NOBODY = "us-east-1"


class SourceFailed(Exception):
    """The source did not answer as asked; the message is what it, or its client, said."""


class Found(msgspec.Struct, frozen=True):
    """A trace that is there."""

    trace_id: str
    look: str
    """Changes when the trace does."""
    is_partial: bool


class Told(msgspec.Struct, frozen=True):
    """Traces in full: the documents of each; and those that the source has, but does not give now."""

    documents: dict[str, list[str]]
    withheld: list[str]


class DefaultRule(msgspec.Struct, frozen=True):
    """What can be changed of the rule that is always there."""

    fixed_rate: float
    reservoir_size: int


class Source(Protocol):
    """Where traces are pulled from. Every method raises SourceFailed."""

    name: str
    """Whose traces: the account and the region, or the address."""

    def found(self, start_s: int, end_s: int, expression: str | None) -> Iterator[list[Found]]:
        """Yield pages of the traces that begin in a window of at most six hours."""

    def traces(self, trace_ids: list[str]) -> Told:
        """Give up to five traces."""

    def groups(self) -> list[GroupSummary]:
        """Give every group but the one that is always there."""

    def rules(self) -> tuple[list[SamplingRule], DefaultRule | None]:
        """Give every sampling rule, the one that is always there apart."""

    def tags(self, arn: str) -> list[Tag]:
        """Give a resource's tags; none where they may not be read."""


def open_source(profile: str | None, region: str | None, endpoint_url: str | None) -> Source:
    """Give AWS X-Ray as boto3 finds it, or a server at ``endpoint_url``.

    AWS is asked whose credentials they are: the account names the source.

    Raises: SourceFailed when credentials or the region are missing or refused.
    """
    import boto3  # type: ignore[import-untyped]
    from botocore import UNSIGNED  # type: ignore[import-untyped]
    from botocore.config import Config  # type: ignore[import-untyped]
    from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

    failures = (BotoCoreError, ClientError)
    try:
        session = boto3.Session(profile_name=profile, region_name=region)
        named = session.region_name or (_REGION_OF_NOBODY if endpoint_url else None)
        if named is None:
            raise SourceFailed("no region is configured; name it with --region or AWS_REGION")
        # Throttling slows the client down instead of failing it.
        settings: dict[str, Any] = {"retries": {"mode": "adaptive", "total_max_attempts": _ATTEMPTS}}
        if endpoint_url and session.get_credentials() is None:
            settings["signature_version"] = UNSIGNED
        client = session.client("xray", region_name=named, endpoint_url=endpoint_url, config=Config(**settings))
        name = endpoint_url or named
        if not endpoint_url:
            account = session.client("sts", region_name=named).get_caller_identity()["Account"]
            name = f"account {account} in {named}"
    except failures as error:
        raise SourceFailed(str(error)) from error
    except ValueError as error:  # an endpoint that is no URL
        raise SourceFailed(str(error)) from error
    return _Xray(client, name, failures)


class _Xray:
    def __init__(self, client: Any, name: str, failures: tuple[type[Exception], ...]) -> None:
        self.name = name
        self._client, self._failures = client, failures

    def found(self, start_s: int, end_s: int, expression: str | None) -> Iterator[list[Found]]:
        asked: dict[str, Any] = {"StartTime": start_s, "EndTime": end_s, "TimeRangeType": "TraceId"}
        if expression:
            asked["FilterExpression"] = expression
        for page in self._pages("get_trace_summaries", **asked):
            yield [
                Found(
                    one["Id"],
                    f"{one.get('Revision', 0)} {one.get('Duration', 0)} {one.get('ResponseTime', 0)}",
                    bool(one.get("IsPartial")),
                )
                for one in page.get("TraceSummaries", ())
            ]

    def traces(self, trace_ids: list[str]) -> Told:
        documents: dict[str, list[str]] = {}
        withheld: dict[str, None] = {}
        for page in self._pages("batch_get_traces", TraceIds=trace_ids):
            for trace in page.get("Traces", ()):
                texts = documents.setdefault(trace["Id"], [])
                texts += [one["Document"] for one in trace.get("Segments", ())]
            withheld |= dict.fromkeys(page.get("UnprocessedTraceIds", ()))
        return Told(documents, list(withheld))

    def groups(self) -> list[GroupSummary]:
        pages = self._pages("get_groups")
        found = [one for page in pages for one in page.get("Groups", ())]
        return [
            msgspec.convert({"InsightsConfiguration": {}} | one, GroupSummary)
            for one in found
            if one.get("GroupName") != _DEFAULT
        ]

    def rules(self) -> tuple[list[SamplingRule], DefaultRule | None]:
        found: list[SamplingRule] = []
        default: DefaultRule | None = None
        for page in self._pages("get_sampling_rules"):
            for record in page.get("SamplingRuleRecords", ()):
                rule = record["SamplingRule"]
                if rule.get("RuleName") == _DEFAULT:
                    default = DefaultRule(rule["FixedRate"], rule["ReservoirSize"])
                else:
                    found.append(msgspec.convert(rule, SamplingRule))
        return found, default

    def tags(self, arn: str) -> list[Tag]:
        try:
            pages = list(self._pages("list_tags_for_resource", ResourceARN=arn))
        except SourceFailed:
            return []
        return [msgspec.convert(one, Tag) for page in pages for one in page.get("Tags", ())]

    def _pages(self, operation: str, **asked: Any) -> Iterator[dict[str, Any]]:
        try:
            yield from self._client.get_paginator(operation).paginate(**asked)
        except self._failures as error:
            raise SourceFailed(str(error)) from error
