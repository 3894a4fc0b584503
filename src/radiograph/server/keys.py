"""The keys of a data directory, open. Each process has its own: what one changes, the other knows with its next use."""

from __future__ import annotations

from radiograph.clock import Clock
from radiograph.config import Config
from radiograph.keys import KeyMaker, Keyring
from radiograph.secrets import MasterKey
from radiograph.storage.documents import SettingsDatabase
from radiograph.storage.documents.changes import Changes

__all__ = ["OpenKeys"]


class OpenKeys:
    """The ring, and what it is read from."""

    def __init__(self, config: Config, master: MasterKey, clock: Clock) -> None:
        """Open it.

        Raises: KeyFileError when the keys that are kept were wrapped by another master key; OSError.
        """
        path = config.data / "settings.sqlite3"
        self.settings = SettingsDatabase(path)
        self._changes = Changes(path)
        maker = KeyMaker(master)
        try:
            maker.check(self.settings)
        except OSError:
            self.close()
            raise
        self.version = self._changes.version
        """Another number after every change of the file."""
        self.ring = Keyring(self.settings, self.version, maker, clock, config.encrypt_at_rest)

    def close(self) -> None:
        """Release the file."""
        self._changes.close()
        self.settings.close()
