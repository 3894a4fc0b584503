"""A signed request that changes something is answered once: whoever sends it again hears the same, and nothing changes.

SDKs that retry within a second send the very same request again, because the moment of signing is the same; so does
whoever has overheard one. The answer is kept for as long as the signature is good, but only the last 4096 answers, and
16 MiB of them, are: who makes more changes than that in ten minutes can be answered anew. Two calls of one second with
the same words have one signature too: SDKs number their calls, outside of what they sign, and that is believed for as
long as such calls can be meant.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import msgspec

from radiograph.asgi import Headers

from .asked import Asked
from .audit_events import waits
from .calls import call_of

__all__ = ["Replays", "changes_something"]

Answer = tuple[int, Headers, bytes]
_JOBS = ("StartTraceRetrieval", "CancelTraceRetrieval")
"""They change nothing that is kept, but a second one begins another job, or finds none."""
_SAME_SECOND_S = 2.0
_NUMBER = b"amz-sdk-invocation-id"


class _Kept(msgspec.Struct):
    answer: asyncio.Future[Answer]
    signature: bytes
    begun: float
    size: int = 0


class Replays:
    """Answers to what was signed of late; for one event loop."""

    def __init__(
        self, lasts_s: float, most: int = 4096, most_bytes: int = 16 << 20, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Keep answers for ``lasts_s``, of those requests that came last."""
        self._lasts_s, self._most, self._most_bytes, self._clock = lasts_s, most, most_bytes, clock
        self._kept: OrderedDict[bytes, _Kept] = OrderedDict()
        self._first: dict[bytes, bytes] = {}
        """The first call with a signature."""
        self._bytes = 0

    async def once(self, asked: Asked, answer: Callable[[], Awaitable[Answer]]) -> Answer:
        """Give the answer to a request whose signature is good, whether it comes for the first time or not.

        Raises: whatever ``answer`` raises; it is then asked again the next time.
        """
        signature = _key(asked)
        key = signature + (asked.header(_NUMBER) or "").encode("latin-1")
        self._forget()
        kept = self._known(key, signature)
        if kept is not None:
            # Whoever hangs up while waiting must not take the answer from the others.
            return await asyncio.shield(kept.answer)
        kept = _Kept(asyncio.get_running_loop().create_future(), signature, self._clock())
        self._kept[key] = kept
        self._first.setdefault(signature, key)
        try:
            given = await answer()
        except BaseException as error:
            self._drop(key)
            if isinstance(error, Exception):
                kept.answer.set_exception(error)
                kept.answer.exception()  # nobody may be waiting for it
            else:
                kept.answer.cancel()
            raise
        kept.answer.set_result(given)
        if given[0] == 200:
            kept.size = len(given[2])
            self._bytes += kept.size
        else:  # nothing has changed: it may be tried again
            self._drop(key)
        return given

    def _known(self, key: bytes, signature: bytes) -> _Kept | None:
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        first = self._kept.get(self._first.get(signature, b""))
        is_another = first is not None and key != signature and self._clock() - first.begun < _SAME_SECOND_S
        return None if is_another else first

    def _forget(self) -> None:
        now = self._clock()
        while self._kept:
            oldest = next(iter(self._kept))
            if (
                now - self._kept[oldest].begun < self._lasts_s
                and len(self._kept) < self._most
                and self._bytes <= self._most_bytes
            ):
                return
            self._drop(oldest)

    def _drop(self, key: bytes) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._bytes -= kept.size
            if self._first.get(kept.signature) == key:
                del self._first[kept.signature]


def changes_something(asked: Asked) -> bool:
    """Whether a request may change what is kept, or give credentials."""
    service, operation = call_of(asked)
    return waits(service, operation) or (service == "xray" and operation in _JOBS)


def _key(asked: Asked) -> bytes:
    """Give what two requests have in common only if they are the same one, signature and all."""
    parts = (
        asked.method.encode(),
        asked.raw_path,
        asked.query,
        (asked.header(b"authorization") or "").encode("latin-1"),
        (asked.header(b"x-amz-security-token") or "").encode("latin-1"),
        (asked.header(b"x-amz-date") or "").encode("latin-1"),
        asked.body,
    )
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()
