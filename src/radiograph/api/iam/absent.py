"""What IAM has and Radiograph never has, said as IAM says it: Terraform asks before it deletes a user."""

from __future__ import annotations

from radiograph.model.iam.absent import (
    DeleteLoginProfileRequest,
    GetLoginProfileRequest,
    GetLoginProfileResponse,
    ListMFADevicesRequest,
    ListMFADevicesResponse,
    ListServiceSpecificCredentialsRequest,
    ListServiceSpecificCredentialsResponse,
    ListSigningCertificatesRequest,
    ListSigningCertificatesResponse,
    ListSSHPublicKeysRequest,
    ListSSHPublicKeysResponse,
    ListVirtualMFADevicesRequest,
    ListVirtualMFADevicesResponse,
)

from .context import IamContext
from .entities import find_user
from .errors import NoSuchEntity

__all__ = [
    "delete_login_profile",
    "get_login_profile",
    "list_mfa_devices",
    "list_service_specific_credentials",
    "list_signing_certificates",
    "list_ssh_public_keys",
    "list_virtual_mfa_devices",
]


def list_mfa_devices(request: ListMFADevicesRequest, ctx: IamContext) -> ListMFADevicesResponse:
    """Give no devices. Raises: NoSuchEntity."""
    find_user(request.user_name, ctx)
    return ListMFADevicesResponse(mfa_devices=[], is_truncated=False)


def list_virtual_mfa_devices(_request: ListVirtualMFADevicesRequest, _ctx: IamContext) -> ListVirtualMFADevicesResponse:
    """Give no devices."""
    return ListVirtualMFADevicesResponse(virtual_mfa_devices=[], is_truncated=False)


def list_ssh_public_keys(request: ListSSHPublicKeysRequest, ctx: IamContext) -> ListSSHPublicKeysResponse:
    """Give no keys. Raises: NoSuchEntity."""
    find_user(request.user_name, ctx)
    return ListSSHPublicKeysResponse(is_truncated=False)


def list_signing_certificates(
    request: ListSigningCertificatesRequest, ctx: IamContext
) -> ListSigningCertificatesResponse:
    """Give no certificates. Raises: NoSuchEntity."""
    find_user(request.user_name, ctx)
    return ListSigningCertificatesResponse(certificates=[], is_truncated=False)


def list_service_specific_credentials(
    request: ListServiceSpecificCredentialsRequest, ctx: IamContext
) -> ListServiceSpecificCredentialsResponse:
    """Give no credentials. Raises: NoSuchEntity."""
    if not request.all_users:
        find_user(request.user_name, ctx)
    return ListServiceSpecificCredentialsResponse(is_truncated=False)


def get_login_profile(request: GetLoginProfileRequest, ctx: IamContext) -> GetLoginProfileResponse:
    """Tell that there is no password. Raises: NoSuchEntity, always."""
    raise _no_password(request.user_name, ctx)


def delete_login_profile(request: DeleteLoginProfileRequest, ctx: IamContext) -> None:
    """Tell that there is no password. Raises: NoSuchEntity, always."""
    raise _no_password(request.user_name, ctx)


def _no_password(user_name: str | None, ctx: IamContext) -> NoSuchEntity:
    return NoSuchEntity(f"Login Profile for User {find_user(user_name, ctx).name} cannot be found.")
