"""Whom to ask: everything behind the sockets in this process, over the real store; or a server at an address."""

from __future__ import annotations

import asyncio
import http.client
import time
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

from radiograph.api.answer import answer, failure
from radiograph.api.context import Context
from radiograph.api.retrievals import Retrievals
from radiograph.api.targets import SamplingTargets
from radiograph.api.xray.defaults import add_defaults
from radiograph.api.xray.operations import PUT_TRACE_SEGMENTS
from radiograph.api.xray.segments import put_trace_segments
from radiograph.asgi import Headers as Pairs
from radiograph.errors import ApiError
from radiograph.ingest import Applier, Door
from radiograph.journal import AppliedMark, Journal, JournalLimits
from radiograph.keys import KeyMaker, Keyring
from radiograph.secrets import MasterKey
from radiograph.segments.decode import Limits
from radiograph.storage.clickhouse import open_store
from radiograph.storage.documents import SettingsDatabase
from radiograph.storage.documents.changes import Changes
from radiograph.storage.sealed import SealingWriter, Unsealing
from radiograph.telemetry import Counters
from radiograph.wire import encode
from tests.fuzz.requests import Request
from tests.fuzz.verdict import Headers

__all__ = ["Here", "Server", "There"]

ACCOUNT, REGION = "123456789012", "eu-west-1"


class Server(Protocol):
    """Answers."""

    def ask(self, request: Request) -> tuple[int, Headers, bytes]:
        """Give status, headers and body."""

    def close(self) -> None:
        """Let go of everything."""


class Here:
    """Journal, applier, store and settings in a directory; questions go to ``radiograph.api.answer``."""

    def __init__(self, directory: Path) -> None:
        counters = Counters()
        self._settings = SettingsDatabase(directory / "settings.sqlite3")
        add_defaults(self._settings, ACCOUNT, REGION)
        self._changes = Changes(directory / "settings.sqlite3")
        ring = Keyring(self._settings, self._changes.version, KeyMaker(MasterKey(b"k" * 32)), time.time)
        limits = JournalLimits(min_free_bytes=0)
        self._journal = Journal(directory / "journal", limits, counters, keys=ring)
        self._mark = AppliedMark(directory / "applied")
        self._store = open_store(directory / "store", time.time, lambda: None, reading=Unsealing(ring, counters))
        self._door = Door(self._journal, time.time, Limits(), counters)
        writer = SealingWriter(self._store.writer, ring)
        self._applier = Applier(self._journal, self._mark, writer, time.time, counters, keys=ring)
        self._applier.start()
        self._context = Context(
            account=ACCOUNT,
            region=REGION,
            clock=time.time,
            traces=self._store,
            settings=self._settings,
            targets=SamplingTargets(),
            retrievals=Retrievals(time.time, counters),
            counters=counters,
            keys=ring,
        )

    def ask(self, request: Request) -> tuple[int, Headers, bytes]:
        """Give status, headers and body."""
        if request.path == PUT_TRACE_SEGMENTS.path and request.method == "POST":
            status, headers, body = self._put(request.body)
        else:
            status, headers, body = answer(request.method, request.path, "a-request", request.body, self._context)
        return status, {name.decode().lower(): value.decode("latin-1") for name, value in headers}, body

    def _put(self, body: bytes) -> tuple[int, Pairs, bytes]:
        try:
            taken = asyncio.run(put_trace_segments(body, ACCOUNT, self._door))
        except ApiError as error:
            return failure(error, "a-request")
        return 200, [(b"content-type", b"application/json"), (b"x-amzn-RequestId", b"a-request")], encode(taken)

    def close(self) -> None:
        """Finish what is under way."""
        self._context.retrievals.stop()
        self._applier.stop()
        self._journal.close()
        self._mark.close()
        self._store.close()
        self._changes.close()
        self._settings.close()


class There:
    """A server at an address."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=60)

    def ask(self, request: Request) -> tuple[int, Headers, bytes]:
        """Give status, headers and body."""
        path = quote(request.path) or "/"
        self._connection.request(request.method, path, request.body, {"Content-Type": "application/json"})
        told = self._connection.getresponse()
        return told.status, {name.lower(): value for name, value in told.getheaders()}, told.read()

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
