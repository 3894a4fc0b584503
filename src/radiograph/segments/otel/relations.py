"""Who is whose parent, where one id can be two spans: Zipkin's tracers let a server go on with its client's span.

X-Ray knows an entity by its id, so two of one id would be one. The client's half keeps the id: the headers it sent
carry it, and whoever was called by them, by whatever SDK, names it as the parent. The server's half gets an id of its
own, always the same, and is the client's child; what the server then did becomes its children.

Source: ``shared`` in Zipkin's API; Zipkin's and Jaeger's own readers take halves apart in the same way.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from .span import OtelSpan

__all__ = ["HAS_IS_REMOTE", "IS_REMOTE", "SAMPLED", "related"]

SAMPLED, HAS_IS_REMOTE, IS_REMOTE = 0x01, 0x100, 0x200
_OTHER_HALF = {"SERVER": "CLIENT", "CONSUMER": "PRODUCER"}
_CALLED = ("SERVER", "CONSUMER")


class _Half(msgspec.Struct, frozen=True):
    service: object
    kind: str
    is_shared: bool


def related(spans: Sequence[OtelSpan], shared: Sequence[bool]) -> list[OtelSpan]:
    """Give the spans in their order, each with an id of its own, and flags that tell whether its parent is elsewhere.

    ``shared`` says of each whether it goes on with a span that another process began; two halves side by side say so
    by their kinds.
    """
    halves: dict[tuple[str, str], list[_Half]] = defaultdict(list)
    for span, is_shared in zip(spans, shared, strict=True):
        halves[span.trace_id, span.span_id].append(_Half(_service(span), span.kind, is_shared))
    return [_placed(span, is_shared, halves) for span, is_shared in zip(spans, shared, strict=True)]


def _placed(span: OtelSpan, is_shared: bool, halves: dict[tuple[str, str], list[_Half]]) -> OtelSpan:
    service, trace = _service(span), span.trace_id
    if is_shared or _goes_on(span.kind, halves[trace, span.span_id]):
        return replace(
            span,
            span_id=_own_id(trace, span.span_id, service),
            parent_span_id=span.span_id,
            flags=span.flags | HAS_IS_REMOTE | IS_REMOTE,
        )
    if not span.parent_span_id:
        return replace(span, flags=span.flags | HAS_IS_REMOTE)
    parents = halves.get((trace, span.parent_span_id), [])
    servers = [half for half in parents if half.is_shared or _goes_on(half.kind, parents)]
    own = next((half for half in servers if half.service == service), None)
    if own is None and servers and not any(half.service == service for half in parents):
        own = servers[0]
    flags = span.flags
    if parents:
        is_near = any(half.service == service for half in parents) and span.kind not in _CALLED
        flags |= HAS_IS_REMOTE if is_near else HAS_IS_REMOTE | IS_REMOTE
    elif span.kind in _CALLED:
        flags |= HAS_IS_REMOTE | IS_REMOTE
    parent = span.parent_span_id if own is None else _own_id(trace, span.parent_span_id, own.service)
    return replace(span, parent_span_id=parent, flags=flags)


def _goes_on(kind: str, halves: Sequence[_Half]) -> bool:
    other = _OTHER_HALF.get(kind)
    return other is not None and len(halves) > 1 and any(half.kind == other for half in halves)


def _own_id(trace_id: str, span_id: str, service: object) -> str:
    # Of the service too: a retry that reached a second service shares the same id once more.
    return hashlib.sha256(f"{trace_id}/{span_id}/{service}".encode()).hexdigest()[:16]


def _service(span: OtelSpan) -> object:
    return span.resource.get("service.name")
