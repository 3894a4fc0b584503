"""Traces and their map as one HTML file, which opens without a server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from radiograph.model import Service, Trace

__all__ = ["MOST_MIB", "MOST_TRACES", "TooMuch", "one_file"]

MOST_TRACES = 100
"""What GetTraceGraph takes at once, and about what a reader can."""
MOST_MIB = 32
_PLACE = b"@@RADIOGRAPH-DATA@@"
_MIB = 1024 * 1024
_encode = msgspec.json.Encoder().encode


class TooMuch(ValueError):
    """There is more than one file can hold; the message says how much, and what to do."""


def one_file(
    page: bytes,
    traces: Iterable[Trace],
    graph: Callable[[Sequence[str]], list[Service]],
    question: str,
    written_s: float,
) -> bytes:
    """Return the page with the traces in it, each with its map, and the map of all of them.

    No text of a trace can end the element it is in: ``<``, ``>`` and ``&`` are written as JSON escapes, as
    ``console/src/file/compose.ts`` writes them.

    Raises:
        TooMuch: the documents are more than 32 MiB, or the traces more than 100.
        ValueError: the page has no place for data.
    """
    before, place, after = page.partition(_PLACE)
    if not place or _PLACE in after:
        raise ValueError("the page of exported files has no place for their data: build the console anew")
    parts: list[bytes] = []
    ids: list[str] = []
    size = 0
    for trace in traces:
        if len(ids) == MOST_TRACES:
            raise TooMuch(f"a file holds at most {MOST_TRACES} traces: ask for fewer with --limit {MOST_TRACES}")
        ids.append(trace.id)
        part = _inert(_encode({**msgspec.to_builtins(trace), "Services": graph([trace.id])}))
        parts.append(part)
        size += len(part)
        if size > MOST_MIB * _MIB:
            raise TooMuch(
                f"{len(ids)} traces are over {MOST_MIB} MiB, which is what a file holds: ask for fewer with --limit"
            )
    head = _encode({"Version": 1, "Written": written_s, "Question": question, "Services": graph(ids) if ids else []})
    data = _inert(head[:-1]) + b',"Traces":[' + b",".join(parts) + b"]}"
    return before + data + after


def _inert(json: bytes) -> bytes:
    # In JSON these bytes stand in texts only, where an escape means the same; none is part of another in UTF-8.
    return json.replace(b"<", b"\\u003c").replace(b">", b"\\u003e").replace(b"&", b"\\u0026")
