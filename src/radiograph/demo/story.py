"""One trace as it is told: entities that spend time, call one another, fail, and are sent when they end."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from radiograph.demo.failures import Failure, Thrown, cause
from radiograph.demo.scenarios import Trouble
from radiograph.demo.shop import Runtime, Service, placement
from radiograph.demo.timing import latency, network_gap
from radiograph.model.new_ids import entity_id

__all__ = ["Document", "Emission", "Entity", "Story"]

Document = dict[str, Any]
"""A segment document, or an independent subsegment, as it goes on the wire."""

_FLUSH_S = 0.001
_EMBED_AT_MOST = 40
_placement = cache(placement)


@dataclass(frozen=True, slots=True)
class Emission:
    """A document and the epoch second at which its service sends it."""

    at_s: float
    document: Document


class Entity:
    """A segment or subsegment being recorded; ``now`` is how far its time has come, in epoch seconds."""

    __slots__ = ("document", "id", "now", "runtime", "status", "story", "streams")

    def __init__(self, story: Story, name: str, at_s: float, runtime: Runtime) -> None:
        self.story = story
        self.id = entity_id(story.rng)
        self.now = at_s
        self.runtime = runtime
        self.status = 200
        self.streams = False
        self.document: Document = {"id": self.id, "name": name, "start_time": round(at_s, 6)}

    def work(self, median_s: float, spread: float = 0.35) -> None:
        """Let about ``median_s`` pass, more when the shop is busy."""
        self.now += latency(self.story.rng, median_s * self.story.load, spread)

    def requested(self, method: str, url: str, **more: Any) -> None:
        """Record the request that this entity serves or makes."""
        self.document.setdefault("http", {})["request"] = {"method": method, "url": url, **more}

    def respond(self, status: int, length: int | None = None) -> None:
        """Record the answer and the flags that follow from its status."""
        self.status = status
        response: Document = {"status": status}
        if length is not None:
            response["content_length"] = length
        self.document.setdefault("http", {})["response"] = response
        self._flag(status)

    def fail(self, thrown: Thrown) -> None:
        """Record an exception: whole where it is seen first, by its id where it only passes through."""
        if thrown.exception_id is None:
            self.document["cause"], thrown.exception_id = cause(self.story.rng, thrown.failure)
        else:
            self.document["cause"] = thrown.exception_id
        self._flag(thrown.status)

    def _flag(self, status: int) -> None:
        if status == 429:
            self.document["throttle"] = True
        if 400 <= status < 500:
            self.document["error"] = True
        elif status >= 500:
            self.document["fault"] = True

    @contextmanager
    def call(self, name: str, at_s: float | None = None, **members: Any) -> Iterator[Entity]:
        """Yield a subsegment; it ends with the block, and an exception passing through is recorded in it."""
        child = Entity(self.story, name, self.now if at_s is None else at_s, self.runtime)
        child.document.update(members)
        try:
            yield child
        except Thrown as thrown:
            child.fail(thrown)
            raise
        finally:
            self.now = max(self.now, child.now)
            child.document["end_time"] = round(child.now, 6)
            self._keep(child)

    def _keep(self, child: Entity) -> None:
        embedded: list[Document] = self.document.setdefault("subsegments", [])
        embedded.append(child.document)
        if self.streams or len(embedded) > _EMBED_AT_MOST:
            for document in embedded:
                self.story.emit(child.now, document, type="subsegment", parent_id=self.id)
            del self.document["subsegments"]


@dataclass(slots=True)
class Story:
    """Everything one trace shares: its id, its dice, the trouble of the day and the documents so far."""

    rng: random.Random
    trouble: Trouble
    trace_id: str
    load: float
    """Factor on all work: 1.0 is an ordinary hour."""
    emissions: list[Emission] = field(default_factory=list)

    def chance(self, probability: float) -> bool:
        """Return True with this probability."""
        return self.rng.random() < probability

    def emit(self, at_s: float, document: Document, **members: Any) -> None:
        """Send a document of this trace a moment after ``at_s``."""
        self.emissions.append(Emission(at_s + _FLUSH_S, {**document, "trace_id": self.trace_id, **members}))

    @contextmanager
    def segment(
        self, service: Service, at_s: float, parent_id: str | None = None, *, release: str | None = None, **members: Any
    ) -> Iterator[Entity]:
        """Yield a segment of a service; it is sent when the block ends, and an exception ends in its answer."""
        entity = Entity(self, service.name, at_s, service.runtime)
        if parent_id is not None:
            entity.document["parent_id"] = parent_id
        entity.document["origin"] = service.origin
        entity.document.update(members)
        if service.runtime is not Runtime.AWS:
            entity.document.setdefault("aws", _placement(service, self.rng.randrange(service.instances)))
            runtime, runtime_version, _, _ = service.runtime.value
            entity.document["service"] = {
                "version": release or service.version,
                "runtime": runtime,
                "runtime_version": runtime_version,
            }
        try:
            yield entity
        except Thrown as thrown:
            entity.fail(thrown)
            entity.respond(thrown.status)
        entity.document["end_time"] = round(entity.now, 6)
        self.emit(entity.now, entity.document)

    def announce(self, entity: Entity) -> None:
        """Send a segment while it runs, as far as it is known now."""
        known = deepcopy({key: value for key, value in entity.document.items() if key != "subsegments"})
        self.emit(entity.now, known, in_progress=True)

    @contextmanager
    def served(
        self,
        caller: Entity,
        service: Service,
        method: str,
        path: str,
        *,
        release: str | None = None,
        **members: Any,
    ) -> Iterator[Entity]:
        """Yield the callee's segment of an HTTP call that ``caller`` makes; afterwards its ``status`` is the answer."""
        url = f"https://{service.host}{path}"
        with caller.call(service.host, namespace="remote") as call:
            traced = {"traced": True} if caller.runtime is Runtime.NODE else {}
            call.requested(method, url, **traced)
            call.now += network_gap(self.rng)
            with self.segment(service, call.now, call.id, release=release, **members) as callee:
                callee.requested(method, url, client_ip=f"10.0.{self.rng.randrange(96)}.{self.rng.randrange(2, 250)}")
                yield callee
                if "response" not in callee.document["http"]:
                    callee.respond(200)
            call.now = callee.now + network_gap(self.rng)
            call.respond(callee.status)

    def stumble(self, failure: Failure, status: int = 500) -> None:
        """Raise ``failure`` with the chance of an unrelated fault.

        Raises:
            Thrown: when the dice say so.
        """
        if self.chance(self.trouble.fault_chance):
            raise Thrown(failure, status)
