"""What IAM has and Radiograph never has, said as IAM says it: Terraform asks before it deletes a user."""

from __future__ import annotations

from radiograph.model.iam.absent import (
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

__all__ = [
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
