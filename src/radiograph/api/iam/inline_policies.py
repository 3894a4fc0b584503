"""Put, Get, List and Delete policies that are part of one user, group or role."""

from __future__ import annotations

from msgspec.structs import replace

from radiograph.auth.policy import MOST_GROUP_INLINE, MOST_ROLE_INLINE, MOST_USER_INLINE
from radiograph.model.iam.inline_policies import (
    DeleteGroupPolicyRequest,
    DeleteRolePolicyRequest,
    DeleteUserPolicyRequest,
    GetGroupPolicyRequest,
    GetGroupPolicyResponse,
    GetRolePolicyRequest,
    GetRolePolicyResponse,
    GetUserPolicyRequest,
    GetUserPolicyResponse,
    ListGroupPoliciesRequest,
    ListGroupPoliciesResponse,
    ListRolePoliciesRequest,
    ListRolePoliciesResponse,
    ListUserPoliciesRequest,
    ListUserPoliciesResponse,
    PutGroupPolicyRequest,
    PutRolePolicyRequest,
    PutUserPolicyRequest,
)
from radiograph.model.iam.records import GroupRecord, Holder, RoleRecord, UserRecord

from .context import IamContext
from .documents import check_document, check_size, told_document
from .entities import WORDS, find_group, find_role, find_user
from .errors import NoSuchEntity
from .paging import Page, cut_page

__all__ = [
    "delete_group_policy",
    "delete_role_policy",
    "delete_user_policy",
    "get_group_policy",
    "get_role_policy",
    "get_user_policy",
    "list_group_policies",
    "list_role_policies",
    "list_user_policies",
    "put_group_policy",
    "put_role_policy",
    "put_user_policy",
]

Documents = dict[str, str]

_MOST: dict[type[Holder], int] = {
    UserRecord: MOST_USER_INLINE,
    GroupRecord: MOST_GROUP_INLINE,
    RoleRecord: MOST_ROLE_INLINE,
}


def put_user_policy(request: PutUserPolicyRequest, ctx: IamContext) -> None:
    """Make a policy part of a user. Raises: NoSuchEntity, MalformedPolicyDocument, LimitExceeded."""
    user = find_user(request.user_name, ctx)
    ctx.kept.users.put(replace(user, inline=_with(user, request.policy_name, request.policy_document)))


def put_group_policy(request: PutGroupPolicyRequest, ctx: IamContext) -> None:
    """Make a policy part of a group. Raises: NoSuchEntity, MalformedPolicyDocument, LimitExceeded."""
    group = find_group(request.group_name, ctx)
    ctx.kept.groups.put(replace(group, inline=_with(group, request.policy_name, request.policy_document)))


def put_role_policy(request: PutRolePolicyRequest, ctx: IamContext) -> None:
    """Make a policy part of a role. Raises: NoSuchEntity, MalformedPolicyDocument, LimitExceeded."""
    role = find_role(request.role_name, ctx)
    ctx.kept.roles.put(replace(role, inline=_with(role, request.policy_name, request.policy_document)))


def get_user_policy(request: GetUserPolicyRequest, ctx: IamContext) -> GetUserPolicyResponse:
    """Give a policy that is part of a user. Raises: NoSuchEntity."""
    user = find_user(request.user_name, ctx)
    document = told_document(_document(user, request.policy_name))
    return GetUserPolicyResponse(user_name=user.name, policy_name=request.policy_name, policy_document=document)


def get_group_policy(request: GetGroupPolicyRequest, ctx: IamContext) -> GetGroupPolicyResponse:
    """Give a policy that is part of a group. Raises: NoSuchEntity."""
    group = find_group(request.group_name, ctx)
    document = told_document(_document(group, request.policy_name))
    return GetGroupPolicyResponse(group_name=group.name, policy_name=request.policy_name, policy_document=document)


def get_role_policy(request: GetRolePolicyRequest, ctx: IamContext) -> GetRolePolicyResponse:
    """Give a policy that is part of a role. Raises: NoSuchEntity."""
    role = find_role(request.role_name, ctx)
    document = told_document(_document(role, request.policy_name))
    return GetRolePolicyResponse(role_name=role.name, policy_name=request.policy_name, policy_document=document)


def list_user_policies(request: ListUserPoliciesRequest, ctx: IamContext) -> ListUserPoliciesResponse:
    """Give the names of the policies that are part of a user. Raises: NoSuchEntity."""
    page = _page(find_user(request.user_name, ctx), request)
    return ListUserPoliciesResponse(policy_names=page.items, is_truncated=page.is_truncated, marker=page.marker)


def list_group_policies(request: ListGroupPoliciesRequest, ctx: IamContext) -> ListGroupPoliciesResponse:
    """Give the names of the policies that are part of a group. Raises: NoSuchEntity."""
    page = _page(find_group(request.group_name, ctx), request)
    return ListGroupPoliciesResponse(policy_names=page.items, is_truncated=page.is_truncated, marker=page.marker)


def list_role_policies(request: ListRolePoliciesRequest, ctx: IamContext) -> ListRolePoliciesResponse:
    """Give the names of the policies that are part of a role. Raises: NoSuchEntity."""
    page = _page(find_role(request.role_name, ctx), request)
    return ListRolePoliciesResponse(policy_names=page.items, is_truncated=page.is_truncated, marker=page.marker)


def delete_user_policy(request: DeleteUserPolicyRequest, ctx: IamContext) -> None:
    """Forget a policy that is part of a user. Raises: NoSuchEntity."""
    user = find_user(request.user_name, ctx)
    ctx.kept.users.put(replace(user, inline=_without(user, request.policy_name)))


def delete_group_policy(request: DeleteGroupPolicyRequest, ctx: IamContext) -> None:
    """Forget a policy that is part of a group. Raises: NoSuchEntity."""
    group = find_group(request.group_name, ctx)
    ctx.kept.groups.put(replace(group, inline=_without(group, request.policy_name)))


def delete_role_policy(request: DeleteRolePolicyRequest, ctx: IamContext) -> None:
    """Forget a policy that is part of a role. Raises: NoSuchEntity."""
    role = find_role(request.role_name, ctx)
    ctx.kept.roles.put(replace(role, inline=_without(role, request.policy_name)))


def _with(holder: Holder, name: str, document: str) -> Documents:
    check_document(document)
    after = {**holder.inline, name: document}
    most, kind = _MOST[type(holder)], WORDS[type(holder)]
    check_size(list(after.values()), most, f"Maximum policy size of {most} bytes exceeded for {kind} {holder.name}")
    return after


def _without(holder: Holder, name: str) -> Documents:
    _document(holder, name)
    return {one: document for one, document in holder.inline.items() if one != name}


def _document(holder: Holder, name: str) -> str:
    if name not in holder.inline:
        raise NoSuchEntity(f"The {WORDS[type(holder)]} policy with name {name} cannot be found.")
    return holder.inline[name]


def _page(
    holder: Holder, request: ListUserPoliciesRequest | ListGroupPoliciesRequest | ListRolePoliciesRequest
) -> Page[str]:
    return cut_page(sorted(holder.inline), request.marker, request.max_items, str)
