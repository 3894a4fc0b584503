"""Who asked, as CloudTrail tells it.

Source: CloudTrail user guide, "CloudTrail userIdentity element".
"""

from __future__ import annotations

import base64
import binascii
import re

from msgspec import UNSET, UnsetType

from radiograph.audit.record import (
    SessionAttributes,
    SessionContext,
    SessionIssuer,
    UserIdentity,
    WebIdFederationData,
    stamp,
)
from radiograph.audit.redaction import HIDDEN, shown
from radiograph.auth.caller import Caller
from radiograph.auth.policy import Principal
from radiograph.model.sts import AssumeRoleWithWebIdentityResponse

from .asked import Asked

__all__ = ["claimed_key", "identity_of", "shown_key", "unproven", "web_identity_user"]

_KEY = re.compile(r"(?:AKIA|ASIA)[A-Z0-9]{12,124}", re.ASCII)
_CREDENTIAL = re.compile(r"Credential=([^/,\s]{1,200})/")
_TYPES = {
    "root": "Root",
    "user": "IAMUser",
    "role session": "AssumedRole",
    "federated user": "FederatedUser",
    "service": "AWSService",
    "web identity": "WebIdentityUser",
}


def identity_of(caller: Caller) -> UserIdentity:
    """Give who asked, when that is proven."""
    principal = caller.principal
    if principal.kind == "anonymous":
        return UserIdentity(type="Unknown")
    return UserIdentity(
        type=_TYPES[principal.kind],
        principal_id=shown(principal.id),  # names of users and sessions are chosen by somebody
        arn=shown(principal.arn),
        account_id=principal.account,
        access_key_id=caller.access_key_id or UNSET,
        user_name=shown(principal.name) if principal.kind == "user" else UNSET,
        session_context=_context(principal),
    )


def web_identity_user(told: AssumeRoleWithWebIdentityResponse) -> UserIdentity:
    """Give whom a provider has vouched for."""
    subject, provider = shown(told.subject_from_web_identity_token), shown(told.provider)
    return UserIdentity(
        type="WebIdentityUser",
        principal_id=f"{provider}:{shown(told.audience)}:{subject}",
        user_name=subject,
        identity_provider=provider,
    )


def unproven(key: str, account: str | None) -> UserIdentity:
    """Give whoever claimed an access key, or nothing; ``account`` is the key's, if there is such a key."""
    return UserIdentity(type="Unknown", account_id=account or UNSET, access_key_id=shown_key(key) or UNSET)


def shown_key(key: str) -> str:
    """Give an access key id; anything else could be a password that was typed into the wrong field."""
    return key if not key or _KEY.fullmatch(key) else HIDDEN


def claimed_key(asked: Asked) -> str:
    """Give the access key that a request says it is signed with; empty when it says nothing."""
    if asked.login:
        return asked.login
    authorization = asked.header(b"authorization") or ""
    if authorization[:6].lower() == "basic ":
        try:
            return base64.b64decode(authorization[6:], validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    found = _CREDENTIAL.search(authorization)
    return found[1] if found else ""


def _context(principal: Principal) -> SessionContext | UnsetType:
    if principal.issued_at_s is None:
        return UNSET
    attributes = SessionAttributes(
        creation_date=stamp(principal.issued_at_s),
        mfa_authenticated="false" if principal.mfa_at_s is None else "true",
    )
    if principal.kind != "role session":
        return SessionContext(attributes=attributes)
    return SessionContext(
        session_issuer=SessionIssuer(
            type="Role",
            principal_id=principal.entity_id,
            arn=principal.entity,
            account_id=principal.account,
            user_name=principal.entity.rpartition("/")[2],
        ),
        web_id_federation_data=WebIdFederationData(federated_provider=principal.provider)
        if principal.provider
        else UNSET,
        attributes=attributes,
        source_identity=shown(principal.source_identity) or UNSET,
    )
