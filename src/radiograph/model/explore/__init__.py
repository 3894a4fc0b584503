"""What the console asks besides X-Ray's operations, in the spelling of X-Ray's: ours, so no AWS model has them.

Counts are of the traces that were read. Where an answer has ``SampledShare`` below 1, only that share of the traces of
the window was: divided by it, a count is an estimate for all.
"""

from .changes import ChangesRequest, ChangesResult, ServiceChange
from .errors import ExceptionsRequest, ExceptionsResult, ThrownExceptions
from .live import Arrivals, LiveBatch, LiveRequest, LiveTrace, RejectedDocuments
from .populations import (
    OperationsRequest,
    OperationsResult,
    OperationStatistics,
    SpanOperation,
    SpanPopulation,
    TypicalRequest,
    TypicalResult,
)
from .server import DemoRequest, DemoStatus, ServerFacts
from .sets import (
    AttributeDifference,
    ExplainRequest,
    ExplainResult,
    StructureHop,
    TraceSet,
    TraceSetStatistics,
)
from .values import (
    BreakdownAttribute,
    BreakdownRequest,
    BreakdownResult,
    BreakdownValue,
    CompletedValue,
    CompleteRequest,
    CompleteResult,
    HeatmapCell,
    HeatmapRequest,
    HeatmapResult,
)

__all__ = [
    "Arrivals",
    "AttributeDifference",
    "BreakdownAttribute",
    "BreakdownRequest",
    "BreakdownResult",
    "BreakdownValue",
    "ChangesRequest",
    "ChangesResult",
    "CompleteRequest",
    "CompleteResult",
    "CompletedValue",
    "DemoRequest",
    "DemoStatus",
    "ExceptionsRequest",
    "ExceptionsResult",
    "ExplainRequest",
    "ExplainResult",
    "HeatmapCell",
    "HeatmapRequest",
    "HeatmapResult",
    "LiveBatch",
    "LiveRequest",
    "LiveTrace",
    "OperationStatistics",
    "OperationsRequest",
    "OperationsResult",
    "RejectedDocuments",
    "ServerFacts",
    "ServiceChange",
    "SpanOperation",
    "SpanPopulation",
    "StructureHop",
    "ThrownExceptions",
    "TraceSet",
    "TraceSetStatistics",
    "TypicalRequest",
    "TypicalResult",
]
