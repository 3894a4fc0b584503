"""Whose signature our requests bear: what botocore finds on this machine, or the role it may assume."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Protocol

from botocore.config import Config  # type: ignore[import-untyped]
from botocore.credentials import AssumeRoleCredentialFetcher, DeferredRefreshableCredentials  # type: ignore[import-untyped]
from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]
from botocore.session import Session  # type: ignore[import-untyped]

from radiograph.telemetry import Seldom, log

from .signing import Keys

__all__ = ["CredentialChain", "Credentials", "region_of_profile"]

_LOOK_AGAIN_S = 60.0
_NEVER = float("-inf")
_SESSION_NAME = "xray-daemon"
_TROUBLES = (BotoCoreError, ClientError, OSError, ValueError, LookupError)
"""What botocore raises over files, services and programs that do not say what it expects."""


class Credentials(Protocol):
    """Where keys come from."""

    async def keys(self) -> Keys | None:
        """Give the keys to sign with now, or None when there are none: requests then go unsigned."""

    def refused(self) -> None:
        """Note that the service does not accept the keys."""


class CredentialChain:
    """botocore's chain: environment, profile, container, instance; or a role that these may assume.

    What is not there, or is refused, is looked for again after a minute, so that nobody has to start the daemon anew.
    Looking takes a while: it is done on a thread, and meanwhile the others go on with what there is.
    """

    def __init__(
        self,
        region: str,
        role_arn: str = "",
        proxy: str = "",
        verify: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._region, self._role_arn, self._clock = region, role_arn, clock
        self._of_client = {"verify": None if verify else False}
        # Who is to be told to stop must not be waiting for STS.
        self._config = Config(
            connect_timeout=3,
            read_timeout=5,
            retries={"total_max_attempts": 1},
            proxies={"https": proxy} if proxy else None,
        )
        self._warnings = Seldom(_LOOK_AGAIN_S)
        self._looking = asyncio.Lock()
        self._found: Any = None
        self._looked = _NEVER

    async def keys(self) -> Keys | None:
        """Give the keys to sign with now, renewed when they are about to expire; None when there are none."""
        # The first time nobody knows better than to wait.
        if self._is_due() and (self._looked == _NEVER or not self._looking.locked()):
            async with self._looking:
                if self._is_due():
                    self._found = await asyncio.to_thread(self._look)
                    self._looked = self._clock()
        found = self._found
        if found is None:
            return None
        if getattr(found, "refresh_needed", bool)():
            return await asyncio.to_thread(self._renewed, found)
        return _keys_of(found)

    def _is_due(self) -> bool:
        return self._found is None and self._clock() - self._looked >= _LOOK_AGAIN_S

    def _look(self) -> Any:
        try:
            session = Session()
            found = session.get_credentials()
            if found is not None and self._role_arn:
                found = self._role(session, found)
        except _TROUBLES as error:
            self._warnings.warning("search", f"credentials cannot be had, requests go unsigned: {error}")
            return None
        if found is None and self._looked == _NEVER:
            log.info("no credentials are found: requests go unsigned")
        return found

    def _renewed(self, found: Any) -> Keys | None:
        try:
            return _keys_of(found)
        except _TROUBLES as error:
            self._warnings.warning("renewal", f"credentials cannot be had, requests go unsigned: {error}")
            self.refused()
            return None

    def _role(self, session: Session, found: Any) -> DeferredRefreshableCredentials:
        def make_client(service: str, **keys: Any) -> Any:
            return session.create_client(
                service, region_name=self._region, config=self._config, **self._of_client, **keys
            )

        fetcher = AssumeRoleCredentialFetcher(
            make_client, found, self._role_arn, extra_args={"RoleSessionName": _SESSION_NAME}
        )
        return DeferredRefreshableCredentials(fetcher.fetch_credentials, "assume-role")

    def refused(self) -> None:
        """Look for other keys, once it is a minute since the last time."""
        if self._clock() - self._looked >= _LOOK_AGAIN_S:
            self._found = None


def _keys_of(found: Any) -> Keys:
    frozen = found.get_frozen_credentials()
    return Keys(frozen.access_key, frozen.secret_key, frozen.token)


def region_of_profile() -> str:
    """Give the region that AWS's own configuration names, or an empty text."""
    try:
        return str(Session().get_config_variable("region") or "")
    except BotoCoreError as error:
        log.error("AWS's configuration cannot be read: %s", error)
        return ""
