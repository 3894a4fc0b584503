"""How a rule's reservoir is shared out over the clients that use it. Pure: time is passed in."""

from .default import default_rule
from .quota import Report, allot

__all__ = ["Report", "allot", "default_rule"]
