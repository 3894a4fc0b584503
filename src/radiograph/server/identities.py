"""Who may ask, assembled: the file with users, roles and keys, the master key, the gate. Each process has its own."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable

from radiograph.api.administrator import FirstKey, first_administrator
from radiograph.api.asked import Asked
from radiograph.api.auditor import Auditor
from radiograph.api.gate import Gate, OpenGate, SignedGate
from radiograph.api.iam.callers import Callers
from radiograph.api.iam.context import Desk
from radiograph.api.iam.https import Fetcher
from radiograph.api.iam.provider_keys import ProviderKeys
from radiograph.api.login import Login
from radiograph.api.oidc import OidcLogin, OidcSettings
from radiograph.api.password_login import PasswordLogin
from radiograph.api.sessions import Sessions
from radiograph.asgi import Headers
from radiograph.audit import AUDIT
from radiograph.clock import Clock
from radiograph.config import Config, ConfigError
from radiograph.secrets import open_master_key
from radiograph.storage.documents.identities import IdentityDatabase

__all__ = ["OpenIdentities"]

_OIDC_SECRET = "RADIOGRAPH_OIDC_CLIENT_SECRET"  # noqa: S105 - a variable's name
_KEY, _SECRET = "RADIOGRAPH_ADMIN_ACCESS_KEY_ID", "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY"


class OpenIdentities:
    """The identities of a data directory, open."""

    def __init__(self, config: Config, clock: Clock) -> None:
        """Open them.

        Raises: OSError.
        """
        self._config, self._clock = config, clock
        self._database = IdentityDatabase(config.data / "settings.sqlite3")
        try:
            given = os.environ.get("RADIOGRAPH_MASTER_KEY")
            self.master = open_master_key(config.data, given, config.master_key_command)
            self.desk = Desk.of(self._database, self.master, ProviderKeys(Fetcher(config.networks)))
        except OSError:
            self._database.close()
            raise
        self.audit_sealer = self.master.sealer(AUDIT)
        """Seals what the audit writes."""
        self.callers = Callers(self.desk, clock, config.presigned, config.signature_window_s)
        self.signed = SignedGate(self.callers)
        self.gate: Gate = self.signed if config.auth == "required" else OpenGate(config.account)

    def first_administrator(self) -> FirstKey | None:
        """Give a key for whoever starts the server for the first time; None when there are users, or one was given.

        Raises: ConfigError when half a key is given.
        """
        # What is empty is not given: nobody may sign with nothing.
        id_, secret = os.environ.get(_KEY) or None, os.environ.get(_SECRET) or None
        if (id_ is None) != (secret is None):
            raise ConfigError(f"{_KEY if id_ is None else _SECRET} is missing; both are needed, or neither")
        given = FirstKey(id_, secret) if id_ is not None and secret is not None else None
        return first_administrator(self.desk, self._config.account, self._config.region, self._clock(), given)

    def login(self, ask: Callable[[Asked], Awaitable[tuple[int, Headers, bytes]]], auditor: Auditor) -> Login:
        """Give the console's way in; ``ask`` answers STS's questions."""
        config, oidc = self._config, None
        if config.oidc_issuer:
            secret = os.environ.get(_OIDC_SECRET, "")
            settings = OidcSettings(config.oidc_issuer, config.oidc_client_id, secret, config.oidc_role)
            oidc = OidcLogin(settings, Fetcher(config.networks), ask)
        passwords = PasswordLogin(self._database, self._clock)
        return Login(self.signed.with_secret, passwords, oidc, Sessions(self._clock), True, auditor)

    def close(self) -> None:
        """Note who asked last, and release the file."""
        self.callers.write_uses()
        self._database.close()
