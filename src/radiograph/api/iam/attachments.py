"""Attach, Detach and ListAttached…Policies of users, groups and roles."""

from __future__ import annotations

from radiograph.model.iam.attachments import (
    AttachedPolicy,
    AttachGroupPolicyRequest,
    AttachRolePolicyRequest,
    AttachUserPolicyRequest,
    DetachGroupPolicyRequest,
    DetachRolePolicyRequest,
    DetachUserPolicyRequest,
    ListAttachedGroupPoliciesRequest,
    ListAttachedGroupPoliciesResponse,
    ListAttachedRolePoliciesRequest,
    ListAttachedRolePoliciesResponse,
    ListAttachedUserPoliciesRequest,
    ListAttachedUserPoliciesResponse,
)
from radiograph.model.iam.records import Holder

from .by_arn import find_policy, known_policy
from .context import IamContext
from .entities import WORDS, find_group, find_role, find_user
from .errors import LimitExceeded, NoSuchEntity
from .paging import Page, cut_page
from .quotas import ATTACHED_POLICIES

__all__ = [
    "attach_group_policy",
    "attach_role_policy",
    "attach_user_policy",
    "attached_to",
    "detach_group_policy",
    "detach_role_policy",
    "detach_user_policy",
    "list_attached_group_policies",
    "list_attached_role_policies",
    "list_attached_user_policies",
]


def attach_user_policy(request: AttachUserPolicyRequest, ctx: IamContext) -> None:
    """Attach a managed policy to a user, if it is not. Raises: NoSuchEntity, LimitExceeded."""
    _attach(find_user(request.user_name, ctx), request.policy_arn, ctx)


def attach_group_policy(request: AttachGroupPolicyRequest, ctx: IamContext) -> None:
    """Attach a managed policy to a group, if it is not. Raises: NoSuchEntity, LimitExceeded."""
    _attach(find_group(request.group_name, ctx), request.policy_arn, ctx)


def attach_role_policy(request: AttachRolePolicyRequest, ctx: IamContext) -> None:
    """Attach a managed policy to a role, if it is not. Raises: NoSuchEntity, LimitExceeded."""
    _attach(find_role(request.role_name, ctx), request.policy_arn, ctx)


def detach_user_policy(request: DetachUserPolicyRequest, ctx: IamContext) -> None:
    """Detach a managed policy from a user. Raises: NoSuchEntity."""
    _detach(find_user(request.user_name, ctx), request.policy_arn, ctx)


def detach_group_policy(request: DetachGroupPolicyRequest, ctx: IamContext) -> None:
    """Detach a managed policy from a group. Raises: NoSuchEntity."""
    _detach(find_group(request.group_name, ctx), request.policy_arn, ctx)


def detach_role_policy(request: DetachRolePolicyRequest, ctx: IamContext) -> None:
    """Detach a managed policy from a role. Raises: NoSuchEntity."""
    _detach(find_role(request.role_name, ctx), request.policy_arn, ctx)


def list_attached_user_policies(
    request: ListAttachedUserPoliciesRequest, ctx: IamContext
) -> ListAttachedUserPoliciesResponse:
    """Give a user's managed policies. Raises: NoSuchEntity."""
    page = _page(find_user(request.user_name, ctx), request, ctx)
    return ListAttachedUserPoliciesResponse(
        attached_policies=page.items, is_truncated=page.is_truncated, marker=page.marker
    )


def list_attached_group_policies(
    request: ListAttachedGroupPoliciesRequest, ctx: IamContext
) -> ListAttachedGroupPoliciesResponse:
    """Give a group's managed policies. Raises: NoSuchEntity."""
    page = _page(find_group(request.group_name, ctx), request, ctx)
    return ListAttachedGroupPoliciesResponse(
        attached_policies=page.items, is_truncated=page.is_truncated, marker=page.marker
    )


def list_attached_role_policies(
    request: ListAttachedRolePoliciesRequest, ctx: IamContext
) -> ListAttachedRolePoliciesResponse:
    """Give a role's managed policies. Raises: NoSuchEntity."""
    page = _page(find_role(request.role_name, ctx), request, ctx)
    return ListAttachedRolePoliciesResponse(
        attached_policies=page.items, is_truncated=page.is_truncated, marker=page.marker
    )


def attached_to(holder: Holder, path_prefix: str, ctx: IamContext) -> list[AttachedPolicy]:
    """Give the managed policies under a path that a user, group or role has, by name."""
    found = []
    for arn in ctx.kept.attachments.to(holder.id):
        policy = known_policy(arn, ctx.account, ctx.kept)
        if policy is not None and policy.path.startswith(path_prefix):
            found.append(AttachedPolicy(policy_name=policy.name, policy_arn=arn))
    return sorted(found, key=_by_name)


def _attach(holder: Holder, arn: str, ctx: IamContext) -> None:
    find_policy(arn, ctx)
    others = [one for one in ctx.kept.attachments.to(holder.id) if one != arn]
    if len(others) >= ATTACHED_POLICIES:
        kind = WORDS[type(holder)].capitalize()
        raise LimitExceeded(f"Cannot exceed quota for PoliciesPer{kind}: {ATTACHED_POLICIES}")
    ctx.kept.attachments.put(arn, holder.id)


def _detach(holder: Holder, arn: str, ctx: IamContext) -> None:
    if arn not in ctx.kept.attachments.to(holder.id):
        raise NoSuchEntity(f"Policy {arn} was not found.")
    ctx.kept.attachments.remove(arn, holder.id)


def _page(
    holder: Holder,
    request: ListAttachedUserPoliciesRequest | ListAttachedGroupPoliciesRequest | ListAttachedRolePoliciesRequest,
    ctx: IamContext,
) -> Page[AttachedPolicy]:
    attached = attached_to(holder, request.path_prefix or "/", ctx)
    return cut_page(attached, request.marker, request.max_items, _by_name)


def _by_name(policy: AttachedPolicy) -> str:
    owner = (policy.policy_arn or "").split(":")[4]
    return f"{policy.policy_name}/{owner}"
