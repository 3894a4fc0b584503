"""Names, paths and documents, each with the lengths and letters that IAM accepts.

A pattern is matched by the whole of a text, with ``\\w`` in ASCII unless it says ``(?u:``.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

__all__ = [
    "AccessKeyId",
    "AccountAlias",
    "ActionName",
    "Arn",
    "AssignmentStatus",
    "ClientID",
    "ContextKeyName",
    "ContextKeyType",
    "EntityType",
    "ExistingUserName",
    "GroupName",
    "InstanceProfileName",
    "Marker",
    "MaxItems",
    "MaxSessionDuration",
    "Path",
    "PathPrefix",
    "PolicyDescription",
    "PolicyDocument",
    "PolicyName",
    "PolicyPath",
    "PolicyScope",
    "PolicyUsage",
    "PolicyVersionId",
    "ProviderUrl",
    "ResourceHandlingOption",
    "ResourceName",
    "RoleDescription",
    "RoleName",
    "Status",
    "TagKey",
    "TagValue",
    "Thumbprint",
    "UserName",
]

_NAME = r"[\w+=,.@-]+"
_SPACES = r"\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

UserName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=64, pattern=_NAME)]
ExistingUserName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=128, pattern=_NAME)]
GroupName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=128, pattern=_NAME)]
RoleName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=64, pattern=_NAME)]
PolicyName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=128, pattern=_NAME)]
InstanceProfileName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=128, pattern=_NAME)]
AccessKeyId: TypeAlias = Annotated[str, Meta(min_length=16, max_length=128, pattern=r"[\w]+")]
AccountAlias: TypeAlias = Annotated[
    str, Meta(min_length=3, max_length=63, pattern=r"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$")
]

Arn: TypeAlias = Annotated[str, Meta(min_length=20, max_length=2048)]
ResourceName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=2048)]
"""An ARN as a simulation takes it; ``*`` is one too."""

Path: TypeAlias = Annotated[str, Meta(min_length=1, max_length=512, pattern=r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")]
"""``/`` or ``/division/team/``: where a user, group, role or instance profile is."""
PathPrefix: TypeAlias = Annotated[str, Meta(min_length=1, max_length=512, pattern=r"\u002F[\u0021-\u007F]*")]
PolicyPath: TypeAlias = Annotated[str, Meta(min_length=1, max_length=512, pattern=r"((/[A-Za-z0-9\.,\+@=_-]+)*)/")]

PolicyDocument: TypeAlias = Annotated[
    str, Meta(min_length=1, max_length=131072, pattern=r"[\u0009\u000A\u000D\u0020-\u00FF]+")
]
"""A policy's JSON, as it is sent."""
PolicyDescription: TypeAlias = Annotated[str, Meta(max_length=1000)]
PolicyVersionId: TypeAlias = Annotated[str, Meta(pattern=r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?")]
RoleDescription: TypeAlias = Annotated[
    str, Meta(max_length=1000, pattern=r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")
]
MaxSessionDuration: TypeAlias = Annotated[int, Meta(ge=3600, le=43200)]
"""Seconds."""

TagKey: TypeAlias = Annotated[str, Meta(min_length=1, max_length=128, pattern=rf"(?u:[\w{_SPACES}.:/=+\-@]+)")]
"""Letters and digits of any language, spaces and ``_ . : / = + - @``."""
TagValue: TypeAlias = Annotated[str, Meta(max_length=256, pattern=rf"(?u:[\w{_SPACES}.:/=+\-@]*)")]

Marker: TypeAlias = Annotated[str, Meta(min_length=1, max_length=320, pattern=r"[\u0020-\u00FF]+")]
MaxItems: TypeAlias = Annotated[int, Meta(ge=1, le=1000)]

ClientID: TypeAlias = Annotated[str, Meta(min_length=1, max_length=255)]
ProviderUrl: TypeAlias = Annotated[str, Meta(min_length=1, max_length=255)]
Thumbprint: TypeAlias = Annotated[str, Meta(min_length=40, max_length=40)]

ActionName: TypeAlias = Annotated[str, Meta(min_length=3, max_length=128)]
ContextKeyName: TypeAlias = Annotated[str, Meta(min_length=5, max_length=256)]
ContextKeyType: TypeAlias = Literal[
    "string",
    "stringList",
    "numeric",
    "numericList",
    "boolean",
    "booleanList",
    "ip",
    "ipList",
    "binary",
    "binaryList",
    "date",
    "dateList",
]
ResourceHandlingOption: TypeAlias = Annotated[str, Meta(min_length=1, max_length=64)]

AssignmentStatus: TypeAlias = Literal["Assigned", "Unassigned", "Any"]
EntityType: TypeAlias = Literal["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"]
PolicyScope: TypeAlias = Literal["All", "AWS", "Local"]
PolicyUsage: TypeAlias = Literal["PermissionsPolicy", "PermissionsBoundary"]
Status: TypeAlias = Literal["Active", "Inactive", "Expired"]
