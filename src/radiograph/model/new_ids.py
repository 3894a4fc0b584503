"""Ids of new traces and of what is in them; drawn from the caller's randomness, so a seed repeats them."""

from __future__ import annotations

import random

__all__ = ["entity_id", "trace_id"]


def trace_id(rng: random.Random, start_s: float) -> str:
    """Return ``1-<8 hex of the start>-<24 hex>``, 35 characters."""
    return f"1-{int(start_s):08x}-{rng.getrandbits(96):024x}"


def entity_id(rng: random.Random) -> str:
    """Return the 16 hex digits of a segment, subsegment or exception; never the all-zero "no-op" id."""
    return f"{rng.getrandbits(64) or 1:016x}"
