"""GetAccountSummary · CreateAccountAlias · ListAccountAliases · DeleteAccountAlias."""

from __future__ import annotations

from radiograph.auth.policy import MOST_GROUP_INLINE, MOST_MANAGED, MOST_ROLE_INLINE, MOST_TRUST, MOST_USER_INLINE
from radiograph.model.iam.account import (
    CreateAccountAliasRequest,
    DeleteAccountAliasRequest,
    GetAccountSummaryResponse,
    ListAccountAliasesRequest,
    ListAccountAliasesResponse,
)
from radiograph.model.iam.base import Request

from . import quotas
from .context import IamContext
from .errors import AlreadyExists, NoSuchEntity

__all__ = [
    "NoMembers",
    "create_account_alias",
    "delete_account_alias",
    "get_account_summary",
    "list_account_aliases",
]


_NEVER = [
    *("ServerCertificates", "ServerCertificatesQuota", "SigningCertificatesPerUserQuota", "MFADevices"),
    *("MFADevicesInUse", "AccountMFAEnabled", "AccountAccessKeysPresent", "AccountPasswordPresent"),
    "AccountSigningCertificatesPresent",
]
"""Of what there is none."""


class NoMembers(Request, frozen=True, kw_only=True):
    """A request that has none."""


def get_account_summary(_request: NoMembers, ctx: IamContext) -> GetAccountSummaryResponse:
    """Give how many there are of what, and how many there may be."""
    kept = ctx.kept
    policies = kept.policies.all()
    counts = {
        "Users": kept.users.count(),
        "UsersQuota": quotas.USERS.most,
        "Groups": kept.groups.count(),
        "GroupsQuota": quotas.GROUPS.most,
        "Roles": kept.roles.count(),
        "RolesQuota": quotas.ROLES.most,
        "Policies": len(policies),
        "PoliciesQuota": quotas.POLICIES.most,
        "PolicyVersionsInUse": sum(len(policy.versions) for policy in policies),
        "PolicyVersionsInUseQuota": quotas.POLICIES.most * quotas.VERSIONS_PER_POLICY,
        "VersionsPerPolicyQuota": quotas.VERSIONS_PER_POLICY,
        "InstanceProfiles": kept.profiles.count(),
        "InstanceProfilesQuota": quotas.PROFILES.most,
        "Providers": kept.providers.count(),
        "AccessKeysPerUserQuota": quotas.KEYS_PER_USER.most,
        "GroupsPerUserQuota": quotas.GROUPS_PER_USER.most,
        "AttachedPoliciesPerUserQuota": quotas.ATTACHED_POLICIES,
        "AttachedPoliciesPerGroupQuota": quotas.ATTACHED_POLICIES,
        "AttachedPoliciesPerRoleQuota": quotas.ATTACHED_POLICIES,
        "UserPolicySizeQuota": MOST_USER_INLINE,
        "GroupPolicySizeQuota": MOST_GROUP_INLINE,
        "RolePolicySizeQuota": MOST_ROLE_INLINE,
        "PolicySizeQuota": MOST_MANAGED,
        "AssumeRolePolicySizeQuota": MOST_TRUST,
    }
    return GetAccountSummaryResponse(summary_map=counts | dict.fromkeys(_NEVER, 0) | {"GlobalEndpointTokenVersion": 2})


def create_account_alias(request: CreateAccountAliasRequest, ctx: IamContext) -> None:
    """Give the account another name, in place of the one it has.

    Raises: EntityAlreadyExists when another account has it.
    """
    if not ctx.kept.set_alias(request.account_alias):
        raise AlreadyExists(f"The account alias {request.account_alias} already exists.")


def list_account_aliases(_request: ListAccountAliasesRequest, ctx: IamContext) -> ListAccountAliasesResponse:
    """Give the account's other name, if it has one."""
    alias = ctx.kept.alias
    return ListAccountAliasesResponse(account_aliases=[] if alias is None else [alias], is_truncated=False)


def delete_account_alias(request: DeleteAccountAliasRequest, ctx: IamContext) -> None:
    """Take the account's other name away.

    Raises: NoSuchEntity.
    """
    if ctx.kept.alias != request.account_alias:
        raise NoSuchEntity(f"The account alias {request.account_alias} cannot be found.")
    ctx.kept.set_alias(None)
