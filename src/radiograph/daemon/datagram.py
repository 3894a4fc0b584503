"""A datagram: one header line, one document. Pure."""

from __future__ import annotations

import msgspec

__all__ = ["BadDatagram", "split"]

_USUAL = frozenset((b'{"format":"json","version":1}', b'{"format": "json", "version": 1}'))


class _Header(msgspec.Struct):
    format: str
    version: int


class BadDatagram(Exception):
    """A datagram that is dropped; ``reason`` names the counter."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def split(datagram: bytes) -> bytes:
    """Give the document behind the header line, untouched.

    Raises: BadDatagram.

    Source: aws-xray-daemon, "tracesegment": split at the first newline, ``format`` is json in any case, ``version`` 1.
    """
    header, newline, document = datagram.partition(b"\n")
    if not newline or not document.strip():
        raise BadDatagram("incomplete", "header or document is missing; a header line and a document are accepted")
    if header not in _USUAL:
        try:
            parsed = msgspec.json.decode(header, type=_Header)
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
            raise BadDatagram("header", f"the header is not valid: {error}") from None
        if parsed.format.lower() != "json" or parsed.version != 1:
            raise BadDatagram("header", f"the header is {header[:80]!r}; format json and version 1 are accepted")
    return document
