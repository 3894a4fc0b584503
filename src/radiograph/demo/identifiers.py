"""The ids of what a trace touches; drawn from the caller's randomness, so a seed repeats them."""

from __future__ import annotations

import hashlib
import random

__all__ = ["request_id", "stable_hex"]


def request_id(rng: random.Random) -> str:
    """Return a request id in the form of a UUID, version 4."""
    bits = rng.getrandbits(128) & ~(0xF << 76) & ~(0x3 << 62) | (0x4 << 76) | (0x2 << 62)
    text = f"{bits:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def stable_hex(key: str, digits: int) -> str:
    """Return ``digits`` (at most 64) hex digits that are the same for the same key: an instance keeps its id."""
    return hashlib.sha256(key.encode()).hexdigest()[:digits]
