"""Copies of documents for the accounts that monitor the one they were sent to. ADR 14 has why they are copies.

Which ones is told by when a document arrived, not by when it is applied: what is applied once more after a crash is
shared with the same accounts, whatever links there are by then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

import msgspec
from msgspec.structs import replace

from radiograph.model.rows import StoredDocument, StoredSegment
from radiograph.model.sharing import Share
from radiograph.secrets import Unsealable
from radiograph.telemetry import Counters, log

__all__ = ["Columns", "Copies", "KeysOfCopies", "with_account"]

_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)
_encode = msgspec.json.Encoder().encode


class Columns(NamedTuple):
    """Documents of one account, in the order of the journal, and when each arrived; the three go together."""

    segments: list[StoredSegment]
    documents: list[StoredDocument]
    received: list[float]


class KeysOfCopies(Protocol):
    """The keys that copies are sealed with."""

    def copying(self, account: str, documents: int) -> int:
        """Give the number of the account's data key for so many documents; 0 when they are not to be sealed.

        Raises: Unsealable when they can never be sealed; ServiceUnavailable when that cannot be told now.
        """


class Copies:
    """Who monitors whom, kept in memory and read again after a change; for one thread."""

    def __init__(
        self,
        shares: Callable[[], Sequence[Share]],
        version: Callable[[], int],
        counters: Counters,
        keys: KeysOfCopies | None = None,
    ) -> None:
        """Take ``version`` for a number that is another one after every change of what ``shares`` gives."""
        self._read, self._version, self._counters, self._keys = shares, version, counters, keys
        self._seen: int | None = None
        self._shares: dict[str, list[Share]] = {}

    def look(self) -> None:
        """Know of every change that was made before.

        Raises: ServiceUnavailable.
        """
        version = self._version()
        if version == self._seen:
            return
        found: dict[str, list[Share]] = defaultdict(list)
        for share in self._read():
            found[share.account].append(share)
        self._shares, self._seen = dict(found), version

    def is_shared(self, account: str) -> bool:
        """Whether anybody has, or once had, a link to what is sent to an account."""
        return account in self._shares

    def of(self, account: str, columns: Columns) -> Iterator[tuple[str, Columns]]:
        """Yield what each monitoring account gets of an account's documents.

        Raises: ServiceUnavailable.
        """
        told: dict[int, StoredDocument] = {}
        by_monitor: dict[str, list[Share]] = defaultdict(list)
        for share in self._shares.get(account, ()):
            by_monitor[share.monitor].append(share)
        for monitor, shares in by_monitor.items():
            wanted = [n for n, moment in enumerate(columns.received) if any(share.covers(moment) for share in shares)]
            if not wanted or (key := self._key(monitor, len(wanted))) is None:
                continue
            for n in wanted:
                if n not in told:
                    one = columns.documents[n]
                    told[n] = replace(one, document=with_account(one.document, account), source=account)
            self._counters.add("shared.documents", len(wanted))
            yield (
                monitor,
                Columns(
                    [replace(columns.segments[n], source=account) for n in wanted],
                    [replace(told[n], key=key) for n in wanted],
                    [columns.received[n] for n in wanted],
                ),
            )

    def _key(self, monitor: str, documents: int) -> int | None:
        if self._keys is None:
            return 0
        try:
            return self._keys.copying(monitor, documents)
        except Unsealable as error:
            self._counters.add("shared.left_out", documents)
            log.error("%d documents are not shared with account %s: %s", documents, monitor, error)
            return None


def with_account(document: bytes, account: str) -> bytes:
    """Give a document that says of which account it is; one that says so already, as it is. Never fails."""
    try:
        members = _members(document)
    except _UNREADABLE:
        return document  # a member's name is no text, say: whose copy it is, its row tells
    try:
        aws = _members(members["aws"]) if "aws" in members else {}
    except _UNREADABLE:
        aws = {}  # no object, and left out of every answer
    if "account_id" in aws:
        return document
    aws["account_id"] = msgspec.Raw(_encode(account))
    members["aws"] = msgspec.Raw(_encode(aws))
    return _encode(members)
