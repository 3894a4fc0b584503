"""What comes in: header cut off, written to the journal; or dropped, counted and logged."""

from __future__ import annotations

import threading
from collections.abc import Callable

from radiograph.clock import Clock
from radiograph.daemon.datagram import BadDatagram, split
from radiograph.errors import ApiError
from radiograph.journal import Journal
from radiograph.telemetry import Seldom

from .consignment import unwanted
from .tally import Tally

__all__ = ["Intake"]

_ACCOUNT = "000000000000"


class Intake:
    """Between the socket and the journal, which never takes more than its bound: the oldest makes room for the new.

    As in AWS's daemon what is lost is the oldest: an outage's end, and what happens now, can be seen.
    """

    def __init__(
        self,
        journal: Journal,
        most_on_disk: int,
        most_in_memory: int,
        give_up_oldest: Callable[[], int | None],
        clock: Clock,
        tally: Tally,
    ) -> None:
        self._journal, self._give_up_oldest = journal, give_up_oldest
        self._most_on_disk, self._most_in_memory = most_on_disk, most_in_memory
        self._clock, self._tally = clock, tally
        self._lock = threading.Lock()
        self._under_way = 0
        """Bytes that the journal has been given and has not yet written."""
        self._warnings = Seldom()

    def take(self, datagrams: list[bytes]) -> None:
        """Take the datagrams of one turn."""
        documents: list[bytes] = []
        dropped = 0
        for datagram in datagrams:
            try:
                document = split(datagram)
            except BadDatagram as bad:
                dropped += bool(datagram)
                self._warnings.warning(bad.reason, f"datagram dropped: {bad}")
                continue
            why = unwanted(document)
            if why is None:
                documents.append(document)
            else:
                dropped += 1
                self._warnings.warning(why, f"datagram dropped: {why}")
        self._tally.add("received", len(documents) + dropped)
        self._tally.add("rejected", dropped)
        if documents:
            self._keep(documents)

    def _keep(self, documents: list[bytes]) -> None:
        count, size = len(documents), sum(map(len, documents))

        def written(failure: ApiError | None) -> None:
            with self._lock:
                self._under_way -= size
            if failure is not None:
                self._lost(count, str(failure))

        while self._journal.unapplied_bytes > self._most_on_disk and self._make_room():
            pass
        with self._lock:
            self._under_way += size
        try:
            self._journal.append(_ACCOUNT, self._clock(), documents, written)
        except (ApiError, OSError) as error:
            written(None)
            self._lost(count, str(error))

    def has_room(self) -> bool:
        """Whether more may come into memory; what is there is on its way to the disk."""
        return self._under_way < self._most_in_memory

    def _make_room(self) -> bool:
        lost = self._give_up_oldest()
        if lost:
            self._lost(lost, "the journal is full, and the oldest make room for the new")
        return lost is not None

    def _lost(self, count: int, why: str) -> None:
        self._tally.add("spillover", count)
        self._warnings.warning("lost", f"{count} documents are lost: {why}")
