"""CloudWatch Observability Access Manager over its own wire: links by which one account reads the traces of another."""

from .answer import OamApi
from .operations import OPERATIONS

__all__ = ["OPERATIONS", "OamApi"]
