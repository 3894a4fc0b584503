"""GetAccountAuthorizationDetails: everything that says who may do what, in pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from radiograph.model.iam.account import (
    GetAccountAuthorizationDetailsRequest,
    GetAccountAuthorizationDetailsResponse,
    GroupDetail,
    ManagedPolicyDetail,
    PolicyDetail,
    RoleDetail,
    UserDetail,
)
from radiograph.model.iam.records import Entity, GroupRecord, Holder, PolicyRecord, RoleRecord, UserRecord

from .attachments import attached_to
from .by_arn import policy_arn
from .context import IamContext
from .documents import told_document
from .groups import groups_of
from .instance_profiles import told_profile
from .managed import MANAGED
from .paging import cut_page
from .policies import listed_policy, policy_uses
from .policy_versions import listed_versions
from .told import told_group, told_role, told_user

__all__ = ["get_account_authorization_details"]


def get_account_authorization_details(
    request: GetAccountAuthorizationDetailsRequest, ctx: IamContext
) -> GetAccountAuthorizationDetailsResponse:
    """Give users, groups, roles and managed policies with all that they have; of AWS's policies, those in use."""
    page = cut_page(_wanted(request.filter, ctx), request.marker, request.max_items, _name)
    told = [_DETAILS[type(one)](one, ctx) for one in page.items]
    return GetAccountAuthorizationDetailsResponse(
        user_detail_list=[one for one in told if isinstance(one, UserDetail)],
        group_detail_list=[one for one in told if isinstance(one, GroupDetail)],
        role_detail_list=[one for one in told if isinstance(one, RoleDetail)],
        policies=[one for one in told if isinstance(one, ManagedPolicyDetail)],
        is_truncated=page.is_truncated,
        marker=page.marker,
    )


def _wanted(kinds: list[Any] | None, ctx: IamContext) -> list[Entity]:
    used = set(ctx.kept.attachments.counts())
    known: dict[str, Callable[[], list[Any]]] = {
        "User": ctx.kept.users.all,
        "Group": ctx.kept.groups.all,
        "Role": ctx.kept.roles.all,
        "LocalManagedPolicy": ctx.kept.policies.all,
        "AWSManagedPolicy": lambda: [policy for arn, policy in MANAGED.items() if arn in used],
    }
    found = [entity for kind, every in known.items() if not kinds or kind in kinds for entity in every()]
    return sorted(found, key=_name)


def _name(entity: Entity) -> str:
    return f"{type(entity).__name__}/{entity.name}/{entity.id}"


def _user(user: UserRecord, ctx: IamContext) -> UserDetail:
    return UserDetail(
        **_members(told_user(user, ctx), UserDetail),
        user_policy_list=_inline(user),
        group_list=[group.name for group in groups_of(user, ctx)],
        attached_managed_policies=attached_to(user, "/", ctx),
    )


def _group(group: GroupRecord, ctx: IamContext) -> GroupDetail:
    return GroupDetail(
        **_members(told_group(group, ctx), GroupDetail),
        group_policy_list=_inline(group),
        attached_managed_policies=attached_to(group, "/", ctx),
    )


def _role(role: RoleRecord, ctx: IamContext) -> RoleDetail:
    return RoleDetail(
        **_members(told_role(role, ctx), RoleDetail),
        instance_profile_list=[told_profile(one, ctx) for one in ctx.kept.profiles.all() if one.role_id == role.id],
        role_policy_list=_inline(role),
        attached_managed_policies=attached_to(role, "/", ctx),
    )


def _policy(policy: PolicyRecord, ctx: IamContext) -> ManagedPolicyDetail:
    arn = policy_arn(policy, ctx)
    listed = replace(listed_policy(policy, arn, policy_uses(arn, ctx)), description=policy.description)
    return ManagedPolicyDetail(**_members(listed, ManagedPolicyDetail), policy_version_list=listed_versions(policy))


def _members(told: Struct, wanted: type[Struct]) -> dict[str, Any]:
    """Give what is told elsewhere too, by its attributes."""
    return {name: value for name, value in asdict(told).items() if name in wanted.__struct_fields__}


def _inline(holder: Holder) -> list[PolicyDetail]:
    return [
        PolicyDetail(policy_name=name, policy_document=told_document(document))
        for name, document in sorted(holder.inline.items())
    ]


_DETAILS: dict[type[Entity], Callable[[Any, IamContext], Any]] = {
    UserRecord: _user,
    GroupRecord: _group,
    RoleRecord: _role,
    PolicyRecord: _policy,
}
