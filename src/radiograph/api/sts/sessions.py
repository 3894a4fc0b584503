"""Sessions: what may be passed when one begins, how long it lasts, its credentials; and GetSessionToken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from radiograph.api.iam.by_arn import known_policy
from radiograph.api.iam.context import IamContext
from radiograph.api.iam.documents import check_document
from radiograph.api.iam.errors import NoSuchEntity, PackedTooLarge
from radiograph.api.iam.ids import new_access_key_id, new_secret
from radiograph.auth.policy import MOST_SESSION
from radiograph.auth.session_tokens import MOST_TOKEN_BYTES, Session, packed_percent, write_token
from radiograph.errors import AccessDenied, InvalidRequest
from radiograph.model.iam.records import RoleRecord
from radiograph.model.sts import (
    AssumedRoleUser,
    Credentials,
    GetSessionTokenRequest,
    GetSessionTokenResponse,
    PolicyDescriptorType,
)

__all__ = ["Issued", "Passed", "check_passed", "get_session_token", "issue", "role_user"]

_MOST_ARNS = 10
_USUAL_S = 43_200
_ROOT_S = 3_600
_MFA = "MultiFactorAuthentication failed with invalid MFA one time pass code. "


class Passed(NamedTuple):
    """Policies that hold a session to less than its role may."""

    policy: str
    arns: tuple[str, ...]
    packed_percent: int | None
    """How much of what a token may carry they take, with the session's tags; None when there is nothing."""


class Issued(NamedTuple):
    """Credentials, and how much of what a token may have theirs has."""

    credentials: Credentials
    token_size: int
    token_percent: int


def check_passed(
    policy: str | None, arns: Sequence[PolicyDescriptorType] | None, tags: dict[str, str], ctx: IamContext
) -> Passed:
    """Give the policies that are passed with a call.

    Raises: MalformedPolicyDocument, PackedPolicyTooLarge, NoSuchEntity, InvalidRequest.
    """
    named = tuple(one.arn for one in arns or [] if one.arn is not None)
    if len(named) > _MOST_ARNS:
        raise InvalidRequest(f"PolicyArns has {len(named)} ARNs; at most {_MOST_ARNS} are accepted")
    if policy is not None:
        if len(policy) + sum(map(len, named)) > MOST_SESSION:
            raise PackedTooLarge(f"Session policies have more than {MOST_SESSION} characters, which are accepted")
        check_document(policy)
    for arn in named:
        if known_policy(arn, ctx.account, ctx.kept) is None:
            raise NoSuchEntity(f"Policy {arn} does not exist.")
    percent = packed_percent((policy or "", *named) if policy or named else (), tags)
    if percent > 100:
        raise PackedTooLarge(f"Packed size of session policies and tags consumes {percent}% of allotted space.")
    return Passed(policy or "", named, percent or None)


def issue(session: Session, ctx: IamContext, least_bytes: int | None = None) -> Issued:
    """Give the credentials of a session."""
    token = write_token(session, ctx.desk.token_sealer, least_bytes or 0)
    credentials = Credentials(
        access_key_id=session.access_key_id,
        secret_access_key=session.secret,
        session_token=token,
        expiration=session.expires_at,
    )
    return Issued(credentials, len(token), -(-len(token) * 100 // MOST_TOKEN_BYTES))


def role_user(role: RoleRecord, name: str, ctx: IamContext) -> AssumedRoleUser:
    """Give whom a role's session stands for."""
    arn = ctx.arn(f"assumed-role/{role.name}/{name}").replace(":iam:", ":sts:", 1)
    return AssumedRoleUser(assumed_role_id=f"{role.id}:{name}", arn=arn)


def get_session_token(request: GetSessionTokenRequest, ctx: IamContext) -> GetSessionTokenResponse:
    """Give credentials of the calling user that end by themselves, after twelve hours if it is not said.

    Raises: AccessDenied for a caller that has such credentials already, and for a second factor.
    """
    if ctx.caller.session is not None:
        raise AccessDenied("Cannot call GetSessionToken with session credentials")
    if request.serial_number is not None or request.token_code is not None:
        raise AccessDenied(_MFA)
    is_root = ctx.caller.principal.kind == "root"
    longest_s = _ROOT_S if is_root else request.duration_seconds or _USUAL_S
    session = Session(
        kind="user",
        account=ctx.account,
        access_key_id=new_access_key_id("ASIA", ctx.account),
        secret=new_secret(),
        entity_id=ctx.caller.principal.entity_id,
        issued_at=ctx.now,
        expires_at=ctx.now + min(request.duration_seconds or longest_s, longest_s),
    )
    issued = issue(session, ctx, request.minimum_session_token_size)
    return GetSessionTokenResponse(
        credentials=issued.credentials,
        session_token_size=issued.token_size,
        session_token_utilization=issued.token_percent,
    )
