"""What callers name by ARN: managed policies, AWS's and the account's, and OpenID Connect providers."""

from __future__ import annotations

from radiograph.errors import AccessDenied, InvalidRequest
from radiograph.model.iam.records import PolicyRecord, ProviderRecord
from radiograph.storage.interfaces import Identities

from .context import PARTITION, IamContext, Target
from .entities import arn_of, target_of
from .errors import NoSuchEntity
from .managed import MANAGED, MANAGED_ARNS

__all__ = [
    "find_own_policy",
    "find_policy",
    "find_provider",
    "known_policy",
    "policy_arn",
    "policy_target",
    "provider_target",
]


def policy_arn(policy: PolicyRecord, ctx: IamContext) -> str:
    """Give a managed policy's ARN, AWS's or the account's."""
    return MANAGED_ARNS.get(policy.id) or arn_of(policy, ctx)


def known_policy(arn: str, account: str, kept: Identities) -> PolicyRecord | None:
    """Give the managed policy of an ARN, AWS's or the account's, or None."""
    if arn in MANAGED:
        return MANAGED[arn]
    own = kept.policies.named(arn.rpartition("/")[2])
    if own is None or arn != f"arn:{PARTITION}:iam::{account}:policy{own.path}{own.name}":
        return None
    return own


def find_policy(arn: str, ctx: IamContext) -> PolicyRecord:
    """Give the managed policy of an ARN.

    Raises: NoSuchEntity, InvalidRequest for what is no ARN of a policy.
    """
    _check(arn, "policy/")
    policy = known_policy(arn, ctx.account, ctx.kept)
    if policy is None:
        raise NoSuchEntity(f"Policy {arn} does not exist or is not attachable.")
    return policy


def find_own_policy(arn: str, ctx: IamContext) -> PolicyRecord:
    """Give the account's managed policy of an ARN, to change it.

    Raises: NoSuchEntity, AccessDenied for a policy of AWS.
    """
    if arn in MANAGED:
        raise AccessDenied(f"Policy {arn} is outside your own account.")
    return find_policy(arn, ctx)


def policy_target(arn: str, ctx: IamContext) -> Target:
    """Give the managed policy of an ARN as the caller's policies see it, or its place when there is none."""
    policy = known_policy(arn, ctx.account, ctx.kept)
    return target_of(policy, ctx) if policy is not None and arn not in MANAGED else Target(arn=arn)


def find_provider(arn: str, ctx: IamContext) -> ProviderRecord:
    """Give the OpenID Connect provider of an ARN.

    Raises: NoSuchEntity, InvalidRequest for what is no ARN of a provider.
    """
    _check(arn, "oidc-provider/")
    provider = _known_provider(arn, ctx)
    if provider is None:
        raise NoSuchEntity(f"OpenIDConnect Provider not found for arn {arn}")
    return provider


def provider_target(arn: str, ctx: IamContext) -> Target:
    """Give the provider of an ARN as the caller's policies see it, or its place when there is none."""
    provider = _known_provider(arn, ctx)
    return target_of(provider, ctx) if provider is not None else Target(arn=arn)


def _known_provider(arn: str, ctx: IamContext) -> ProviderRecord | None:
    before = ctx.arn("oidc-provider/")
    return ctx.kept.providers.named(arn.removeprefix(before)) if arn.startswith(before) else None


def _check(arn: str, resource: str) -> None:
    parts = arn.split(":", 5)
    if len(parts) < 6 or parts[:4] != ["arn", PARTITION, "iam", ""] or not parts[5].startswith(resource):
        raise InvalidRequest(f"ARN {arn} is not valid.")
