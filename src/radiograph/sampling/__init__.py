"""How a rule's reservoir is shared out over the clients that use it, and when its rate rises. Time is passed in."""

from .boost import Anomalies, Boost
from .default import default_rule
from .quota import Report, allot

__all__ = ["Anomalies", "Boost", "Report", "allot", "default_rule"]
