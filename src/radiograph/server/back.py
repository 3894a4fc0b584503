"""The process with the store: it carries the journal into it, runs what runs by the clock, and answers questions.

``python -m radiograph.server.back FD`` is started by the front; FD is its end of the link.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import msgspec

from radiograph.api.answer import answer, failure
from radiograph.api.asked import Asked
from radiograph.api.calls import QUERY
from radiograph.api.cloudtrail import TrailApi
from radiograph.api.context import Context
from radiograph.api.edge import failed
from radiograph.api.gate import facts_of
from radiograph.api.iam.answer import QueryApi, query_failure
from radiograph.api.iam.operations import IAM
from radiograph.api.kms import KmsApi
from radiograph.api.oam import OamApi
from radiograph.api.retrievals import Retrievals
from radiograph.api.seen import Seen
from radiograph.api.sts.operations import STS
from radiograph.api.targets import SamplingTargets
from radiograph.api.trace_groups import trace_groups
from radiograph.api.xray.defaults import add_defaults
from radiograph.asgi import Headers
from radiograph.auth.caller import Caller, local_administrator
from radiograph.clock import Clock, wall_clock
from radiograph.config import Config
from radiograph.errors import ServiceUnavailable
from radiograph.ingest import Applier, Copies
from radiograph.jobs import DiskWatch, Job, Scheduler, drop_old_partitions
from radiograph.journal import AppliedMark, JournalFiles, JournalFollower
from radiograph.keys import Deletion
from radiograph.lock import DirectoryInUse, DirectoryLock
from radiograph.rates import Rates
from radiograph.storage.clickhouse import ClickHouseStore, open_store
from radiograph.storage.interfaces import TraceGroup, TraceReader
from radiograph.storage.sealed import SealingWriter, Unsealing
from radiograph.telemetry import Counters, configure_logging, log
from radiograph.wire import error_response, json_rpc

from .auditing import OpenAudit
from .identities import OpenIdentities
from .keys import OpenKeys
from .link import Answer, Applied, Ask, Begin, Failed, FromBack, Grown, Leave, Link, Look, Looked, Opened

__all__ = ["Back", "main"]

_PREDECESSOR_S, _SWITCH_INTERVAL_S = 20.0, 0.001
_NICER = 5
_XRAY, _SIGNED_FOR = frozenset(["xray"]), frozenset(["kms", "oam"])


class Back:
    """Everything behind the journal."""

    def __init__(self, config: Config, durable: int, link: Link, clock: Clock = wall_clock) -> None:
        """Open the settings; the store opens in :meth:`open_store`.

        Raises: DirectoryInUse, OSError.
        """
        self.config, self._link, self._clock = config, link, clock
        self.counters = Counters()
        self._undo: list[Callable[[], None]] = []
        # A killed server's second process may need a moment to notice.
        lock = DirectoryLock(config.data, "store.lock", _PREDECESSOR_S)
        self._undo.append(lock.release)
        self._identities = OpenIdentities(config, clock)
        self._undo.append(self._identities.close)
        self._keys = OpenKeys(config, self._identities.master, clock)
        self._undo.append(self._keys.close)
        self._settings = settings = self._keys.settings
        self._audit = OpenAudit(config, "back", self._identities, clock, self.counters)
        self._undo.append(self._audit.close)
        self._accounts: set[str] = set()
        self._mark = AppliedMark(config.data / "applied")
        self._undo.append(self._mark.close)
        files = JournalFiles(config.data / "journal", config.journal_file_bytes)
        self.journal = JournalFollower(files, durable, self._applied)
        self.traces = _OpeningTraces()
        self._retrievals = Retrievals(clock, self.counters)
        self._context = Context(
            account=config.account,
            region=config.region,
            clock=clock,
            traces=cast(TraceReader, self.traces),
            settings=settings,
            targets=SamplingTargets(),
            retrievals=self._retrievals,
            counters=self.counters,
            quotas=config.quotas,
            rates=Rates(config.quotas.calls_per_s),
            keys=self._keys.ring,
        )
        self._context_of(local_administrator(config.account))
        self._query = QueryApi(
            [IAM, STS],
            self._identities.desk,
            self._identities.callers,
            clock,
            config.region,
            self.counters,
            local_administrator(config.account) if config.auth == "local" else None,
        )
        self._trail = TrailApi(
            self._identities.gate, config.data, clock, config.region, self.counters, self._context.rates
        )
        self._kms = KmsApi()
        self._oam = OamApi(settings.sharing, self._identities.desk.store)
        self._pool = ThreadPoolExecutor(config.api_threads, thread_name_prefix="api")
        self._health = ThreadPoolExecutor(1, thread_name_prefix="health")
        """Apart: how the store is must not wait for what is asked of it."""

    def _applied(self, sequence: int) -> None:
        self.tell(Applied(sequence))

    def tell(self, message: FromBack) -> None:
        """Tell the front, unless it is gone."""
        try:
            self._link.send(message)
        except OSError:
            log.info("the front is gone")

    def open_store(self) -> None:
        """Open the engine, then carry into it what the journal holds; questions are answered from here on.

        Raises: RuntimeError when the store cannot be opened.
        """
        ring = self._keys.ring
        reading = Unsealing(ring, self.counters)
        store = open_store(self.config.data / "store", self._clock, self._begin_anew, self._groups, reading)
        self._undo.append(store.close)
        self.traces.store = store
        writer = SealingWriter(store.writer, ring)
        copies = Copies(self._settings.sharing.shares, self._keys.version, self.counters, ring)
        applier = Applier(self.journal, self._mark, writer, self._clock, self.counters, keys=ring, copies=copies)
        applier.start()
        self._undo.append(applier.stop)
        days = self.config.retention_days
        disk = DiskWatch(self.config.data, self.config.min_free_bytes, store.let_merge)
        jobs = Scheduler(
            [
                Job("count", 5.0, store.keeper.count),
                Job("sweep", 600.0, store.keeper.sweep),
                Job("uses", 60.0, self._identities.callers.write_uses),
                Job("keys", 60.0, Deletion(self._settings, self._clock, self._audit.key_destroyed)),
                Job("retention", 3600.0, lambda: drop_old_partitions(store.drop_before, self._clock, days)),
            ],
            self.counters,
        )
        # Apart: however long the others take, a full disk must be seen.
        for scheduler in (jobs, Scheduler([Job("disk", 2.0, disk.look)], self.counters)):
            scheduler.start()
            self._undo.append(scheduler.stop)

    def _groups(self, account: str) -> list[TraceGroup]:
        with self._context.settings.read(account) as kept:
            return trace_groups(kept, self.counters)

    def _begin_anew(self) -> None:
        self._mark.set(0)
        self._applied(0)

    def answer(self, ask: Ask) -> None:
        """Answer a question on one of the pool's threads."""
        self._pool.submit(self._answer, ask)

    def _answer(self, ask: Ask) -> None:
        self.tell(Answer(ask.number, *self._answered(ask.asked)))

    def _answered(self, asked: Asked) -> tuple[int, Headers, bytes]:
        """Answer, and tell the audit before anybody reads the answer."""
        seen = self._audit.auditor.begin(asked)
        decided = self._decided(asked, seen)
        try:
            self._audit.auditor.tell(asked, seen)
        except Exception as error:  # the edge: what cannot be told of has no good answer
            return (query_failure if seen.service in QUERY else failure)(error, asked.request_id)
        return decided

    def _decided(self, asked: Asked, seen: Seen) -> tuple[int, Headers, bytes]:
        # What is told of was decided when it was begun: whoever answers goes by that alone.
        service = seen.service
        if service == "cloudtrail":
            return self._trail.answer(asked, seen)
        if service in QUERY:
            return self._query.answer(asked, seen)
        try:
            caller = seen.caller = self._identities.gate.admit(asked, {service} if service in _SIGNED_FOR else _XRAY)
            context = self._context_of(caller)
        except Exception as error:  # the edge: whatever went wrong, the caller gets a well-formed answer
            told = failed(error, asked.request_id, seen, self.counters)
            said = json_rpc.error_response if service == "kms" else error_response
            return said(told, asked.request_id)
        if not caller.is_local:
            facts = facts_of(asked, self._clock, self.config.region)
            context = msgspec.structs.replace(context, facts=facts)
        if service == "kms":
            return self._kms.answer(asked, context, seen)
        if service == "oam":
            return self._oam.answer(asked, context, seen)
        return answer(asked.method, asked.path, asked.request_id, asked.body, context, seen)

    def _context_of(self, caller: Caller) -> Context:
        """Give what a caller may use: its account's."""
        if caller.account not in self._accounts:
            add_defaults(self._settings, caller.account, self.config.region)
            self._accounts.add(caller.account)
        return msgspec.structs.replace(self._context, account=caller.account, caller=caller)

    def look(self, look: Look) -> None:
        """Say how things are."""
        self._health.submit(lambda: self.tell(Looked(look.number, self._not_ready(), self.counters.snapshot())))

    def _not_ready(self) -> str | None:
        store = self.traces.store
        if store is None:
            return "the store is being opened"
        return None if store.answers() else "the store does not answer"

    def stop(self) -> None:
        """Finish what is being answered, carry over what is acknowledged, close everything."""
        # The front has drained: nobody waits for what is still queued.
        self._pool.shutdown(cancel_futures=True)
        self._health.shutdown(cancel_futures=True)
        self._retrievals.stop()
        while self._undo:
            self._undo.pop()()


class _OpeningTraces:
    """The store once it is open; before that, 503 whatever is asked of it."""

    store: ClickHouseStore | None = None

    def __getattr__(self, name: str) -> Any:
        if self.store is None:
            raise ServiceUnavailable("the store is being opened; ask again in a moment")
        return getattr(self.store, name)


def _serve(link: Link, begin: Begin) -> None:
    """Live until told to leave; end at once when the front is gone, as it would by kill -9: the journal has it all."""
    config = msgspec.json.decode(begin.config, type=Config, dec_hook=_path)
    configure_logging(config.log_level)
    try:
        back = Back(config, begin.durable, link)
    except (DirectoryInUse, OSError, ServiceUnavailable) as error:
        link.send(Failed(str(error)))
        return

    def open_store() -> None:
        try:
            back.open_store()
        except Exception as error:  # the edge: the front must hear why, whatever it was
            if not isinstance(error, RuntimeError):
                log.exception("opening the store failed")
            back.tell(Failed(str(error)))
            link.close()
        else:
            back.tell(Opened())

    opening = threading.Thread(target=open_store, name="opening")
    opening.start()
    while (message := link.receive()) is not None:
        match message:
            case Ask():
                back.answer(message)
            case Look():
                back.look(message)
            case Grown(durable=durable):
                back.journal.advance(durable)
            case Leave(durable=durable):
                back.journal.advance(durable)
                opening.join()
                back.stop()
                return
    opening.join(timeout=0.0)
    if opening.is_alive() or back.traces.store is not None:
        os._exit(3)
    back.stop()


def main() -> None:
    """Run, as the front's child."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # whoever signals us signals the front too, and it tells us
    # The sockets come first: what they miss is lost, what is late here is in the journal.
    os.nice(_NICER)
    gc.freeze()
    # Decoded documents are no cycles: collecting them over and over costs a third of the ingest.
    gc.set_threshold(200_000, 50, 50)
    # A short turn keeps questions short while the applier computes.
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    link = Link(socket.socket(fileno=int(sys.argv[1])))
    begin = link.receive()
    if isinstance(begin, Begin):
        _serve(link, begin)
    link.close()


def _path(type_: type, value: Any) -> Any:
    if type_ is Path:
        return Path(value)
    raise NotImplementedError


if __name__ == "__main__":
    main()
