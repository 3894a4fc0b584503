"""The API on an operator's desk: what is set and told, without sockets, journal or engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from radiograph.api.answer import answer
from radiograph.api.context import Context
from radiograph.api.retrievals import Retrievals
from radiograph.api.targets import SamplingTargets
from radiograph.api.xray.defaults import add_defaults
from radiograph.keys import KeyMaker, Keyring
from radiograph.secrets import MasterKey
from radiograph.storage.documents import SettingsDatabase
from radiograph.storage.documents.changes import Changes
from radiograph.storage.interfaces import TraceReader
from radiograph.telemetry import Counters

__all__ = ["ACCOUNT", "NOW", "REGION", "Desk"]

ACCOUNT, REGION = "123456789012", "eu-west-1"
NOW = 1_700_000_000.0


class Desk:
    """Operations by their paths, and a clock that stands still until it is told."""

    def __init__(self, path: Path, account: str = ACCOUNT, region: str = REGION) -> None:
        self.now = NOW
        self.settings, self.changes = SettingsDatabase(path), Changes(path)
        add_defaults(self.settings, account, region)
        counters = Counters()
        self.context = Context(
            account=account,
            region=region,
            clock=lambda: self.now,
            traces=cast("TraceReader", None),
            settings=self.settings,
            targets=SamplingTargets(),
            retrievals=Retrievals(lambda: self.now, counters),
            counters=counters,
            keys=Keyring(self.settings, self.changes.version, KeyMaker(MasterKey(b"k" * 32)), lambda: self.now),
        )

    def passes(self, seconds: float) -> None:
        self.now += seconds

    def answer(self, path: str, **members: Any) -> tuple[int, Any]:
        """Give status and members of an answer, whatever it is."""
        status, _, body = answer("POST", path, "a-request", json.dumps(members).encode(), self.context)
        return status, json.loads(body)

    def ask(self, path: str, **members: Any) -> Any:
        """Give the members of an answer, which must be a good one."""
        status, found = self.answer(path, **members)
        assert status == 200, found
        return found

    def refused(self, path: str, **members: Any) -> tuple[str, str]:
        """Give code and message of an error, which must be the caller's."""
        status, found = self.answer(path, **members)
        assert 400 <= status < 500, found
        assert status == (404 if found["__type"] == "ResourceNotFoundException" else 400)
        return found["__type"], found["message"]
