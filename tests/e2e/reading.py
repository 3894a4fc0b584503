"""What arrived, as a user reads it through boto3."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import requests

from tests.conftest import eventually

__all__ = ["Document", "arrived", "documents", "everything", "graph", "services", "summary", "whole"]

Document = dict[str, Any]


def documents(xray: Any, trace_id: str) -> list[Document]:
    """Give the segments of a trace; none while nothing of it has arrived."""
    traces = xray.batch_get_traces(TraceIds=[trace_id])["Traces"]
    return [json.loads(one["Document"]) for trace in traces for one in trace["Segments"]]


def everything(segments: list[Document]) -> Iterator[Document]:
    """Give segments and all that is inside them."""
    for one in segments:
        yield one
        yield from everything(one.get("subsegments", []))


def whole(xray: Any, trace_id: str, names: set[str]) -> dict[str, Document]:
    """Give the segments of a trace by name, inferred ones too, once these are the names."""

    def all_here() -> dict[str, Document] | None:
        found = {one["name"]: one for one in documents(xray, trace_id)}
        return found if set(found) == names else None

    return _awaited(xray, trace_id, all_here, sorted(names))  # type: ignore[no-any-return]


def arrived(xray: Any, trace_id: str, number: int) -> list[Document]:
    """Give the segments that services sent of a trace, once there are so many."""

    def all_here() -> list[Document] | None:
        found = [one for one in documents(xray, trace_id) if not one.get("inferred")]
        return found if len(found) == number else None

    return _awaited(xray, trace_id, all_here, number)  # type: ignore[no-any-return]


def _awaited(xray: Any, trace_id: str, holds: Callable[[], Any], expected: object) -> Any:
    try:
        found = eventually(holds)
    except AssertionError:
        names = sorted(one["name"] for one in documents(xray, trace_id))
        raise AssertionError(f"{trace_id} has {names} where {expected} were expected") from None
    # Documents can be read before they are counted: a graph that is asked for now is whole.
    eventually(lambda: requests.get(f"{xray.meta.endpoint_url}/counters", timeout=60).json()["applier.behind"] == 0)
    return found


def summary(xray: Any, trace_id: str) -> Document:
    """Give the summary of a trace, of which there is one."""

    def find() -> list[Document]:
        pages = xray.get_paginator("get_trace_summaries").paginate(StartTime=time.time() - 300, EndTime=time.time() + 5)
        return [one for page in pages for one in page["TraceSummaries"] if one["Id"] == trace_id]

    (only,) = eventually(find)  # type: ignore[misc]
    return only  # type: ignore[no-any-return]


def _by_name(listed: list[Document]) -> tuple[dict[str, Document], set[tuple[str, str]]]:
    key = {one["ReferenceId"]: f"{one['Name']} {one.get('Type', '')}".strip() for one in listed}
    edges = {(key[one["ReferenceId"]], key[edge["ReferenceId"]]) for one in listed for edge in one["Edges"]}
    return {key[one["ReferenceId"]]: one for one in listed}, edges


def graph(xray: Any, trace_id: str) -> tuple[dict[str, Document], set[tuple[str, str]]]:
    """Give the nodes of a trace's graph by ``name type``, and its edges."""
    return _by_name(xray.get_trace_graph(TraceIds=[trace_id])["Services"])


def services(xray: Any) -> tuple[dict[str, Document], set[tuple[str, str]]]:
    """Give the nodes of the last minutes' service graph by ``name type``, and its edges."""
    pages = xray.get_paginator("get_service_graph").paginate(StartTime=time.time() - 600, EndTime=time.time() + 1)
    return _by_name([one for page in pages for one in page["Services"]])
