"""X-Ray's 38 operations: a table, and one file a family."""

from .operations import OPERATIONS, Operation

__all__ = ["OPERATIONS", "Operation"]
