"""A ring of keys over a settings' file of a test's own, and a clock that stands still until it is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from radiograph.keys import KeyLife, KeyMaker, Keyring, destroy
from radiograph.model.choices import Encryption
from radiograph.model.keys import CustomerKey
from radiograph.secrets import MasterKey
from radiograph.storage.documents import SettingsDatabase
from radiograph.storage.documents.changes import Changes

ACCOUNT = "000000000000"


class Cabinet:
    """Keys, and what an operator does with them."""

    def __init__(self, directory: Path) -> None:
        self.path, self.now = directory / "settings.sqlite3", 1_795_000_000.0
        self.settings = SettingsDatabase(self.path)
        self.changes: list[Changes] = []
        self.maker = KeyMaker(MasterKey(b"m" * 32))

    def ring(self, every_account: bool = False, life: KeyLife = KeyLife()) -> Keyring:  # noqa: B008 - frozen
        self.changes.append(Changes(self.path))
        version = self.changes[-1].version
        return Keyring(self.settings, version, self.maker, lambda: self.now, every_account, life)

    def key(self, account: str = ACCOUNT) -> CustomerKey:
        made = self.maker.customer_key(account, self.now)
        self.put(made, account)
        return made

    def put(self, key: CustomerKey, account: str = ACCOUNT) -> None:
        with self.settings.change(account) as kept:
            kept.keys.put(key)

    def choose(self, key: CustomerKey | None, account: str = ACCOUNT) -> None:
        arn = None if key is None else f"arn:aws:kms:us-east-1:{account}:key/{key.id}"
        with self.settings.change(account) as kept:
            kept.choices.put(Encryption(self.now, "NONE" if key is None else "KMS", arn))

    def destroy(self, key: CustomerKey, account: str = ACCOUNT) -> None:
        with self.settings.change(account) as kept:
            destroy(kept.keys, key)
        assert self.settings.scrub()

    def close(self) -> None:
        for one in self.changes:
            one.close()
        self.settings.close()


@pytest.fixture
def cabinet(tmp_path: Path) -> Iterator[Cabinet]:
    made = Cabinet(tmp_path)
    yield made
    made.close()
