"""The courier: carries the journal to the service, oldest first, each document at least once.

A consignment sets out only while fewer than ``concurrency`` lie between it and the oldest that has not arrived: when
the service is away nothing newer overtakes what waits, and after kill -9 at most that much, and what the mark lags
behind, is sent again.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Awaitable, Callable

from radiograph.clock import Clock
from radiograph.journal import AppliedMark, Journal, JournalReader, Record
from radiograph.telemetry import Counters, log

from .consignment import MOST_DOCUMENTS, Consignment, next_consignment

__all__ = ["Courier", "Deliver"]

Deliver = Callable[[Consignment], Awaitable[None]]
"""Returns once a consignment is settled; cancelled, it stays for the next start."""

_GATHER_S, _MARK_S, _AGAIN_S = 0.2, 0.5, 0.5
_READ_DOCUMENTS, _READ_BYTES = 8 * MOST_DOCUMENTS, 256 << 10


class Courier:
    """Between a journal and the service, on the event loop; only :meth:`give_up_oldest` is called from elsewhere."""

    def __init__(
        self,
        journal: Journal,
        mark: AppliedMark,
        deliver: Deliver,
        concurrency: int,
        clock: Clock,
        counters: Counters,
        gather_s: float = _GATHER_S,
    ) -> None:
        """``gather_s`` is how long a small consignment waits for more."""
        self._journal, self._mark, self._clock, self._counters = journal, mark, clock, counters
        self._deliver, self._concurrency, self._gather_s = deliver, concurrency, gather_s
        self._lock = threading.Lock()
        """Of what has been read and not yet set out, and of the mark."""
        self._reader = JournalReader(journal.files, mark.sequence, counters)
        self._waiting: deque[Record] = deque()
        self._under_way: deque[Consignment] = deque()
        self._deliveries: set[asyncio.Task[None]] = set()
        self._arrived = mark.sequence
        self._grown, self._moved, self._stopping = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._told = False

    @property
    def behind(self) -> int:
        """Give how many documents have not arrived yet, nearly: numbers that a failed write skipped count too."""
        return max(self._journal.durable_sequence - self._arrived, 0)

    def start(self) -> None:
        """Begin where the mark stands."""
        loop = asyncio.get_running_loop()

        def note_growth() -> None:
            self._told = False
            self._grown.set()

        def tell() -> None:  # from the journal's thread
            if not self._told:
                self._told = True
                with contextlib.suppress(RuntimeError):  # the loop has ended: the next start finds it
                    loop.call_soon_threadsafe(note_growth)

        self._journal.on_grown = tell
        self._carrying = asyncio.create_task(self._carry())
        self._marking = asyncio.create_task(self._mark_now_and_then())

    async def _carry(self) -> None:
        gathered = False
        while True:
            self._grown.clear()
            stopping = self._stopping.is_set()
            try:
                waiting = self._read()
            except Exception as error:  # whatever it is, what is in the journal is tried again
                log.error("the journal cannot be read, again in %g s: %s", _AGAIN_S, error)
                await asyncio.sleep(_AGAIN_S)
                continue
            if waiting >= MOST_DOCUMENTS or (waiting and (gathered or stopping)):
                gathered = False
                while len(self._under_way) >= self._concurrency:
                    await self._moved.wait()
                    self._moved.clear()
                self._send()
            elif waiting:
                gathered = True
                await _first_of(self._stopping, self._gather_s)
            elif not stopping:
                await self._grown.wait()
            elif self._under_way:
                await self._moved.wait()
                self._moved.clear()
            else:
                return

    def _read(self) -> int:
        """Give how many documents wait to set out, read from the journal while they make no full consignment."""
        durable = self._journal.durable_sequence
        with self._lock:
            while len(self._waiting) < MOST_DOCUMENTS and self._reader.after < durable:
                records = self._reader.read(durable, _READ_DOCUMENTS, _READ_BYTES)
                self._waiting.extend(records)
                if not records:
                    self._skip_lost(durable)
            return len(self._waiting)

    def _skip_lost(self, durable: int) -> None:
        lost = durable - self._reader.after
        self._counters.add("journal.lost", lost)
        log.error("%d documents up to %d cannot be read from the journal: skipped", lost, durable)
        self._reader.after = durable

    def _send(self) -> None:
        with self._lock:
            if not self._waiting:
                return  # given up meanwhile, for want of room
            consignment = next_consignment(self._waiting)
        self._under_way.append(consignment)
        task = asyncio.create_task(self._bring(consignment))
        self._deliveries.add(task)
        task.add_done_callback(self._deliveries.discard)

    async def _bring(self, consignment: Consignment) -> None:
        try:
            await self._deliver(consignment)
        except Exception:  # the edge: a fault over one consignment must not hold up all that come behind it
            self._counters.add("courier.faults", len(consignment.documents))
            log.exception("%d documents are left out", len(consignment.documents))
        consignment.settled = True
        while self._under_way and self._under_way[0].settled:
            self._arrived = self._under_way.popleft().last
        self._moved.set()

    async def _mark_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(_MARK_S)
            if self._arrived > self._mark.sequence:
                await asyncio.to_thread(self._note)

    def _note(self) -> None:
        """Bring the mark up to what has arrived; files behind it go."""
        with self._lock:
            if self._arrived > self._mark.sequence:
                self._set_mark(self._arrived)

    def _set_mark(self, sequence: int) -> None:
        try:
            self._mark.set(sequence)
            self._journal.applied(sequence, self._clock())
        except OSError as error:
            # What lies before it would be sent again after a restart, which changes nothing.
            log.error("that everything up to %d has arrived cannot be noted: %s", sequence, error)

    def give_up_oldest(self) -> int | None:
        """Give up the journal's oldest file; how many documents nobody will get, or None when there is no older one.

        What is under way from it is still delivered.
        """
        with self._lock:
            files = self._journal.files.list()
            if len(files) < 2:
                return None
            end = files[1][0] - 1
            lost = 0
            while self._waiting and self._waiting[0].sequence <= end:
                self._waiting.popleft()
                lost += 1
            if self._reader.after < end:
                lost += end - self._reader.after
                self._reader = JournalReader(self._journal.files, end, self._counters)
            self._set_mark(max(end, self._mark.sequence))
            return lost

    async def stop(self, within_s: float) -> None:
        """Deliver what the journal holds, for at most so long; the rest waits for the next start."""
        self._stopping.set()
        self._grown.set()
        await asyncio.wait([self._carrying], timeout=within_s)
        tasks = [self._carrying, self._marking, *self._deliveries]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._note()


async def _first_of(event: asyncio.Event, timeout_s: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(timeout_s):
            await event.wait()
