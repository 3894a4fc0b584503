"""CloudTrail's look-up of events, over its wire."""

from .answer import TrailApi
from .operations import OPERATIONS

__all__ = ["OPERATIONS", "TrailApi"]
