"""AssumeRoleWithWebIdentity: a token of an OpenID Connect provider that the account has, for a session of a role.

Source: STS API reference, "AssumeRoleWithWebIdentity"; IAM user guide, "Available keys for AWS OIDC federation".
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from radiograph.api.iam.context import IamContext
from radiograph.api.iam.documents import compiled
from radiograph.api.iam.entities import arn_of
from radiograph.api.iam.errors import InvalidToken, ProviderSilent, TokenOver
from radiograph.api.iam.https import Unreachable
from radiograph.api.iam.ids import new_access_key_id, new_secret
from radiograph.auth.policy import Attached, ask, denial, evaluate_trust, web_identity
from radiograph.auth.session_tokens import Session
from radiograph.errors import AccessDenied
from radiograph.model.iam.records import ProviderRecord, RoleRecord
from radiograph.model.sts import AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse

from .assume_role import seconds
from .jwt import BadToken, Token, read_token, verify_token
from .sessions import check_passed, issue, role_user
from .token_tags import TokenTags, tags_in

__all__ = ["assume_role_with_web_identity"]

_ACTION = "sts:AssumeRoleWithWebIdentity"
_SKEW_S = 300


def assume_role_with_web_identity(
    request: AssumeRoleWithWebIdentityRequest, ctx: IamContext
) -> AssumeRoleWithWebIdentityResponse:
    """Give credentials of a role's session to whoever has a token of a provider that the role trusts.

    Raises: InvalidIdentityToken, ExpiredTokenException, IDPCommunicationError for the token; AccessDenied for the role;
    InvalidRequest, MalformedPolicyDocument, PackedPolicyTooLarge, NoSuchEntity for the rest.
    """
    token, provider = _proven(request.web_identity_token, ctx)
    tags = tags_in(token.claims)
    role = _trusting(request, token, provider, tags, ctx)
    lasts_s = seconds(request.duration_seconds, role, is_chained=False)
    passed = check_passed(request.policy, request.policy_arns, tags.tags, ctx)
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
        tags=tags.tags,
        transitive=tags.transitive,
        source_identity=tags.source_identity,
        provider=arn_of(provider, ctx),
    )
    issued = issue(session, ctx, request.minimum_session_token_size)
    return AssumeRoleWithWebIdentityResponse(
        credentials=issued.credentials,
        subject_from_web_identity_token=token.sub,
        assumed_role_user=role_user(role, request.role_session_name, ctx),
        packed_policy_size=passed.packed_percent,
        provider=arn_of(provider, ctx),
        audience=_audience(token, provider),
        source_identity=tags.source_identity or None,
        session_token_size=issued.token_size,
        session_token_utilization=issued.token_percent,
    )


def _proven(text: str, ctx: IamContext) -> tuple[Token, ProviderRecord]:
    """Give what a token says and the provider that says it, once all of it is proven."""
    try:
        token = read_token(text)
    except BadToken as wrong:
        raise InvalidToken(f"The ID Token provided is not a valid JWT: {wrong}") from None
    provider = ctx.kept.providers.named(token.iss.removeprefix("https://"))
    if provider is None or not token.iss.startswith("https://"):
        raise InvalidToken(f"No OpenIDConnect provider found in your account for {token.iss[:200]}")
    if _audience(token, provider) == "":
        raise InvalidToken("Incorrect token audience")
    try:
        verify_token(text, ctx.desk.keys_of(token.iss, token.kid, ctx.now))
    except Unreachable as trouble:
        raise ProviderSilent(f"Couldn't retrieve verification key from your identity provider: {trouble}") from None
    except BadToken as wrong:
        raise InvalidToken(f"Provided Token is invalid: {wrong}") from None
    if ctx.now >= token.exp:
        raise TokenOver(
            f"Token expired: current date/time {int(ctx.now)} must be before the expiration date/time {int(token.exp)}"
        )
    if max(token.nbf or 0.0, token.iat or 0.0) > ctx.now + _SKEW_S:
        raise InvalidToken("Token is not valid yet")
    return token, provider


def _audience(token: Token, provider: ProviderRecord) -> str:
    """Give the client that a token is for, empty when it is for none that the account accepts."""
    said = [token.azp] if token.azp is not None else token.audiences
    return next((one for one in said if one in provider.clients), "")


def _trusting(
    request: AssumeRoleWithWebIdentityRequest, token: Token, provider: ProviderRecord, tags: TokenTags, ctx: IamContext
) -> RoleRecord:
    """Give the role, which trusts this token; that there is none, nobody is told.

    Raises: AccessDenied.
    """
    role = ctx.kept.roles.named(request.role_arn.rpartition("/")[2])
    if role is None or arn_of(role, ctx) != request.role_arn:
        raise AccessDenied(f"Not authorized to perform {_ACTION}")
    actions = [_ACTION]
    if tags.tags:
        actions.append("sts:TagSession")
    if tags.source_identity:
        actions.append("sts:SetSourceIdentity")
    facts = replace(
        ctx.facts,
        resource_tags=tuple(role.tags.items()),
        request_tags=tuple(tags.tags.items()) if tags.tags else None,
        more=_keys(request, token, provider, tags),
    )
    trust = compiled(role.trust, role.name, "role", "trust")
    principal = web_identity(arn_of(provider, ctx), token.sub)
    for action in actions:
        asked = ask(principal, action, request.role_arn, ctx.account, facts)
        decision = evaluate_trust(asked, Attached(), trust)
        if not decision.allowed:
            raise AccessDenied(denial(asked, decision))
    return role


def _keys(
    request: AssumeRoleWithWebIdentityRequest, token: Token, provider: ProviderRecord, tags: TokenTags
) -> dict[str, str | tuple[str, ...]]:
    """Give the condition keys that a token makes: its claims under its provider's name."""
    keys: dict[str, str | tuple[str, ...]] = {"sts:RoleSessionName": request.role_session_name}
    for name, value in token.claims.items():
        told = _told(value)
        if told is not None:
            keys[f"{provider.name}:{name}"] = told
    keys[f"{provider.name}:aud"] = _audience(token, provider)
    if token.azp is not None:
        keys[f"{provider.name}:oaud"] = tuple(token.audiences)
    if tags.source_identity:
        keys["sts:SourceIdentity"] = tags.source_identity
    if tags.transitive:
        keys["sts:TransitiveTagKeys"] = tags.transitive
    return keys


def _told(value: Any) -> str | tuple[str, ...] | None:
    """Give a claim as a condition key has it, or None for one that none can have."""
    match value:
        case bool():
            return "true" if value else "false"
        case str() | int() | float():
            return str(value)
        case list() if all(isinstance(one, str) for one in value):
            return tuple(value)
    return None
