"""AssumeRole: the role's trust, the caller's permission, the session's limits.

Source: STS API reference, "AssumeRole"; IAM user guide, "Methods to assume a role", "Pass session tags in AWS STS".
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

from msgspec.structs import replace

from radiograph.api.iam.context import PARTITION, IamContext
from radiograph.api.iam.documents import compiled
from radiograph.api.iam.entities import arn_of
from radiograph.api.iam.ids import new_access_key_id, new_secret
from radiograph.api.iam.tags import new_tags
from radiograph.auth.caller import Caller
from radiograph.auth.policy import Facts, ask, denial, evaluate_trust
from radiograph.auth.session_tokens import Session
from radiograph.errors import AccessDenied, InvalidRequest
from radiograph.model.iam.records import RoleRecord
from radiograph.model.sts import AssumeRoleRequest, AssumeRoleResponse

from .sessions import check_passed, issue, role_user

__all__ = ["assume_role", "find_trusting_role", "role_account", "seconds"]

_ROLE_ARN = re.compile(rf"arn:{PARTITION}:iam::(\d{{12}}):role(/[\x21-\x7e]*)", re.ASCII)
_CHAINED_S = 3_600
_USUAL_S = 3_600
_MFA = "MultiFactorAuthentication failed with invalid MFA one time pass code. "


def role_account(request: Any, _caller: Caller) -> str:
    """Give the account of the role that is asked for.

    Raises: InvalidRequest for what is no ARN of a role.
    """
    found = _ROLE_ARN.fullmatch(request.role_arn)
    if found is None:
        raise InvalidRequest(f"{request.role_arn} is invalid; the ARN of a role is accepted")
    return found[1]


def assume_role(request: AssumeRoleRequest, ctx: IamContext) -> AssumeRoleResponse:
    """Give credentials of a role's session.

    Raises: AccessDenied, also for a role that is not there; InvalidRequest for what it may not last or be tagged with;
    MalformedPolicyDocument, PackedPolicyTooLarge, NoSuchEntity for what is passed.
    """
    caller = ctx.caller
    if request.serial_number is not None or request.token_code is not None:
        raise AccessDenied(_MFA)
    if caller.principal.kind == "root" and not caller.is_local:
        raise AccessDenied("Roles may not be assumed by root accounts.")
    given = new_tags(request.tags)
    inherited = _inherited(caller, given)
    identity = _source_identity(request, caller)
    role = find_trusting_role(request.role_arn, ctx)
    _authorize(role, request, given, ctx)
    lasts_s = seconds(request.duration_seconds, role, is_chained=caller.principal.kind == "role session")
    passed = check_passed(request.policy, request.policy_arns, given, ctx)
    transitive = {key.lower() for key in request.transitive_tag_keys or []}
    session = Session(
        kind="role",
        account=ctx.account,
        access_key_id=new_access_key_id("ASIA", ctx.account),
        secret=new_secret(),
        entity_id=role.id,
        name=request.role_session_name,
        issued_at=ctx.now,
        expires_at=ctx.now + lasts_s,
        policy=passed.policy,
        policy_arns=passed.arns,
        tags=inherited | given,
        transitive=(*inherited, *(key for key in given if key.lower() in transitive)),
        source_identity=identity,
    )
    issued = issue(session, ctx, request.minimum_session_token_size)
    return AssumeRoleResponse(
        credentials=issued.credentials,
        assumed_role_user=role_user(role, request.role_session_name, ctx),
        packed_policy_size=passed.packed_percent,
        source_identity=identity or None,
        session_token_size=issued.token_size,
        session_token_utilization=issued.token_percent,
    )


def find_trusting_role(arn: str, ctx: IamContext) -> RoleRecord:
    """Give the role of an ARN; that there is none, nobody is told who has no permission.

    Raises: AccessDenied.
    """
    role = ctx.kept.roles.named(arn.rpartition("/")[2])
    if role is None or arn_of(role, ctx) != arn:
        _refuse("sts:AssumeRole", arn, ctx)
    return role


def seconds(wanted: int | None, role: RoleRecord, *, is_chained: bool) -> int:
    """Give how long a session is to last.

    Raises: InvalidRequest.
    """
    if is_chained and wanted is not None and wanted > _CHAINED_S:
        raise InvalidRequest(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"
        )
    if wanted is not None and wanted > role.longest_s:
        raise InvalidRequest("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
    return wanted or _USUAL_S


def _authorize(role: RoleRecord, request: AssumeRoleRequest, given: dict[str, str], ctx: IamContext) -> None:
    """Ask the role's trust policy and the caller's own for all that the call would do."""
    if ctx.caller.is_local:
        return
    actions = ["sts:AssumeRole"]
    if given or request.transitive_tag_keys:
        actions.append("sts:TagSession")
    if request.source_identity is not None:
        actions.append("sts:SetSourceIdentity")
    facts = _facts(role, request, given, ctx)
    trust = compiled(role.trust, role.name, "role", "trust")
    for action in actions:
        asked = ask(ctx.caller.principal, action, request.role_arn, ctx.account, facts)
        decision = evaluate_trust(asked, ctx.caller.attached, trust)
        if not decision.allowed:
            raise AccessDenied(denial(asked, decision))


def _facts(role: RoleRecord, request: AssumeRoleRequest, given: dict[str, str], ctx: IamContext) -> Facts:
    keys: dict[str, str | tuple[str, ...]] = {
        "sts:RoleSessionName": request.role_session_name,
        **{f"iam:ResourceTag/{key}": value for key, value in role.tags.items()},
    }
    if request.external_id is not None:
        keys["sts:ExternalId"] = request.external_id
    if request.source_identity is not None:
        keys["sts:SourceIdentity"] = request.source_identity
    if request.transitive_tag_keys:
        keys["sts:TransitiveTagKeys"] = tuple(request.transitive_tag_keys)
    return replace(
        ctx.facts,
        resource_tags=tuple(role.tags.items()),
        request_tags=tuple(given.items()) if given else None,
        more=keys,
    )


def _inherited(caller: Caller, given: dict[str, str]) -> dict[str, str]:
    """Give the tags that go on from the caller's session to the next.

    Raises: InvalidRequest when one of them is given anew.
    """
    if caller.session is None:
        return {}
    inherited = {key: caller.session.tags[key] for key in caller.session.transitive if key in caller.session.tags}
    taken = {key.lower() for key in inherited} & {key.lower() for key in given}
    if taken:
        raise InvalidRequest(
            "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key "
            f"from the calling session: {', '.join(sorted(taken))}"
        )
    return inherited


def _source_identity(request: AssumeRoleRequest, caller: Caller) -> str:
    """Give whom all of a chain of sessions is for; once said, it stays.

    Raises: AccessDenied.
    """
    before = caller.principal.source_identity
    if before and request.source_identity not in (None, before):
        raise AccessDenied(f"SourceIdentity is {before!r} in the calling session and cannot be another one")
    return before or request.source_identity or ""


def _refuse(action: str, arn: str, ctx: IamContext) -> NoReturn:
    raise AccessDenied(f"User: {ctx.caller.principal.arn} is not authorized to perform: {action} on resource: {arn}")
