"""The nouns of CloudTrail's LookupEvents, spelled as AWS spells them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import UNSET, UnsetType

from radiograph.model.base import Model, Moment, Request, Timestamp

__all__ = [
    "Event",
    "LookupAttribute",
    "LookupAttributeKey",
    "LookupEventsRequest",
    "LookupEventsResponse",
    "Resource",
]

LookupAttributeKey: TypeAlias = Literal[
    "EventId", "EventName", "ReadOnly", "Username", "ResourceType", "ResourceName", "EventSource", "AccessKeyId"
]


class LookupAttribute(Request, frozen=True, kw_only=True):
    """What events have to have."""

    attribute_key: str
    attribute_value: str


class LookupEventsRequest(Request, frozen=True, kw_only=True):
    """Which events; ``event_category`` may only be left out: there are no insights of events."""

    lookup_attributes: list[LookupAttribute] | None = None
    start_time: Moment | None = None
    end_time: Moment | None = None
    event_category: str | None = None
    max_results: int | None = None
    next_token: str | None = None


class Resource(Model, frozen=True, kw_only=True):
    """Something that an event is about."""

    resource_type: str
    resource_name: str


class Event(Model, frozen=True, kw_only=True):
    """An event; ``cloud_trail_event`` is all of it, as JSON."""

    event_id: str
    event_name: str
    read_only: str
    access_key_id: str | UnsetType = UNSET
    event_time: Timestamp
    event_source: str
    username: str | UnsetType = UNSET
    resources: list[Resource]
    cloud_trail_event: str


class LookupEventsResponse(Model, frozen=True, kw_only=True):
    """A page of events, the newest first."""

    events: list[Event]
    next_token: str | UnsetType = UNSET
