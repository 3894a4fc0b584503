"""JSON as exporters of spans really write it: what is no JSON by the letter spoils itself, not its neighbours."""

from __future__ import annotations

import json
import math
from typing import Any

import msgspec

from .decoded import UnreadableSpans

__all__ = ["read_json"]

_decode = msgspec.json.Decoder().decode
_MOST_DIGITS = 20


def read_json(body: bytes) -> Any:
    """Give the value that a body holds.

    Bytes that are not UTF-8 and halves of surrogate pairs become replacement characters, ``NaN`` becomes null, numbers
    beyond every range become text.

    Raises: UnreadableSpans when it is no JSON even so.
    """
    try:
        return _decode(body)
    except RecursionError:
        raise UnreadableSpans("the body is nested too deep") from None
    except (msgspec.MsgspecError, UnicodeError):
        pass
    try:
        value = json.loads(
            body.decode("utf-8", "replace"), parse_constant=lambda _: None, parse_int=_integer, parse_float=_number
        )
        # A lone surrogate is no text that could ever be written: encoding replaces it.
        return _decode(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise UnreadableSpans(f"the body is no JSON: {error}") from None


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _number(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) else digits
