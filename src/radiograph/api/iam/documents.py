"""Policy documents: checked when they come, compiled once, and told percent-encoded as IAM tells them."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from radiograph.auth.policy import Document, Kind, Policy, compile_policy, counted, read_policy

from .errors import LimitExceeded

__all__ = ["check_document", "check_size", "compiled", "told_document"]

_KEPT = 4096


def check_document(text: str, kind: Kind = "identity") -> Document:
    """Give what a document says.

    Raises: MalformedPolicyDocument.
    """
    return read_policy(text, kind)


def check_size(documents: list[str], most: int, what: str) -> None:
    """Return when documents have together no more characters than they may; white space is not counted.

    Raises: LimitExceeded.
    """
    if sum(map(counted, documents)) > most:
        raise LimitExceeded(what)


@lru_cache(maxsize=_KEPT)
def compiled(text: str, name: str = "", source: str = "none", kind: Kind = "identity") -> Policy:
    """Give a document that was checked, ready to be evaluated."""
    return compile_policy(read_policy(text, kind), name, source)


def told_document(text: str) -> str:
    """Give a document as IAM's answers have it."""
    return quote(text, safe="~")
