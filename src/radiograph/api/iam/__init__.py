"""IAM: users, groups, roles, policies and keys, over AWS's Query protocol; and who it is that signed a request."""

from .answer import QueryApi
from .callers import Callers
from .context import Desk
from .operations import IAM

__all__ = ["IAM", "Callers", "Desk", "QueryApi"]
