"""The way in: accept (the one door every document passes) · apply (journal → columns → store)."""

from .accept import Door
from .apply import Applier, ApplierLimits

__all__ = ["Applier", "ApplierLimits", "Door"]
