"""Patterns of sampling rules: ``*`` is any characters, ``?`` is exactly one; the whole text must match."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["matches"]


def matches(pattern: str, text: str, case_sensitive: bool = False) -> bool:
    """Tell whether a text matches a pattern, in a time that grows with the text and no faster.

    X-Ray's SDKs do not tell upper from lower case, samplers of OpenTelemetry do. Source: specification 16.3; the SDK
    for Python, ``search_pattern``.
    """
    if pattern == "*":
        return True
    if not case_sensitive:
        pattern, text = _fold(pattern), _fold(text)
    if "*" not in pattern and "?" not in pattern:
        return pattern == text
    return _compiled(pattern).fullmatch(text) is not None


def _fold(text: str) -> str:
    """Give the text in lower case, character by character: ``?`` is one, whatever becomes of it."""
    if text.isascii():
        return text.lower()
    return "".join(low if len(low := one.lower()) == 1 else one for one in text)


@lru_cache(1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Give the pattern as a regular expression that never tries a second place for what it has placed.

    What stands between two stars may take the first place it finds: whatever follows has the more room. Only the end
    is bound to the end.
    """
    first, *rest = (re.escape(part).replace(r"\?", ".") for part in re.split(r"\*+", pattern))
    *middle, last = rest or [""]
    placed = "".join(f"(?>.*?{part})" for part in middle)
    return re.compile(first + placed + (f".*{last}" if rest else ""), re.DOTALL)
