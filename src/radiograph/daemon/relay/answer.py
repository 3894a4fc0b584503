"""An HTTP answer as it comes in, bounded. Pure."""

from __future__ import annotations

import httptools
import msgspec

__all__ = ["Answer", "BadAnswer", "Headers", "Reply"]

Headers = list[tuple[str, str]]

_MOST_HEAD_BYTES = 64 << 10
_MOST_BODY_BYTES = 64 << 20


class BadAnswer(OSError):
    """What came back is no answer of an HTTP server, or a larger one than can be."""


class Reply(msgspec.Struct, frozen=True):
    """An answer, read to its end."""

    status: int
    headers: Headers
    body: bytes

    def header(self, name: str) -> str | None:
        """Give a header's value, or None; ``name`` is lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


class Answer:
    """What has come of the answer to one request."""

    def __init__(self, method: str) -> None:
        self._parser = httptools.HttpResponseParser(self)
        # The head may then tell of a body that does not come.
        self._is_only_head = method in ("HEAD", "CONNECT")
        self.is_complete = self.has_begun = self.keeps_open = False
        self._status, self._headers, self._parts = 0, Headers(), list[bytes]()
        self._size = self._head_size = 0
        self._has_head = False

    def feed(self, data: bytes) -> None:
        """Take what has come.

        Raises: BadAnswer.
        """
        self.has_begun = True
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            raise BadAnswer(f"no HTTP answer: {error}") from None
        if self._size > _MOST_BODY_BYTES or self._head_size > _MOST_HEAD_BYTES:
            raise BadAnswer(f"the answer is larger than {_MOST_BODY_BYTES} bytes")
        if self._is_only_head and self._has_head:
            self.is_complete = True

    @property
    def ends_with_the_connection(self) -> bool:
        """Whether there is a head, and it does not tell where the body ends."""
        told = {name.lower() for name, _ in self._headers}
        return self._has_head and not told.intersection(("content-length", "transfer-encoding"))

    def reply(self) -> Reply:
        """Give the answer, once it is complete."""
        return Reply(self._status, self._headers, b"".join(self._parts))

    def on_message_begin(self) -> None:
        """Note that there is more."""
        if self.is_complete:
            # Nobody asked for it, and the next answer would be taken from here.
            raise BadAnswer("the other end answers more than it was asked")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Note a header."""
        self._head_size += len(name) + len(value)
        self._headers.append((name.decode("latin-1"), value.decode("latin-1")))

    def on_headers_complete(self) -> None:
        """Note the status."""
        self._status = self._parser.get_status_code()
        self.keeps_open = self._parser.should_keep_alive() or self._is_only_head
        self._has_head = self._status >= 200

    def on_body(self, data: bytes) -> None:
        """Note a part of the body."""
        self._size += len(data)
        self._parts.append(data)

    def on_message_complete(self) -> None:
        """Note the end: of the answer, or of what comes before it, such as 100 Continue."""
        if self._status >= 200:
            self.is_complete = True
        else:
            self._headers.clear()
