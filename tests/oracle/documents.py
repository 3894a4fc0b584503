"""Documents as services send them, small and valid until a test changes a member."""

from __future__ import annotations

import json
from typing import Any

from radiograph.model.rows import StoredDocument, StoredSegment
from radiograph.segments.flatten import flatten

__all__ = ["NOW_S", "ROOT", "TRACE", "columns", "segment", "stored", "subsegment"]

Json = dict[str, Any]

NOW_S = 1_700_000_000.0
TRACE = "1-6553f100-0123456789abcdef01234567"
ROOT = "aaaaaaaaaaaaaaaa"


def segment(**members: Any) -> Json:
    """Give a segment half a second long; a member that is ``...`` is left out."""
    return _without({"trace_id": TRACE, "id": ROOT, "name": "shop", **_TIMES, **members})


def subsegment(**members: Any) -> Json:
    """Give a subsegment to stand inside another document, or alone when it is given a ``parent_id``."""
    entity = {"id": "bbbbbbbbbbbbbbbb", "name": "work", **_TIMES, **members}
    alone = {"trace_id": TRACE, "type": "subsegment"} if "parent_id" in members else {}
    return _without(alone | entity)


def stored(*documents: Json) -> list[StoredDocument]:
    """Give documents as the store gives them."""
    return [
        StoredDocument(one["trace_id"].lower(), int(one["id"], 16), number, 0, json.dumps(one).encode())
        for number, one in enumerate(documents, 1)
    ]


def columns(*documents: Json) -> list[StoredSegment]:
    """Give the columns of documents that the journal had in this order."""
    return [flatten(json.dumps(one).encode(), number) for number, one in enumerate(documents, 1)]


_TIMES = {"start_time": NOW_S - 1.0, "end_time": NOW_S - 0.5}


def _without(members: Json) -> Json:
    return {name: value for name, value in members.items() if value is not ...}
