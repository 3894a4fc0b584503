"""Which rule matches a request and why, shares of a rule's reservoir, when its rate rises, what it keeps. No clock."""

from .boost import Anomalies, Boost
from .default import default_rule
from .forecast import Basis, Forecast, Observed, Recorded, forecast, kept_of
from .match import OTEL, XRAY, Considered, Incoming, Mismatch, Reading, consider, deciding, in_order
from .quota import HELD_S, INTERVAL_S, Reservoir
from .wildcard import matches

__all__ = [
    "HELD_S",
    "INTERVAL_S",
    "OTEL",
    "XRAY",
    "Anomalies",
    "Basis",
    "Boost",
    "Considered",
    "Forecast",
    "Incoming",
    "Mismatch",
    "Observed",
    "Reading",
    "Recorded",
    "Reservoir",
    "consider",
    "deciding",
    "default_rule",
    "forecast",
    "in_order",
    "kept_of",
    "matches",
]
