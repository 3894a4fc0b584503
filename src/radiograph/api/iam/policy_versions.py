"""CreatePolicyVersion · GetPolicyVersion · ListPolicyVersions · SetDefaultPolicyVersion · DeletePolicyVersion."""

from __future__ import annotations

from msgspec.structs import replace

from radiograph.model.iam.policies import (
    CreatePolicyVersionRequest,
    CreatePolicyVersionResponse,
    DeletePolicyVersionRequest,
    GetPolicyVersionRequest,
    GetPolicyVersionResponse,
    ListPolicyVersionsRequest,
    ListPolicyVersionsResponse,
    PolicyVersion,
    SetDefaultPolicyVersionRequest,
)
from radiograph.model.iam.records import PolicyRecord, VersionRecord

from .by_arn import find_own_policy, find_policy
from .context import IamContext
from .documents import told_document
from .errors import DeleteConflict, LimitExceeded, NoSuchEntity
from .paging import cut_page
from .policies import check_managed
from .quotas import VERSIONS_PER_POLICY

__all__ = [
    "create_policy_version",
    "delete_policy_version",
    "get_policy_version",
    "list_policy_versions",
    "listed_versions",
    "set_default_policy_version",
]


def create_policy_version(request: CreatePolicyVersionRequest, ctx: IamContext) -> CreatePolicyVersionResponse:
    """Give another version of a policy; in force only if it is said.

    Raises: NoSuchEntity, LimitExceeded, MalformedPolicyDocument, AccessDenied for a policy of AWS.
    """
    policy = find_own_policy(request.policy_arn, ctx)
    check_managed(request.policy_document)
    if len(policy.versions) >= VERSIONS_PER_POLICY:
        raise LimitExceeded(
            f"A managed policy can have up to {VERSIONS_PER_POLICY} versions. Before you create a new version, you "
            "must delete an existing version."
        )
    version = f"v{policy.latest + 1}"
    made = VersionRecord(document=request.policy_document, created_at=ctx.now)
    policy = replace(
        policy,
        latest=policy.latest + 1,
        updated_at=ctx.now,
        versions={**policy.versions, version: made},
        default=version if request.set_as_default else policy.default,
    )
    ctx.kept.policies.put(policy)
    return CreatePolicyVersionResponse(policy_version=replace(_told(policy, version), document=None))


def get_policy_version(request: GetPolicyVersionRequest, ctx: IamContext) -> GetPolicyVersionResponse:
    """Give a version with its document.

    Raises: NoSuchEntity.
    """
    policy = find_policy(request.policy_arn, ctx)
    _check_version(policy, request.version_id, request.policy_arn)
    return GetPolicyVersionResponse(policy_version=_told(policy, request.version_id))


def list_policy_versions(request: ListPolicyVersionsRequest, ctx: IamContext) -> ListPolicyVersionsResponse:
    """Give a policy's versions, the newest first.

    Raises: NoSuchEntity.
    """
    versions = [replace(one, document=None) for one in listed_versions(find_policy(request.policy_arn, ctx))]
    page = cut_page(versions, request.marker, request.max_items, _newest_first)
    return ListPolicyVersionsResponse(versions=page.items, is_truncated=page.is_truncated, marker=page.marker)


def set_default_policy_version(request: SetDefaultPolicyVersionRequest, ctx: IamContext) -> None:
    """Put a version in force.

    Raises: NoSuchEntity, AccessDenied for a policy of AWS.
    """
    policy = find_own_policy(request.policy_arn, ctx)
    _check_version(policy, request.version_id, request.policy_arn)
    ctx.kept.policies.put(replace(policy, default=request.version_id, updated_at=ctx.now))


def delete_policy_version(request: DeletePolicyVersionRequest, ctx: IamContext) -> None:
    """Forget a version that is not in force.

    Raises: NoSuchEntity, DeleteConflict, AccessDenied for a policy of AWS.
    """
    policy = find_own_policy(request.policy_arn, ctx)
    _check_version(policy, request.version_id, request.policy_arn)
    if request.version_id == policy.default:
        raise DeleteConflict("Cannot delete the default version of a policy.")
    kept = {id_: version for id_, version in policy.versions.items() if id_ != request.version_id}
    ctx.kept.policies.put(replace(policy, versions=kept, updated_at=ctx.now))


def listed_versions(policy: PolicyRecord) -> list[PolicyVersion]:
    """Give a policy's versions with their documents, the newest first."""
    return sorted((_told(policy, version) for version in policy.versions), key=_newest_first)


def _told(policy: PolicyRecord, version: str) -> PolicyVersion:
    return PolicyVersion(
        document=told_document(policy.versions[version].document),
        version_id=version,
        is_default_version=version == policy.default,
        create_date=policy.versions[version].created_at,
    )


def _newest_first(version: PolicyVersion) -> str:
    number = int((version.version_id or "v0")[1:])
    return f"{10**9 - number:010d}"


def _check_version(policy: PolicyRecord, version: str, arn: str) -> None:
    if version not in policy.versions:
        raise NoSuchEntity(f"Policy {arn} version {version} does not exist or is not attachable.")
