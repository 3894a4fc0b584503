"""AWS KMS over its own wire, as far as keys need it that documents are encrypted with."""

from .answer import KmsApi

__all__ = ["KmsApi"]
