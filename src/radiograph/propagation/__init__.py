"""Trace context on its way: X-Amzn-Trace-Id, W3C traceparent and tracestate, and from one to the other.

Nothing here raises: what is malformed is no context. How a framework names headers (``HTTP_X_AMZN_TRACE_ID``) is its
caller's to know.
"""

from .convert import to_w3c, to_xray
from .header import Sampled, TraceHeader
from .traceparent import TraceParent
from .tracestate import TraceState

__all__ = ["Sampled", "TraceHeader", "TraceParent", "TraceState", "to_w3c", "to_xray"]
