"""The way in: accept (the one door every document passes) · spans (theirs) · apply (journal → columns → store) ·
sharing (copies for the accounts that monitor others).
"""

from .accept import Door
from .apply import Applier, ApplierLimits
from .durable import when_durable
from .sharing import Copies
from .spans import SpanDoor

__all__ = ["Applier", "ApplierLimits", "Copies", "Door", "SpanDoor", "when_durable"]
