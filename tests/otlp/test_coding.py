"""Compressed bodies: what is accepted, and that a bomb is stopped before it bursts."""

from __future__ import annotations

import gzip
import zlib

import pytest
import zstandard

from radiograph.errors import RequestTooLarge, Serialization
from radiograph.otlp.coding import unpack

BODY = b"spans " * 1000
MOST = 1 << 20


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        (None, BODY),
        ("", BODY),
        ("identity", BODY),
        ("gzip", gzip.compress(BODY, mtime=0)),
        ("GZIP", gzip.compress(BODY, mtime=0)),
        ("gzip", gzip.compress(BODY[:3000], mtime=0) + gzip.compress(BODY[3000:], mtime=0)),
        ("deflate", zlib.compress(BODY)),
        ("zstd", zstandard.compress(BODY)),
        ("zstd", zstandard.compress(BODY[:3000]) + zstandard.compress(BODY[3000:])),
    ],
)
def test_a_body_is_what_was_packed(coding: str | None, packed: bytes):
    assert unpack(packed, coding, MOST) == BODY


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(50 << 20))),
        ("gzip", gzip.compress(bytes(600_000)) * 2),
        ("deflate", zlib.compress(bytes(50 << 20))),
        ("zstd", zstandard.compress(bytes(50 << 20))),
        ("zstd", zstandard.compress(bytes(600_000)) * 2),
    ],
    ids=["gzip", "gzip of two members", "deflate", "zstd", "zstd of two frames"],
)
def test_a_bomb_is_refused(coding: str, bomb: bytes):
    with pytest.raises(RequestTooLarge, match="1048576"):
        unpack(bomb, coding, MOST)


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", b"nothing"),
        ("gzip", gzip.compress(BODY, mtime=0)[:-9]),
        ("gzip", gzip.compress(BODY, mtime=0) + b"more"),
        ("deflate", b"nothing"),
        ("zstd", b"nothing"),
    ],
)
def test_what_is_not_what_its_coding_says_is_refused(coding: str, packed: bytes):
    with pytest.raises(Serialization):
        unpack(packed, coding, MOST)


def test_an_unknown_coding_is_refused_by_naming_what_is_accepted():
    with pytest.raises(Serialization, match="gzip"):
        unpack(BODY, "br", MOST)
