"""A chain of records: each has a sequence, the hash of the one before, and a seal that only the master key makes.

A line of a file is one entry::

    {"sequence":7,"previous":"<SHA-256 of line 6>","event":{…},"seal":"<base64>"}

The hash of a line is over all its bytes but the line end. The seal is over everything before it, and says which chain
it is of: whoever can write the files but has no master key cannot make a chain that holds.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import NamedTuple

import msgspec

from radiograph.secrets import Sealer, Unsealable

__all__ = [
    "AUDIT",
    "GENESIS",
    "Entry",
    "Place",
    "hash_of",
    "is_sealed",
    "make_line",
    "read_line",
    "read_mark",
    "write_mark",
]

_SEAL = b',"seal":"'


class Place(NamedTuple):
    """The last entry of a chain so far."""

    sequence: int
    hash: str


AUDIT = "audit"
"""The purpose of the key that seals follow from."""

GENESIS = Place(0, "0" * 64)
"""Where a chain begins."""


class Entry(msgspec.Struct, frozen=True):
    """A line, read."""

    sequence: int
    previous: str
    event: msgspec.Raw
    seal: str


class _Mark(msgspec.Struct, frozen=True):
    sequence: int
    hash: str
    seal: str


_decode = msgspec.json.Decoder(Entry).decode
_decode_mark = msgspec.json.Decoder(_Mark).decode


def hash_of(line: bytes) -> str:
    """Give the hash of a line, which has no line end."""
    return hashlib.sha256(line).hexdigest()


def make_line(last: Place, event: bytes, chain: str, sealer: Sealer) -> tuple[bytes, Place]:
    """Give the line of an event that follows ``last``, and its own place."""
    head = b'{"sequence":%d,"previous":"%s","event":%s' % (last.sequence + 1, last.hash.encode(), event)
    line = b'%s%s%s"}' % (head, _SEAL, base64.b64encode(sealer.seal(b"", _about(chain, head))))
    return line, Place(last.sequence + 1, hash_of(line))


def read_line(line: bytes) -> Entry | None:
    """Give the entry of a line, or None when it is none."""
    try:
        return _decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def is_sealed(line: bytes, seal: str, chain: str, sealer: Sealer) -> bool:
    """Whether a line is as it was written."""
    head, found, _ = line.rpartition(_SEAL)
    return bool(found) and _holds(seal, _about(chain, head), sealer)


def write_mark(place: Place, chain: str, sealer: Sealer) -> bytes:
    """Give the text that says how far a chain reaches."""
    seal = base64.b64encode(sealer.seal(b"", _about_mark(chain, place))).decode()
    return msgspec.json.encode(_Mark(place.sequence, place.hash, seal))


def read_mark(text: bytes, chain: str, sealer: Sealer | None) -> Place | None:
    """Give how far a chain reached, or None when the text does not say so, or was not sealed here."""
    try:
        mark = _decode_mark(text)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    place = Place(mark.sequence, mark.hash)
    if sealer is not None and not _holds(mark.seal, _about_mark(chain, place), sealer):
        return None
    return place


def _holds(seal: str, about: bytes, sealer: Sealer) -> bool:
    try:
        sealer.unseal(base64.b64decode(seal, validate=True), about)
    except (Unsealable, binascii.Error, ValueError):
        return False
    return True


def _about(chain: str, head: bytes) -> bytes:
    return b"entry of %s " % chain.encode() + hashlib.sha256(head).digest()


def _about_mark(chain: str, place: Place) -> bytes:
    return f"mark of {chain} at {place.sequence} {place.hash}".encode()
