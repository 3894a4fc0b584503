"""The door for spans: they become documents, and enter by the one door of those."""

from __future__ import annotations

from radiograph.clock import Clock
from radiograph.journal import Durable
from radiograph.segments.decode import Limits
from radiograph.segments.otel import Annotated, Decoded, Refused, to_documents
from radiograph.telemetry import Counters

from .accept import Door

__all__ = ["SpanDoor"]


class SpanDoor:
    """Where spans come in, whatever they came in."""

    def __init__(self, door: Door, clock: Clock, limits: Limits, annotated: Annotated, counters: Counters) -> None:
        self._door, self._clock, self._limits = door, clock, limits
        self._annotated, self._counters = annotated, counters

    def accept(self, account: str, source: str, decoded: Decoded, durable: Durable | None) -> list[Refused]:
        """Give the spans that are not taken; ``durable`` is told when the others are safe.

        ``source`` (``otlp``, ``zipkin``, ``udp``) names the counters.

        Raises: ThrottledException, ServiceUnavailable; nothing has then been taken.
        """
        translated = to_documents(decoded.spans, self._clock(), self._limits, self._annotated)
        self._door.enter(account, source, translated.documents, durable)
        refused = [*decoded.refused, *translated.refused]
        self._counters.add(f"{source}.spans.accepted", len(decoded.spans) - len(translated.refused))
        self._counters.add(f"{source}.spans.refused", len(refused))
        return refused
