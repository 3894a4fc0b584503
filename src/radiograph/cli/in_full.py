"""Traces with all of their documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec
from msgspec import UNSET

from radiograph.cli.client import Client
from radiograph.model import BatchGetTracesRequest, Trace

__all__ = ["in_full"]

_AT_ONCE = 5


def in_full(client: Client, trace_ids: Iterable[str]) -> Iterator[Trace]:
    """Yield the traces of some ids, those that are there, each with the documents of all its pages."""
    left = iter(trace_ids)
    while some := list(islice(left, _AT_ONCE)):
        parts: dict[str, list[Trace]] = {}
        token: str | None = None
        while True:
            page = client.batch_get_traces(BatchGetTracesRequest(trace_ids=some, next_token=token))
            for part in page.traces:
                parts.setdefault(part.id, []).append(part)
            if page.next_token is UNSET or not page.next_token:
                break
            token = page.next_token
        for those in parts.values():
            yield msgspec.structs.replace(
                those[0],
                limit_exceeded=any(part.limit_exceeded for part in those),
                segments=[segment for part in those for segment in part.segments],
            )
