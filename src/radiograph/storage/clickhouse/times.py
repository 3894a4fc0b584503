"""How far apart the documents of a trace are looked for, and the time that the id of a trace tells."""

from __future__ import annotations

__all__ = ["ID_TIME", "NEARBY_S", "OWN_TIME"]

NEARBY_S = 900
"""Documents of a trace that have to be seen together (a callee's and its caller's, those of a trace whose id tells no
time) are looked for as long before and after one another as they begin at most."""

ID_TIME = "reinterpretAsUInt32(reverse(substring(trace_id, 1, 4)))"
"""Epoch seconds, where the id is X-Ray's own."""

OWN_TIME = f"toUInt8(trace_time != {ID_TIME})"
"""1 for a document that has a time of its own, not that of its trace's id; the expression of an index."""
