"""What IAM has and Radiograph never has: devices and certificates. Terraform asks for them all the same."""

from __future__ import annotations

from msgspec import field

from radiograph.model.iam.base import Absent, Model, Request
from radiograph.model.iam.ids import AssignmentStatus, ExistingUserName, Marker, MaxItems, UserName

__all__ = [
    "ListMFADevicesRequest",
    "ListMFADevicesResponse",
    "ListSSHPublicKeysRequest",
    "ListSSHPublicKeysResponse",
    "ListServiceSpecificCredentialsRequest",
    "ListServiceSpecificCredentialsResponse",
    "ListSigningCertificatesRequest",
    "ListSigningCertificatesResponse",
    "ListVirtualMFADevicesRequest",
    "ListVirtualMFADevicesResponse",
]


class ListMFADevicesRequest(Request, frozen=True, kw_only=True):
    """The user whose devices to tell."""

    user_name: ExistingUserName | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListMFADevicesResponse(Model, frozen=True, kw_only=True):
    """No devices."""

    mfa_devices: list[Absent]
    is_truncated: bool | None = None
    marker: str | None = None


class ListVirtualMFADevicesRequest(Request, frozen=True, kw_only=True):
    """Which devices to tell."""

    assignment_status: AssignmentStatus | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListVirtualMFADevicesResponse(Model, frozen=True, kw_only=True):
    """No devices."""

    virtual_mfa_devices: list[Absent]
    is_truncated: bool | None = None
    marker: str | None = None


class ListSSHPublicKeysRequest(Request, frozen=True, kw_only=True):
    """The user whose keys to tell."""

    user_name: UserName | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListSSHPublicKeysResponse(Model, frozen=True, kw_only=True):
    """No keys."""

    ssh_public_keys: list[Absent] = field(default_factory=list)
    is_truncated: bool | None = None
    marker: str | None = None


class ListSigningCertificatesRequest(Request, frozen=True, kw_only=True):
    """The user whose certificates to tell."""

    user_name: ExistingUserName | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListSigningCertificatesResponse(Model, frozen=True, kw_only=True):
    """No certificates."""

    certificates: list[Absent]
    is_truncated: bool | None = None
    marker: str | None = None


class ListServiceSpecificCredentialsRequest(Request, frozen=True, kw_only=True):
    """The user whose credentials to tell."""

    user_name: UserName | None = None
    service_name: str | None = None
    all_users: bool | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListServiceSpecificCredentialsResponse(Model, frozen=True, kw_only=True):
    """No credentials."""

    service_specific_credentials: list[Absent] = field(default_factory=list)
    marker: str | None = None
    is_truncated: bool | None = None
