"""CreatePolicy · GetPolicy · ListPolicies · DeletePolicy · ListEntitiesForPolicy."""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from msgspec.structs import replace

from radiograph.auth.policy import MOST_MANAGED
from radiograph.model.iam.policies import (
    CreatePolicyRequest,
    CreatePolicyResponse,
    DeletePolicyRequest,
    GetPolicyRequest,
    GetPolicyResponse,
    ListEntitiesForPolicyRequest,
    ListEntitiesForPolicyResponse,
    ListPoliciesRequest,
    ListPoliciesResponse,
    Policy,
    PolicyGroup,
    PolicyRole,
    PolicyUser,
)
from radiograph.model.iam.records import GroupRecord, Holder, PolicyRecord, RoleRecord, UserRecord, VersionRecord

from .by_arn import find_own_policy, find_policy, policy_arn
from .context import IamContext
from .documents import check_document, check_size
from .entities import WORDS, check_new
from .errors import DeleteConflict
from .ids import new_id
from .managed import MANAGED
from .paging import cut_page
from .quotas import POLICIES
from .tags import new_tags
from .told import told_tags

__all__ = [
    "Uses",
    "boundary_uses",
    "check_managed",
    "create_policy",
    "delete_policy",
    "get_policy",
    "list_entities_for_policy",
    "list_policies",
    "listed_policy",
    "policy_uses",
]

_PERMISSIONS: Final = "PermissionsPolicy"
_BOUNDARY: Final = "PermissionsBoundary"


class Uses(NamedTuple):
    """How often a policy is used for what."""

    attached: int
    boundary: int


def create_policy(request: CreatePolicyRequest, ctx: IamContext) -> CreatePolicyResponse:
    """Give a new managed policy, of which ``v1`` is in force.

    Raises: EntityAlreadyExists, LimitExceeded, MalformedPolicyDocument, InvalidInput for tags.
    """
    check_managed(request.policy_document)
    taken = f"A policy called {request.policy_name} already exists. Duplicate names are not allowed."
    check_new(ctx.kept.policies, request.policy_name, taken, POLICIES)
    policy = PolicyRecord(
        id=new_id("ANPA"),
        name=request.policy_name,
        path=request.path or "/",
        created_at=ctx.now,
        updated_at=ctx.now,
        description=request.description,
        versions={"v1": VersionRecord(document=request.policy_document, created_at=ctx.now)},
        tags=new_tags(request.tags),
    )
    ctx.kept.policies.put(policy)
    return CreatePolicyResponse(policy=_told(policy, ctx))


def get_policy(request: GetPolicyRequest, ctx: IamContext) -> GetPolicyResponse:
    """Give a managed policy; its document GetPolicyVersion gives.

    Raises: NoSuchEntity.
    """
    return GetPolicyResponse(policy=_told(find_policy(request.policy_arn, ctx), ctx))


def list_policies(request: ListPoliciesRequest, ctx: IamContext) -> ListPoliciesResponse:
    """Give the managed policies under a path; descriptions and tags only GetPolicy tells."""
    known: list[PolicyRecord] = []
    if request.scope != "AWS":
        known += ctx.kept.policies.all()
    if request.scope != "Local":
        known += MANAGED.values()
    attached, bounding = ctx.kept.attachments.counts(), boundary_uses(ctx)
    used = {_PERMISSIONS: set(attached), _BOUNDARY: set(bounding), None: set(attached) | set(bounding)}
    found = []
    for policy in sorted(known, key=_by_name):
        arn = policy_arn(policy, ctx)
        is_used = arn in used[request.policy_usage_filter]
        if policy.path.startswith(request.path_prefix or "/") and (is_used or not request.only_attached):
            found.append(policy)
    page = cut_page(found, request.marker, request.max_items, _by_name)
    told = []
    for policy in page.items:
        arn = policy_arn(policy, ctx)
        told.append(listed_policy(policy, arn, Uses(attached.get(arn, 0), bounding[arn])))
    return ListPoliciesResponse(policies=told, is_truncated=page.is_truncated, marker=page.marker)


def delete_policy(request: DeletePolicyRequest, ctx: IamContext) -> None:
    """Forget a managed policy that nothing has and that has one version.

    Raises: NoSuchEntity, DeleteConflict, AccessDenied for one of AWS.
    """
    policy = find_own_policy(request.policy_arn, ctx)
    if any(policy_uses(request.policy_arn, ctx)):
        raise DeleteConflict("Cannot delete a policy attached to entities.")
    if len(policy.versions) > 1:
        raise DeleteConflict(
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
            "The default version is deleted with the policy."
        )
    ctx.kept.policies.remove(policy.id)


def list_entities_for_policy(request: ListEntitiesForPolicyRequest, ctx: IamContext) -> ListEntitiesForPolicyResponse:
    """Give the users, groups and roles that have a managed policy, attached or as their boundary.

    Raises: NoSuchEntity.
    """
    arn = policy_arn(find_policy(request.policy_arn, ctx), ctx)
    ids = set(ctx.kept.attachments.of(arn)) if request.policy_usage_filter != _BOUNDARY else set()
    bounded = request.policy_usage_filter != _PERMISSIONS
    holders: list[Holder] = [*ctx.kept.groups.all(), *ctx.kept.roles.all(), *ctx.kept.users.all()]
    found = [
        holder
        for holder in holders
        if (holder.id in ids or (bounded and getattr(holder, "boundary", None) == arn))
        and holder.path.startswith(request.path_prefix or "/")
        and request.entity_filter in (None, WORDS[type(holder)].capitalize())
    ]
    page = cut_page(sorted(found, key=_by_kind), request.marker, request.max_items, _by_kind)
    return ListEntitiesForPolicyResponse(
        policy_groups=[
            PolicyGroup(group_name=one.name, group_id=one.id) for one in page.items if isinstance(one, GroupRecord)
        ],
        policy_users=[
            PolicyUser(user_name=one.name, user_id=one.id) for one in page.items if isinstance(one, UserRecord)
        ],
        policy_roles=[
            PolicyRole(role_name=one.name, role_id=one.id) for one in page.items if isinstance(one, RoleRecord)
        ],
        is_truncated=page.is_truncated,
        marker=page.marker,
    )


def check_managed(document: str) -> None:
    """Return when a document may be a managed policy.

    Raises: MalformedPolicyDocument, LimitExceeded.
    """
    check_document(document)
    check_size([document], MOST_MANAGED, f"Cannot exceed quota for PolicySize: {MOST_MANAGED}")


def boundary_uses(ctx: IamContext) -> Counter[str]:
    """Give how many users and roles each managed policy bounds."""
    holders: list[UserRecord | RoleRecord] = [*ctx.kept.users.all(), *ctx.kept.roles.all()]
    return Counter(holder.boundary for holder in holders if holder.boundary is not None)


def policy_uses(arn: str, ctx: IamContext) -> Uses:
    """Give how often a managed policy is used for what."""
    return Uses(len(ctx.kept.attachments.of(arn)), boundary_uses(ctx)[arn])


def listed_policy(policy: PolicyRecord, arn: str, uses: Uses) -> Policy:
    """Give a managed policy as lists have it."""
    return Policy(
        policy_name=policy.name,
        policy_id=policy.id,
        arn=arn,
        path=policy.path,
        default_version_id=policy.default,
        attachment_count=uses.attached,
        permissions_boundary_usage_count=uses.boundary,
        is_attachable=True,
        create_date=policy.created_at,
        update_date=policy.updated_at,
    )


def _told(policy: PolicyRecord, ctx: IamContext) -> Policy:
    arn = policy_arn(policy, ctx)
    listed = listed_policy(policy, arn, policy_uses(arn, ctx))
    return replace(listed, description=policy.description, tags=told_tags(policy.tags))


def _by_name(policy: PolicyRecord) -> str:
    return f"{policy.name}/{policy.id}"


def _by_kind(holder: Holder) -> str:
    return f"{WORDS[type(holder)]}/{holder.name}"
