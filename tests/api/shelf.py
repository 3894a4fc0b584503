"""A store of a few documents, and retrievals from it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from radiograph.model.graph_rows import GraphRow
from radiograph.model.rows import StoredDocument, StoredSegment
from tests.api.desk import NOW, Desk
from tests.conftest import eventually
from tests.oracle.documents import columns, stored

__all__ = ["OTHER", "TRACE", "WINDOW", "Shelf", "begin", "ended", "found", "listed", "pages"]

TRACE, OTHER = "1-6553f100-0123456789abcdef01234567", "1-6553f100-00000000000000000000beef"
WINDOW = {"StartTime": NOW - 60, "EndTime": NOW}
ENDED = ("COMPLETE", "FAILED", "CANCELLED", "TIMEOUT")


class Shelf:
    """A store of a few documents; while it is ``shut``, whoever asks waits."""

    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []
        self.rows: list[GraphRow] = []
        self.failure: Exception | None = None
        self.open = threading.Event()
        self.open.set()

    def put(self, *documents: dict[str, Any]) -> None:
        self.kept += documents

    def documents(self, account: str, trace_ids: Sequence[str]) -> list[StoredDocument]:
        return [one for one in stored(*self.kept) if one.trace_id in {id_.lower() for id_ in trace_ids}]

    def segments(self, account: str, trace_ids: Sequence[str]) -> list[StoredSegment]:
        self.open.wait(10)
        if self.failure is not None:
            raise self.failure
        return [one for one in columns(*self.kept) if one.trace_id in {id_.lower() for id_ in trace_ids}]

    def trace_graph(self, account: str, trace_ids: Sequence[str]) -> list[GraphRow]:
        return self.rows if trace_ids else []


def begin(desk: Desk, *ids: str, **members: Any) -> str:
    token: str = desk.ask("/StartTraceRetrieval", TraceIds=ids, **(WINDOW | members))["RetrievalToken"]
    return token


def listed(desk: Desk, token: str, **members: Any) -> Any:
    return desk.ask("/ListRetrievedTraces", RetrievalToken=token, **members)


def ended(desk: Desk, token: str, **members: Any) -> Any:
    """Wait for the end; give the first page."""
    eventually(lambda: listed(desk, token)["RetrievalStatus"] in ENDED)
    return listed(desk, token, **members)


def found(desk: Desk, *ids: str, **members: Any) -> list[str]:
    return [one["Id"] for one in ended(desk, begin(desk, *ids, **members))["Traces"]]


def pages(desk: Desk, token: str, **members: Any) -> list[list[tuple[str, int]]]:
    """Give every page, as traces and how many spans of each."""
    gathered, following = [], {}
    while True:
        page = listed(desk, token, **members, **following)
        gathered.append([(one["Id"], len(one["Spans"])) for one in page["Traces"]])
        if "NextToken" not in page:
            return gathered
        following = {"NextToken": page["NextToken"]}
