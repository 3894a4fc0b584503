"""From X-Ray's header to W3C's and back: one trace, whatever its services speak.

What only X-Ray's header has travels in a tracestate entry ``xray``, such as ``Lineage:a87bd80c:1``: its extras, and
whether the decision is open, with the caller for whom it is. What only W3C has, other tracestate and the random flag,
has no place in X-Ray's.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from .header import Sampled, TraceHeader, is_extra
from .traceparent import TraceParent
from .tracestate import TraceState

__all__ = ["to_w3c", "to_xray"]

_ENTRY = "xray"
_LONGEST = 256
_RESERVED = re.compile(r"[%,;= ]")


def to_w3c(
    header: TraceHeader, sampled: bool, state: TraceState | None = None
) -> tuple[TraceParent, TraceState] | None:
    """Give traceparent and tracestate of a header; None of one that names no trace or no caller.

    ``sampled`` is what the flag says while the decision is open. Extras that do not fit 256 characters are left out,
    from the first one on that does not.
    """
    if header.root is None or header.parent is None:
        return None
    trace_id, parent_id = header.root[2:].replace("-", "").lower(), header.parent.lower()
    if not trace_id.strip("0") or not parent_id.strip("0"):
        return None
    fields = [f"Sampled:{header.sampled or ''}/{parent_id}"] if header.decided is None else []
    for key, value in header.extras:
        field = f"{key}:{_RESERVED.sub(lambda found: f'%{ord(found[0]):02X}', value)}"
        if len(";".join([*fields, field])) > _LONGEST:
            break
        fields.append(field)
    state = (state or TraceState()).without(_ENTRY)
    decided = header.decided
    parent = TraceParent(trace_id, parent_id, sampled if decided is None else decided)
    return parent, state.put(_ENTRY, ";".join(fields)) if fields else state


def to_xray(parent: TraceParent, state: TraceState | None = None) -> TraceHeader:
    """Give X-Ray's header of a traceparent, with what a header left in tracestate.

    A decision that was open is open still if nobody has called on since.
    """
    left = (state.get(_ENTRY) if state is not None else None) or ""
    fields = dict(_field(text) for text in left.split(";") if ":" in text)
    sampled: Sampled | None = "1" if parent.sampled else "0"
    wish, _, caller = fields.get("Sampled", "").partition("/")
    if caller == parent.parent_id:
        sampled = "?" if wish == "?" else None
    extras = tuple((key, value) for key, value in fields.items() if is_extra(key, value))
    return TraceHeader(f"1-{parent.trace_id[:8]}-{parent.trace_id[8:]}", parent.parent_id, sampled, extras)


def _field(text: str) -> tuple[str, str]:
    key, _, value = text.partition(":")
    return key, unquote(value)
