"""One event, in the shape in which CloudTrail writes it.

Source: CloudTrail user guide, "CloudTrail record contents" and "CloudTrail userIdentity element", version 1.11.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "OWN_SOURCE",
    "EventType",
    "Record",
    "SessionAttributes",
    "SessionContext",
    "SessionIssuer",
    "SharedResource",
    "TlsDetails",
    "UserIdentity",
    "WebIdFederationData",
    "encode_record",
    "own_record",
    "read_record",
    "stamp",
]

EventType: TypeAlias = Literal["AwsApiCall", "AwsServiceEvent", "AwsConsoleSignIn"]

OWN_SOURCE = "audit.radiograph"
"""The source of what the audit tells of itself: repairs, summaries, retention."""

_MOST_BYTES = 256 << 10
_IRREGULAR = {
    "source_ip_address": "sourceIPAddress",
    "request_id": "requestID",
    "event_id": "eventID",
    "shared_event_id": "sharedEventID",
    "resource_arn": "ARN",
}


def _rename(attribute: str) -> str:
    if attribute in _IRREGULAR:
        return _IRREGULAR[attribute]
    first, *others = attribute.split("_")
    return first + "".join(word.capitalize() for word in others)


class _Part(Struct, frozen=True, kw_only=True, rename=_rename):
    """Members that are ``UNSET`` are not written."""


class SessionIssuer(_Part, frozen=True, kw_only=True):
    """The role or user that a session was begun with."""

    type: str
    principal_id: str
    arn: str
    account_id: str
    user_name: str


class SessionAttributes(_Part, frozen=True, kw_only=True):
    """When a session began."""

    creation_date: str
    mfa_authenticated: str = "false"


class WebIdFederationData(_Part, frozen=True, kw_only=True):
    """The provider that a session came by."""

    federated_provider: str


class SessionContext(_Part, frozen=True, kw_only=True):
    """What is known of a session."""

    session_issuer: SessionIssuer | UnsetType = UNSET
    web_id_federation_data: WebIdFederationData | UnsetType = UNSET
    attributes: SessionAttributes | UnsetType = UNSET
    source_identity: str | UnsetType = UNSET


class UserIdentity(_Part, frozen=True, kw_only=True):
    """Who asked. ``Unknown`` is whoever did not prove it; the access key is then the one that was claimed."""

    type: str
    principal_id: str | UnsetType = UNSET
    arn: str | UnsetType = UNSET
    account_id: str | UnsetType = UNSET
    access_key_id: str | UnsetType = UNSET
    user_name: str | UnsetType = UNSET
    session_context: SessionContext | UnsetType = UNSET
    identity_provider: str | UnsetType = UNSET
    invoked_by: str | UnsetType = UNSET


class SharedResource(_Part, frozen=True, kw_only=True):
    """Something that an event is about."""

    resource_arn: str
    account_id: str
    type: str


class TlsDetails(_Part, frozen=True, kw_only=True):
    """How a request was encrypted on its way."""

    tls_version: str | UnsetType = UNSET
    cipher_suite: str | UnsetType = UNSET
    client_provided_host_header: str | UnsetType = UNSET


class Record(_Part, frozen=True, kw_only=True):
    """One event: who asked for what, when, from where, and what became of it."""

    event_version: str = "1.11"
    user_identity: UserIdentity
    event_time: str
    """ISO 8601, UTC, whole seconds; see :func:`stamp`."""
    event_source: str
    event_name: str
    aws_region: str
    source_ip_address: str = ""
    user_agent: str = ""
    error_code: str | UnsetType = UNSET
    error_message: str | UnsetType = UNSET
    request_parameters: dict[str, Any] | None = None
    response_elements: dict[str, Any] | None = None
    additional_event_data: dict[str, Any] | UnsetType = UNSET
    service_event_details: dict[str, Any] | UnsetType = UNSET
    request_id: str | UnsetType = UNSET
    event_id: str
    read_only: bool
    resources: list[SharedResource] | UnsetType = UNSET
    event_type: EventType = "AwsApiCall"
    management_event: bool = True
    recipient_account_id: str
    shared_event_id: str | UnsetType = UNSET
    event_category: Literal["Management", "Data"] = "Management"
    tls_details: TlsDetails | UnsetType = UNSET
    session_credential_from_console: str | UnsetType = UNSET


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Record).decode


def encode_record(record: Record) -> bytes:
    """Give a record as JSON; of one larger than 256 KiB, without what was asked and answered."""
    data = _encode(record)
    if len(data) <= _MOST_BYTES:
        return data
    omitted = {"omitted": True, "originalSize": len(data), "reason": "the record is larger than 256 KiB"}
    return _encode(
        msgspec.structs.replace(
            record,
            request_parameters=omitted,
            response_elements=None,
            error_message=record.error_message and record.error_message[:1024],
        )
    )


def read_record(data: bytes | msgspec.Raw) -> Record:
    """Give the record of its JSON.

    Raises: msgspec.MsgspecError.
    """
    return _decode(data)


def stamp(moment_s: float) -> str:
    """Give a moment as records write it: ``2026-11-23T11:00:00Z``."""
    return datetime.fromtimestamp(int(moment_s), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def own_record(name: str, now_s: float, account: str, region: str, details: dict[str, Any]) -> Record:
    """Give what the audit tells of itself."""
    return Record(
        user_identity=UserIdentity(type="AWSService", account_id=account, invoked_by=OWN_SOURCE),
        event_time=stamp(now_s),
        event_source=OWN_SOURCE,
        event_name=name,
        aws_region=region,
        source_ip_address=OWN_SOURCE,
        user_agent=OWN_SOURCE,
        service_event_details=details,
        event_id=str(uuid.uuid4()),
        read_only=False,
        event_type="AwsServiceEvent",
        recipient_account_id=account,
    )
