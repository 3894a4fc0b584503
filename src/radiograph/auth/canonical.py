"""The canonical request of Signature Version 4: what client and server both sign, whoever wrote the bytes between.

Source: IAM user guide, "Create a signed AWS API request".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote_from_bytes, unquote_to_bytes

__all__ = ["canonical_head", "canonical_path", "canonical_query", "gather", "query_pairs"]

_PLAIN_PATH = re.compile(rb"(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*/?")
Pair = tuple[bytes, bytes]


def gather(headers: Iterable[Pair]) -> dict[bytes, bytes]:
    """Give each header once, by its name in lower case; values of one name are joined by commas in their order."""
    gathered: dict[bytes, bytes] = {}
    for name, value in headers:
        name = name.lower()
        gathered[name] = gathered[name].strip() + b"," + value.strip() if name in gathered else value
    return gathered


def canonical_head(
    method: str, path: bytes, pairs: Sequence[Pair], headers: Mapping[bytes, bytes], signed: Sequence[bytes]
) -> bytes:
    """Give the canonical request up to the hash of its body.

    ``path`` is as it came, still percent-encoded; ``pairs`` are the decoded ones of the query; every name in ``signed``
    is a key of ``headers``.
    """
    lines = [method.encode("latin-1", "replace"), canonical_path(path), canonical_query(pairs)]
    # Whatever white space is inside a value counts as one space, and around it as none.
    lines += [name + b":" + b" ".join(headers[name].split()) for name in signed]
    lines += [b"", b";".join(signed), b""]
    return b"\n".join(lines)


def canonical_path(path: bytes) -> bytes:
    """Give a path without dot segments and empty ones, and then percent-encoded once more than it is.

    Only S3 signs its paths as they are.
    """
    if path and _PLAIN_PATH.fullmatch(path):
        return path
    kept: list[bytes] = []
    for segment in path.split(b"/"):
        if segment == b"..":
            del kept[-1:]
        elif segment not in (b"", b"."):
            kept.append(segment)
    normal = b"/" + b"/".join(kept) + (b"/" if kept and path.endswith(b"/") else b"")
    return quote_from_bytes(normal, safe="/~").encode()


def query_pairs(query: bytes) -> list[Pair]:
    """Give the names and values of a query string, decoded. A plus is a plus: signers write spaces as ``%20``."""
    if not query:
        return []
    split = (part.partition(b"=") for part in query.split(b"&") if part)
    return [(unquote_to_bytes(name), unquote_to_bytes(value)) for name, _, value in split]


def canonical_query(pairs: Sequence[Pair]) -> bytes:
    """Give a query string in its one form: encoded, then sorted by name and by value."""
    if not pairs:
        return b""
    encoded = sorted((_encoded(name), _encoded(value)) for name, value in pairs)
    return "&".join(f"{name}={value}" for name, value in encoded).encode()


def _encoded(text: bytes) -> str:
    return quote_from_bytes(text, safe="~")
