"""GetContextKeysForPrincipalPolicy · GetContextKeysForCustomPolicy: what to tell a simulation with."""

from __future__ import annotations

from collections.abc import Iterable

from radiograph.model.iam.simulation import (
    GetContextKeysForCustomPolicyRequest,
    GetContextKeysForPolicyResponse,
    GetContextKeysForPrincipalPolicyRequest,
)

from .context import IamContext
from .documents import check_document, compiled
from .simulated import holder_of

__all__ = ["get_context_keys_for_custom_policy", "get_context_keys_for_principal_policy"]


def get_context_keys_for_custom_policy(
    request: GetContextKeysForCustomPolicyRequest, _ctx: IamContext
) -> GetContextKeysForPolicyResponse:
    """Give the condition keys and variables in some policies.

    Raises: MalformedPolicyDocument.
    """
    return _keys(request.policy_input_list)


def get_context_keys_for_principal_policy(
    request: GetContextKeysForPrincipalPolicyRequest, ctx: IamContext
) -> GetContextKeysForPolicyResponse:
    """Give the condition keys and variables in all policies of a user, group or role, and in further ones.

    Raises: NoSuchEntity, InvalidInput, MalformedPolicyDocument.
    """
    held = [policy.document for policy in holder_of(request.policy_source_arn, ctx).policies]
    return _keys([*held, *(request.policy_input_list or [])])


def _keys(documents: Iterable[str]) -> GetContextKeysForPolicyResponse:
    found: set[str] = set()
    for document in documents:
        check_document(document)
        found |= compiled(document).keys
    return GetContextKeysForPolicyResponse(context_key_names=sorted(found))
