"""Summaries of traces, kept as long as the traces stay as they were: pages are asked for again and again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from radiograph.model.rows import StoredDocument
from radiograph.model.traces import TraceSummary
from radiograph.segments.causes import root_causes
from radiograph.segments.flatten import flatten
from radiograph.segments.summarise import summarise

__all__ = ["Summaries"]

_Told = tuple[tuple[int, int], ...]
"""Id and version of each document."""


class Summaries:
    """The summaries that were made last. Safe to use from several threads."""

    def __init__(self, most: int = 2000) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._made: OrderedDict[tuple[str, str], tuple[_Told, TraceSummary]] = OrderedDict()

    def of(self, account: str, documents: Sequence[StoredDocument], most_annotations: int) -> TraceSummary:
        """Give the summary of a trace by all of its documents, at least one; ``most_annotations`` never changes."""
        key = account, documents[0].trace_id
        told = tuple((one.id, one.version) for one in documents)
        with self._lock:
            known = self._made.get(key)
            if known is not None and known[0] == told:
                self._made.move_to_end(key)
                return known[1]
        # Root causes need the documents; to read their columns too would take longer than to make them again.
        rows = [flatten(one.document, 0, one.source) for one in documents]
        made = summarise(rows, account, None, root_causes(documents, account), most_annotations)
        with self._lock:
            self._made[key] = told, made
            self._made.move_to_end(key)
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return made
