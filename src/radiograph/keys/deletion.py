"""The end of keys that are pending deletion."""

from __future__ import annotations

from collections.abc import Callable

from radiograph.clock import Clock
from radiograph.storage.interfaces import SettingsStore
from radiograph.telemetry import log

from .customer import destroy

__all__ = ["Deletion"]


class Deletion:
    """Destroys the keys whose time has come; for one thread, run now and then."""

    def __init__(self, settings: SettingsStore, clock: Clock, tell: Callable[[str, str], None]) -> None:
        """``tell`` takes the account and the id of a key that is being destroyed; when it raises, the key stays."""
        self._settings, self._clock, self._tell = settings, clock, tell
        self._scrubbed = False
        """Whether the settings' log can hold no destroyed key: unknown at the start, a predecessor may have died."""

    def __call__(self) -> int:
        """Give how many were destroyed.

        Raises: ServiceUnavailable.
        """
        destroyed, now = 0, self._clock()
        for account in self._settings.accounts_with_keys():
            with self._settings.read(account) as kept:
                due = [
                    one for one in kept.keys.all() if one.state == "PendingDeletion" and (one.deletes_at or 0) <= now
                ]
            for key in due:
                with self._settings.change(account) as kept:
                    if kept.keys.with_id(key.id) == key:  # else somebody has saved it meanwhile
                        self._scrubbed = False
                        destroy(kept.keys, key)
                        self._tell(account, key.id)
                        destroyed += 1
                        log.warning("key %s of account %s is destroyed, as was scheduled", key.id, account)
        if not self._scrubbed:
            self._scrubbed = self._settings.scrub()
        return destroyed
