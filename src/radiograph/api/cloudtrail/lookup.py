"""LookupEvents: what happened in the caller's account, the newest first.

Source: CloudTrail API reference, "LookupEvents".
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import msgspec
from msgspec import UNSET

from radiograph.api.paging import read_token, write_token
from radiograph.audit import Found, Record, Wanted, resources_of, search
from radiograph.errors import InvalidRequest
from radiograph.model.base import epoch
from radiograph.model.cloudtrail import Event, LookupAttribute, LookupEventsRequest, LookupEventsResponse, Resource

from .errors import InvalidAttributes, InvalidCategory, InvalidMaxResults, InvalidTimeRange, InvalidToken

__all__ = ["event_of", "lookup_events", "username"]

_MOST, _LONGEST_VALUE = 50, 2000
_PAST_S = 90 * 86_400.0


class _Place(msgspec.Struct, frozen=True, array_like=True):
    before: dict[str, int]
    asked: bytes


def lookup_events(request: LookupEventsRequest, account: str, data: Path, now_s: float) -> LookupEventsResponse:
    """Give a page of an account's management events of the last 90 days, or of the window asked for.

    Raises: InvalidLookupAttributesException, InvalidTimeRangeException, InvalidMaxResultsException,
    InvalidNextTokenException, InvalidEventCategoryException.
    """
    size = _MOST if request.max_results is None else request.max_results
    if not 1 <= size <= _MOST:
        raise InvalidMaxResults(f"MaxResults is {size}; 1 to {_MOST} is accepted")
    if request.event_category is not None:
        raise InvalidCategory(f"EventCategory is {request.event_category!r}; there are no such events: leave it out")
    since = now_s - _PAST_S if request.start_time is None else epoch(request.start_time)
    until = float("inf") if request.end_time is None else epoch(request.end_time)
    if since > until:
        raise InvalidTimeRange("StartTime is after EndTime; a start that is not after the end is accepted")
    accepts, contains = _attributes(request.lookup_attributes or [])
    before = _before(request)
    wanted = Wanted(
        account=account,
        since_s=since,
        until_s=until,
        # Of data events, what was refused: who tries to send or read and may not is nobody's daily business.
        accepts=lambda record: (record.management_event or record.error_code is not UNSET) and accepts(record),
        contains=contains,
    )
    page = list(islice(search(data, wanted, before), size + 1))
    shown, more = page[:size], len(page) > size
    reached = before | {one.chain: one.sequence for one in shown}
    return LookupEventsResponse(
        events=[event_of(one) for one in shown],
        next_token=write_token(_Place(reached, _asked(request))) if more else UNSET,
    )


def event_of(found: Found) -> Event:
    """Give an event as LookupEvents tells it."""
    record = found.record
    key = record.user_identity.access_key_id
    return Event(
        event_id=record.event_id,
        event_name=record.event_name,
        read_only=str(record.read_only).lower(),
        access_key_id=key,
        event_time=found.time_s,
        event_source=record.event_source,
        username=username(record) or UNSET,
        resources=[Resource(resource_type=one.type, resource_name=one.name) for one in resources_of(record)],
        cloud_trail_event=found.text.decode(),
    )


def username(record: Record) -> str:
    """Give the name that events are looked up by: a user's, a session's, ``root``; empty when it is not known."""
    identity = record.user_identity
    if identity.type == "Root":
        return "root"
    if isinstance(identity.user_name, str):
        return identity.user_name
    if identity.type == "AssumedRole" and isinstance(identity.principal_id, str):
        return identity.principal_id.partition(":")[2]
    return identity.invoked_by if isinstance(identity.invoked_by, str) else ""


_ATTRIBUTES: dict[str, Callable[[Record, str], bool]] = {
    "EventId": lambda record, value: record.event_id == value,
    "EventName": lambda record, value: record.event_name == value,
    "ReadOnly": lambda record, value: record.read_only == (value == "true"),
    "Username": lambda record, value: username(record) == value,
    "ResourceType": lambda record, value: any(one.type == value for one in resources_of(record)),
    "ResourceName": lambda record, value: any(one.name == value for one in resources_of(record)),
    "EventSource": lambda record, value: record.event_source == value,
    "AccessKeyId": lambda record, value: record.user_identity.access_key_id == value,
}
_AS_WRITTEN = ("EventId", "EventName", "EventSource", "AccessKeyId")


def _attributes(given: list[LookupAttribute]) -> tuple[Callable[[Record], bool], bytes]:
    """Give whether a record has what was asked for, and bytes that it has to have for that."""
    if not given:
        return (lambda _record: True), b""
    if len(given) > 1:
        raise InvalidAttributes(f"LookupAttributes has {len(given)}; one is accepted")
    key, value = given[0].attribute_key, given[0].attribute_value
    test = _ATTRIBUTES.get(key)
    if test is None:
        raise InvalidAttributes(f"AttributeKey is {key[:60]!r}; {', '.join(_ATTRIBUTES)} are accepted")
    if not 1 <= len(value) <= _LONGEST_VALUE:
        raise InvalidAttributes(f"AttributeValue has {len(value)} characters; 1 to {_LONGEST_VALUE} are accepted")
    if key == "ReadOnly" and value not in ("true", "false"):
        raise InvalidAttributes(f"AttributeValue of ReadOnly is {value[:60]!r}; true or false is accepted")
    return (lambda record: test(record, value)), value.encode() if key in _AS_WRITTEN and value.isalnum() else b""


def _before(request: LookupEventsRequest) -> dict[str, int]:
    if request.next_token is None:
        return {}
    try:
        place = read_token(request.next_token, _Place)
    except InvalidRequest as error:
        raise InvalidToken(error.message) from None
    if place.asked != _asked(request):
        raise InvalidToken("NextToken is of another question; it goes with what was asked for the page before")
    return place.before


def _asked(request: LookupEventsRequest) -> bytes:
    """Give what tells one question from another, pages aside."""
    asked = (request.lookup_attributes, request.start_time, request.end_time)
    return hashlib.sha256(msgspec.json.encode(asked)).digest()[:8]
