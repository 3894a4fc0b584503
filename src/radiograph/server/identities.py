"""Who may ask, assembled: the file with users, roles and keys, the master key, the gate. Each process has its own."""

from __future__ import annotations

import os

from radiograph.api.administrator import FirstKey, first_administrator
from radiograph.api.gate import Gate, OpenGate, SignedGate
from radiograph.api.iam.callers import Callers
from radiograph.api.iam.context import Desk
from radiograph.clock import Clock
from radiograph.config import Config, ConfigError
from radiograph.secrets import open_master_key
from radiograph.storage.documents.identities import IdentityDatabase

__all__ = ["OpenIdentities"]

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
            self.desk = Desk.of(self._database, self.master)
        except OSError:
            self._database.close()
            raise
        self.callers = Callers(self.desk, clock)
        self.signed = SignedGate(self.callers)
        self.gate: Gate = self.signed if config.auth == "required" else OpenGate(config.account)

    def first_administrator(self) -> FirstKey | None:
        """Give a key for whoever starts the server for the first time; None when there are users, or one was given.

        Raises: ConfigError when half a key is given.
        """
        id_, secret = os.environ.get(_KEY), os.environ.get(_SECRET)
        if (id_ is None) != (secret is None):
            raise ConfigError(f"{_KEY if id_ is None else _SECRET} is missing; both are needed, or neither")
        given = FirstKey(id_, secret) if id_ is not None and secret is not None else None
        return first_administrator(self.desk, self._config.account, self._config.region, self._clock(), given)

    def close(self) -> None:
        """Note who asked last, and release the file."""
        self.callers.write_uses()
        self._database.close()
