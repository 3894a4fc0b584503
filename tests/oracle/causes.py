"""The root causes of a trace in plain Python: what :mod:`radiograph.segments.causes` must agree with.

Takes decoded JSON documents, one an id, and imports nothing of the server. Slow and obvious. The interpretations are
those of the two docstrings there; an entity is told once here, and there are fewer causes than a summary has room for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.oracle.graph import _inferred, _outcome, _us, _waits

__all__ = ["root_causes"]

Json = dict[str, Any]
ACCOUNT = "000000000000"


def root_causes(documents: Iterable[Json]) -> Json:
    """Give FaultRootCauses, ErrorRootCauses and ResponseTimeRootCauses as in the trace's summary."""
    trace = _Trace(list(documents))
    return {
        "FaultRootCauses": trace.failures("fault"),
        "ErrorRootCauses": trace.failures("error"),
        "ResponseTimeRootCauses": trace.slowness(),
    }


class _Trace:
    def __init__(self, documents: list[Json]) -> None:
        self.entities: dict[str, Json] = {}
        for document in documents:
            self.add(document, document.get("parent_id"))
        self.entries = self.ordered(
            one for one in self.entities.values() if _is_segment(one) and one["parent"] not in self.entities
        )

    def add(self, entity: Json, parent: str | None) -> None:
        self.entities[entity["id"]] = entity | {"parent": parent}
        for child in entity.get("subsegments", ()):
            self.add(child | {"type": "subsegment"}, entity["id"])

    def ordered(self, entities: Iterable[Json]) -> list[Json]:
        return sorted(entities, key=lambda one: (one["start_time"], one["id"]))

    def children(self, entity: Json) -> list[Json]:
        return self.ordered(one for one in self.entities.values() if one["parent"] == entity["id"])

    def preorder(self, entity: Json) -> list[Json]:
        return [entity, *(one for child in self.children(entity) for one in self.preorder(child))]

    def path(self, entity: Json) -> list[Json]:
        parent = self.entities.get(entity["parent"])
        return [*(self.path(parent) if parent is not None else []), entity]

    # Faults and errors

    def failures(self, kind: str) -> list[Json]:
        found: list[Json] = []
        for entity in (one for entry in self.entries for one in self.preorder(entry)):
            if not _failed(entity, kind) or self.is_explained(entity, kind):
                continue
            path = self.path(entity)
            cause = {
                "ClientImpacting": all(_failed(one, kind) or _is_inside(one) for one in path),
                "Services": self.services(path, lambda one: {"Exceptions": self.exceptions(one)}),
            }
            if cause not in found:
                found.append(cause)
        return [one for one in found if one["ClientImpacting"]] + [one for one in found if not one["ClientImpacting"]]

    def is_explained(self, entity: Json, kind: str) -> bool:
        return any(
            _failed(child, kind) or (_is_inside(child) and self.is_explained(child, kind))
            for child in self.children(entity)
        )

    def exceptions(self, entity: Json) -> list[Json]:
        cause = entity.get("cause", {})
        if isinstance(cause, str):
            everything = [one for other in self.reachable() for one in _recorded(other)]
            named = {one.get("id"): one for one in reversed(everything)}
            recorded, here = [], named.get(cause)
            while here is not None and here not in recorded:
                recorded.append(here)
                here = named.get(here.get("cause", ""))
        else:
            recorded = _recorded(entity)
        return [
            {name: one[member] for name, member in (("Name", "type"), ("Message", "message")) if member in one}
            for one in recorded
        ]

    def reachable(self) -> list[Json]:
        return [one for entry in self.entries for one in self.preorder(entry)]

    # What both kinds share

    def services(self, path: list[Json], told: Any) -> list[Json]:
        services: list[Json] = []
        for entity in path:
            if _is_segment(entity):
                named = {"Name": entity["name"], "Names": [entity["name"]], "AccountId": ACCOUNT, "Inferred": False}
                services.append(named | _type(entity.get("origin", "")) | {"EntityPath": []})
            services[-1]["EntityPath"].append({"Name": entity["name"], "Remote": _is_call(entity)} | told(entity))
        if self.is_inferred_from(path[-1]):
            name, type_ = _inferred(path[-1])
            last = services[-1]["EntityPath"][-1] | {"Remote": False}
            last |= {"Exceptions": []} if "Exceptions" in last else {}
            services.append({"Name": name, "Names": [name], "Inferred": True, "EntityPath": [last]} | _type(type_))
        return services

    def is_inferred_from(self, entity: Json) -> bool:
        return _is_call(entity) and not _waits(entity) and not any(map(_is_segment, self.children(entity)))

    # Response time

    def slowness(self) -> list[Json]:
        root = next((one for one in self.entries if not one["parent"]), self.entries[0] if self.entries else None)
        if root is None or "end_time" not in root or _us(root["start_time"]) == _us(root["end_time"]):
            return []
        whole = _us(root["start_time"]), _us(root["end_time"])
        total = whole[1] - whole[0]
        path, coverages = [root], {root["id"]: 1.0}
        step = [(root, whole, 0)]
        while True:
            kinds: dict[Any, list[Any]] = {}
            for above, window, shift in step:
                for child in self.children(above):
                    ran = _ran(child, window, shift)
                    if ran is not None:
                        kinds.setdefault(_kind(child), []).append((child, *ran))
            covered = [(_covered([window for _, window, _ in runs]), runs) for runs in kinds.values()]
            longest = max((one for one, _ in covered), default=0)
            if longest * 10 < total or not covered:
                break
            step = next(runs for one, runs in covered if one == longest)
            path.append(step[0][0])
            coverages[path[-1]["id"]] = round(longest / total, 3)
        services = self.services(path, lambda one: {"Coverage": coverages[one["id"]]})
        nodes = [_inferred(one) if self.is_inferred_from(one) else None for one, _, _ in step]
        if services[-1]["Inferred"] and any(node != nodes[0] for node in nodes):
            services.pop()
        return [{"ClientImpacting": True, "Services": services}]


def _ran(child: Json, window: tuple[int, int], shift: int) -> tuple[tuple[int, int], int] | None:
    """When a child ran as far as its parent did, by the root's clock, and how far its own clock is off."""
    if "end_time" not in child:
        return None
    begin, end = _us(child["start_time"]), _us(child["end_time"])
    if _is_segment(child):
        begin = min([begin, *(_us(one["start_time"]) for one in child.get("subsegments", ()))])
        shift = 0
        if end - begin <= window[1] - window[0]:
            shift = window[0] - begin if begin < window[0] else window[1] - end if end > window[1] else 0
    begin, end = max(begin + shift, window[0]), min(end + shift, window[1])
    return ((begin, end), shift) if begin < end else None


def _covered(windows: list[tuple[int, int]]) -> int:
    bounds = sorted({bound for window in windows for bound in window})
    return sum(
        after - before
        for before, after in zip(bounds, bounds[1:], strict=False)
        if any(start <= before and after <= end for start, end in windows)
    )


def _kind(entity: Json) -> Any:
    if _is_segment(entity):
        return "segment", entity["name"], entity.get("origin", "")
    return "subsegment", entity["name"], _inferred(entity) if _is_call(entity) else None


def _is_segment(entity: Json) -> bool:
    return entity.get("type") != "subsegment"


def _is_call(entity: Json) -> bool:
    return not _is_segment(entity) and entity.get("namespace") in ("aws", "remote")


def _is_inside(entity: Json) -> bool:
    return not _is_segment(entity) and not _is_call(entity)


def _failed(entity: Json, kind: str) -> bool:
    status = entity.get("http", {}).get("response", {}).get("status", 0)
    return bool(entity.get(kind, _outcome({"http": {"response": {"status": status}}}) in FAILS[kind]))


FAILS = {"fault": ("fault",), "error": ("error", "throttle")}


def _recorded(entity: Json) -> list[Json]:
    cause = entity.get("cause", {})
    return [] if isinstance(cause, str) else list(cause.get("exceptions", []))


def _type(type_: str) -> Json:
    return {"Type": type_} if type_ else {}
