"""What an operation of IAM or STS may use: who asks for what, what the account has, and the rooms below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace

from radiograph.auth.caller import Caller, authorize
from radiograph.auth.policy import Facts, Tags
from radiograph.secrets import MasterKey, Sealer
from radiograph.storage.interfaces import Identities, IdentityStore

from .provider_keys import ProviderKeys

__all__ = ["PARTITION", "Desk", "IamContext", "KeysOf", "Target"]

PARTITION = "aws"


KeysOf = Callable[[str, str | None, float], list[dict[str, Any]]]
"""From an issuer, a key's id and the time to the issuer's JSON Web Keys."""


class Desk(msgspec.Struct, frozen=True):
    """What of a server every question needs: where identities are, what seals their secrets, and providers' keys."""

    store: IdentityStore
    key_sealer: Sealer
    token_sealer: Sealer
    keys_of: KeysOf

    @classmethod
    def of(cls, store: IdentityStore, master: MasterKey, keys_of: KeysOf | None = None) -> Desk:
        """Give the desk of a store and a master key; providers on the open Internet, if nothing else is said."""
        sealers = master.sealer("access keys"), master.sealer("session tokens")
        return cls(store, *sealers, keys_of or ProviderKeys())


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What an operation would act upon, as policies see it."""

    arn: str
    tags: Tags = ()
    """Those it has."""
    given: Tags | None = None
    """Those it would get."""
    taken: tuple[str, ...] | None = None
    """Keys of those it would lose."""
    keys: dict[str, str | tuple[str, ...]] = {}
    """Condition keys of the service's own."""


class IamContext(msgspec.Struct, frozen=True, kw_only=True):
    """One operation's view of a server; ``kept`` is what the account has, in the operation's one transaction."""

    account: str
    caller: Caller
    facts: Facts
    kept: Identities
    desk: Desk
    worked_out: Any = None
    """What the operation's ``ahead`` led to, where it has one."""

    @property
    def now(self) -> float:
        """Give the time in seconds since the epoch, the same one throughout an operation."""
        return self.facts.now_s

    def arn(self, resource: str) -> str:
        """Give the ARN of something of the account: ``user/…``, ``policy/…``."""
        return f"arn:{PARTITION}:iam::{self.account}:{resource}"

    def authorize(self, action: str, target: Target) -> None:
        """Return when the caller may do this to the target.

        Raises: AccessDenied.
        """
        facts = replace(
            self.facts, resource_tags=target.tags, request_tags=target.given, tag_keys=target.taken, more=target.keys
        )
        authorize(self.caller, action, target.arn, self.account, facts)
