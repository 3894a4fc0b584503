"""STS: who one is, and sessions of roles and users. What it shares with IAM is in ``api.iam``."""

from .operations import STS

__all__ = ["STS"]
