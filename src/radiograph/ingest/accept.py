"""The one door: a document becomes an acknowledged record of the journal, or a Rejection."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from radiograph.clock import Clock
from radiograph.journal import Durable, Journal
from radiograph.rates import Rate
from radiograph.segments.decode import Accepted, Limits, Rejection, decode
from radiograph.telemetry import Counters

__all__ = ["Door"]


class Door:
    """Where documents come in, whatever way they came."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        limits: Limits,
        counters: Counters,
        most_per_s: float = 0.0,
        redact: Callable[[bytes], bytes] | None = None,
    ) -> None:
        self._journal, self._clock, self._limits, self._counters = journal, clock, limits, counters
        self._rate, self._redact = Rate(most_per_s), redact

    def accept(
        self, account: str, source: str, documents: Sequence[str | bytes | None], durable: Durable | None
    ) -> list[Rejection]:
        """Give a rejection for each document that is not taken; ``durable`` is told when the others are safe.

        ``None`` is a document that could not even be read as text. ``source`` (``api``, ``udp``) names the counters.
        When nothing is taken, ``durable`` is told at once.

        Raises: ThrottledException, ServiceUnavailable; nothing has then been taken.
        """
        self._rate.take("documents", len(documents))
        now = self._clock()
        accepted: list[bytes] = []
        rejections: list[Rejection] = []
        for document in documents:
            if document is None:
                rejections.append(Rejection(None, "ParseError", "the document is not valid Unicode"))
                continue
            for verdict in decode(document, now, self._limits):
                if isinstance(verdict, Accepted):
                    accepted.append(verdict.document)
                else:
                    rejections.append(verdict)
        self._append(account, source, now, accepted, durable)
        for rejection in rejections:
            self._counters.add(f"{source}.rejected.{rejection.code}", because=rejection.message)
        return rejections

    def enter(self, account: str, source: str, documents: Sequence[bytes], durable: Durable | None) -> None:
        """Take documents that we made ourselves: they are not looked at again. ``durable`` as in :meth:`accept`.

        Raises: ThrottledException, ServiceUnavailable; nothing has then been taken.
        """
        self._rate.take("documents", len(documents))
        self._append(account, source, self._clock(), documents, durable)

    def _append(
        self, account: str, source: str, now: float, documents: Sequence[bytes], durable: Durable | None
    ) -> None:
        if documents and self._redact is not None:
            # Before the journal: what is taken out must not be found there either.
            clean = [self._redact(document) for document in documents]
            self._counters.add("redacted", sum(one is not other for one, other in zip(clean, documents, strict=True)))
            documents = clean
        if documents:
            self._journal.append(account, now, documents, durable)
            self._counters.add(f"{source}.accepted", len(documents))
        elif durable is not None:
            durable(None)
