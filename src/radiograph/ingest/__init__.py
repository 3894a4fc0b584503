"""The way in: accept (the one door every document passes) · spans (theirs) · apply (journal → columns → store)."""

from .accept import Door
from .apply import Applier, ApplierLimits
from .durable import when_durable
from .spans import SpanDoor

__all__ = ["Applier", "ApplierLimits", "Door", "SpanDoor", "when_durable"]
