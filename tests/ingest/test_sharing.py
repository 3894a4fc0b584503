"""What arrives for an account while it is shared reaches the accounts that monitor it, once, whatever happens."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from radiograph.errors import ServiceUnavailable
from radiograph.ingest import Applier, ApplierLimits, Copies
from radiograph.ingest.sharing import with_account
from radiograph.journal import AppliedMark, Journal
from radiograph.model.rows import EncodedSegments
from radiograph.model.sharing import Share
from radiograph.secrets import Unsealable
from radiograph.telemetry import Counters
from tests.conftest import eventually

from .conftest import ACCOUNT, LIMITS, NOW_S, Store
from .test_applier import trace, traces
from .test_door import document

MONITOR, ANOTHER, STRANGER = "111111111111", "222222222222", "333333333333"


class Copied(Store):
    """Notes whose each document is, and under which key it is to be sealed."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: dict[str, list[str]] = {}
        self.under: dict[str, set[int]] = {}
        self.texts: dict[str, list[bytes]] = {}

    def encode(self, account, segments, documents) -> EncodedSegments:  # type: ignore[no-untyped-def]
        assert [one.source for one in segments] == [one.source for one in documents]
        self.sources.setdefault(account, []).extend(one.source for one in documents)
        self.under.setdefault(account, set()).update(one.key for one in documents)
        self.texts.setdefault(account, []).extend(one.document for one in documents)
        return super().encode(account, segments, documents)

    def of(self, account: str) -> list[str]:
        return [trace_ for one, written in self.writes for trace_ in written if one == account]


class Keys:
    """The keys of copies: none, one, destroyed ones, or out of reach."""

    def __init__(self) -> None:
        self.number, self.destroyed, self.away, self.asked = 0, False, threading.Event(), 0

    def copying(self, account: str, documents: int) -> int:
        self.asked += 1
        if self.away.is_set():
            raise ServiceUnavailable("the settings cannot be reached")
        if self.destroyed:
            raise Unsealable("the key is destroyed")
        return self.number


class Shared:
    def __init__(self, directory: Path) -> None:
        self.directory, self.counters, self.keys, self.store = directory, Counters(), Keys(), Copied()
        self.shares: list[Share] = []
        self.version, self.read = 0, 0
        self.journal = Journal(directory / "journal", LIMITS, self.counters)
        self.mark = AppliedMark(directory / "applied")
        self.applier: Applier | None = None

    def share(self, *shares: Share) -> None:
        self.shares = list(shares)
        self.version += 1

    def _read(self) -> list[Share]:
        self.read += 1
        return self.shares

    def start(self) -> None:
        copies = Copies(self._read, lambda: self.version, self.counters, self.keys)
        limits = ApplierLimits(gather_s=0.0)
        self.applier = Applier(self.journal, self.mark, self.store, lambda: NOW_S, self.counters, limits, copies=copies)
        self.applier.start()

    def end(self) -> None:
        if self.applier is not None:
            self.applier.stop()
            self.applier = None

    def append(self, *numbers: int, account: str = ACCOUNT, at_s: float = NOW_S) -> None:
        told = threading.Event()
        self.journal.append(account, at_s, [document(n).encode() for n in numbers], lambda _: told.set())
        assert told.wait(10)

    def applied(self) -> None:
        eventually(lambda: self.mark.sequence == self.journal.durable_sequence)


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Shared]:
    made = Shared(tmp_path)
    yield made
    made.end()
    made.journal.close()
    made.mark.close()


def test_each_monitoring_account_gets_a_copy_that_says_whose_it_is(shared: Shared) -> None:
    shared.share(Share(ACCOUNT, MONITOR, 0.0), Share(ACCOUNT, ANOTHER, 0.0))
    shared.append(1, 2)
    shared.append(3, account=STRANGER)
    shared.start()
    shared.applied()
    assert shared.store.of(ACCOUNT) == shared.store.of(MONITOR) == shared.store.of(ANOTHER) == traces(1, 2)
    assert shared.store.of(STRANGER) == traces(3)
    assert shared.store.sources == {ACCOUNT: ["", ""], MONITOR: [ACCOUNT] * 2, ANOTHER: [ACCOUNT] * 2, STRANGER: [""]}
    assert shared.store.texts[ACCOUNT] == [document(1).encode(), document(2).encode()]
    assert [json.loads(one)["aws"]["account_id"] for one in shared.store.texts[MONITOR]] == [ACCOUNT] * 2
    assert shared.counters.get("shared.documents") == 4


def test_a_copy_is_never_copied_on(shared: Shared) -> None:
    shared.share(Share(ACCOUNT, MONITOR, 0.0), Share(MONITOR, ANOTHER, 0.0))
    shared.append(1)
    shared.append(2, account=MONITOR)
    shared.start()
    shared.applied()
    assert shared.store.of(MONITOR) == traces(1, 2)
    assert shared.store.of(ANOTHER) == traces(2)


def test_what_arrived_before_the_link_or_after_it_was_gone_is_not_shared(shared: Shared) -> None:
    shared.share(Share(ACCOUNT, MONITOR, NOW_S, NOW_S + 10), Share(ACCOUNT, MONITOR, NOW_S + 20))
    for number, at_s in enumerate((NOW_S - 1, NOW_S, NOW_S + 9, NOW_S + 10, NOW_S + 19, NOW_S + 20), 1):
        shared.append(number, at_s=at_s)
    shared.start()
    shared.applied()
    assert shared.store.of(ACCOUNT) == traces(1, 2, 3, 4, 5, 6)
    assert shared.store.of(MONITOR) == traces(2, 3, 6)


def test_a_change_is_known_for_whatever_arrives_after_it_and_links_are_read_once_a_change(shared: Shared) -> None:
    shared.start()
    shared.append(1)
    shared.applied()
    shared.share(Share(ACCOUNT, MONITOR, NOW_S))
    for number in (2, 3, 4):
        shared.append(number)
        shared.applied()
    shared.share()
    shared.append(5)
    shared.applied()
    assert shared.store.of(MONITOR) == traces(2, 3, 4)
    assert shared.read == 3


def test_what_is_applied_once_more_is_shared_with_the_same_accounts(shared: Shared) -> None:
    shared.share(Share(ACCOUNT, MONITOR, NOW_S, NOW_S + 1))
    shared.append(1)
    shared.append(2, at_s=NOW_S + 2)
    shared.start()
    shared.applied()
    shared.end()
    shared.mark.set(0)
    shared.store = Copied()
    shared.start()
    shared.applied()
    assert (shared.store.of(ACCOUNT), shared.store.of(MONITOR)) == (traces(1, 2), traces(1))


def test_the_mark_waits_until_the_copies_are_written_too(shared: Shared) -> None:
    class AwayForTheMonitor(Copied):
        def write(self, account, encoded) -> None:  # type: ignore[no-untyped-def]
            self.away = account == MONITOR and self.refused == 0
            super().write(account, encoded)

    shared.store = AwayForTheMonitor()
    shared.share(Share(ACCOUNT, MONITOR, 0.0))
    shared.append(1)
    shared.start()
    eventually(lambda: shared.store.refused == 1)
    assert shared.mark.sequence == 0
    shared.applied()
    assert shared.store.of(ACCOUNT) == shared.store.of(MONITOR) == traces(1)


def test_copies_come_under_the_monitoring_account_s_key(shared: Shared) -> None:
    shared.keys.number = 7
    shared.share(Share(ACCOUNT, MONITOR, 0.0))
    shared.append(1)
    shared.start()
    shared.applied()
    assert shared.store.under == {ACCOUNT: {0}, MONITOR: {7}}


def test_a_key_that_is_destroyed_costs_its_own_account_the_copies_and_nobody_else_anything(shared: Shared) -> None:
    shared.keys.destroyed = True
    shared.share(Share(ACCOUNT, MONITOR, 0.0))
    shared.append(1, 2)
    shared.start()
    shared.applied()
    assert (shared.store.of(ACCOUNT), shared.store.of(MONITOR)) == (traces(1, 2), [])
    assert shared.counters.get("shared.left_out") == 2


def test_keys_that_cannot_be_reached_are_waited_for(shared: Shared) -> None:
    shared.keys.away.set()
    shared.share(Share(ACCOUNT, MONITOR, 0.0))
    shared.append(1)
    shared.start()
    eventually(lambda: shared.keys.asked > 1)
    assert shared.mark.sequence == 0
    shared.keys.away.clear()
    shared.applied()
    assert shared.store.of(ACCOUNT) == shared.store.of(MONITOR) == [trace(1)]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b'{"id":"a"}', {"id": "a", "aws": {"account_id": ACCOUNT}}),
        (b' { "aws" : { } , "x" : 1e5 } ', {"aws": {"account_id": ACCOUNT}, "x": 1e5}),
        (b'{"aws":{"ec2":{"instance_id":"i"}}}', {"aws": {"ec2": {"instance_id": "i"}, "account_id": ACCOUNT}}),
        (b'{"aws":{"account_id":"999999999999"}}', {"aws": {"account_id": "999999999999"}}),
        (b'{"aws":null}', {"aws": {"account_id": ACCOUNT}}),
        (b'{"aws":["account_id"]}', {"aws": {"account_id": ACCOUNT}}),
        (b'{"s":[{"aws":{"account_id":"9"}}]}', {"s": [{"aws": {"account_id": "9"}}], "aws": {"account_id": ACCOUNT}}),
    ],
)
def test_a_document_gets_its_account_where_it_says_none(sent: bytes, told: object) -> None:
    assert json.loads(with_account(sent, ACCOUNT)) == told


def test_what_cannot_be_changed_stays_as_it_is() -> None:
    for sent in (b"[]", b"", b'{"\\ud800":1}', b'{"a":' + b"[" * 3000 + b"]" * 3000 + b"}"):
        json_like = with_account(sent, ACCOUNT)
        assert json_like == sent or b'"account_id"' in json_like
