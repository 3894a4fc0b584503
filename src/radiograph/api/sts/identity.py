"""GetCallerIdentity · GetAccessKeyInfo."""

from __future__ import annotations

from radiograph.api.iam.context import IamContext
from radiograph.api.iam.ids import account_in
from radiograph.errors import InvalidRequest
from radiograph.model.sts import (
    GetAccessKeyInfoRequest,
    GetAccessKeyInfoResponse,
    GetCallerIdentityRequest,
    GetCallerIdentityResponse,
)

__all__ = ["get_access_key_info", "get_caller_identity"]


def get_caller_identity(_request: GetCallerIdentityRequest, ctx: IamContext) -> GetCallerIdentityResponse:
    """Give who the caller is; nobody can be denied this."""
    principal = ctx.caller.principal
    return GetCallerIdentityResponse(user_id=principal.id, account=principal.account, arn=principal.arn)


def get_access_key_info(request: GetAccessKeyInfoRequest, ctx: IamContext) -> GetAccessKeyInfoResponse:
    """Give the account of an access key, whether or not there is such a key any more.

    Raises: ValidationError for an id that tells none.
    """
    account = ctx.desk.store.account_of(request.access_key_id) or account_in(request.access_key_id)
    if account is None:
        raise InvalidRequest(f"AccessKeyId is {request.access_key_id!r}; the id of an access key is accepted")
    return GetAccessKeyInfoResponse(account=account)
