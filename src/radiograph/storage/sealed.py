"""Documents sealed on their way into a store, and unsealed on their way out; the store itself knows no keys.

A document is sealed with the data key that its frame of the journal was sealed with: who decided there has decided for
both, and what is applied once more comes under the same key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from msgspec.structs import replace

from radiograph.data_keys import DataKey, key_of
from radiograph.errors import ServiceUnavailable
from radiograph.model.rows import EncodedSegments, StoredDocument, StoredSegment
from radiograph.secrets import Unsealable
from radiograph.telemetry import Counters, log

from .interfaces import SegmentWriter

__all__ = ["KeysOfDocuments", "SealingWriter", "Unsealing"]

_SAMPLES, _TYPICAL, _SAMPLE_BYTES = 64, 4, 8 << 10
"""A dictionary is learned of so many documents, some of them, and so many bytes: more packs hardly better."""


class KeysOfDocuments(Protocol):
    """The keys that documents are sealed with."""

    def carried(self, account: str, number: int) -> DataKey:
        """Give a data key, disabled or not. Raises: Unsealable when it is destroyed; ServiceUnavailable."""

    def readable(self, account: str, number: int) -> DataKey:
        """Give a data key to answer with. Raises: Unsealable when it cannot be used; ServiceUnavailable."""

    def learn(self, account: str, number: int, content: bytes) -> DataKey:
        """Keep what documents under a key have in common; give the key with it. Raises: as ``carried``."""


class SealingWriter:
    """A :class:`~.interfaces.SegmentWriter` that seals what came under a key; for one encoding thread."""

    def __init__(self, writer: SegmentWriter, keys: KeysOfDocuments) -> None:
        self._writer, self._keys = writer, keys
        self.write = writer.write
        self._samples: dict[tuple[str, int], list[bytes]] = defaultdict(list)

    def encode(
        self, account: str, segments: Sequence[StoredSegment], documents: Sequence[StoredDocument]
    ) -> EncodedSegments:
        """Give both as the store's own bytes; see the Protocol."""
        numbers = {one.key for one in documents}
        if numbers != {0}:
            keys = {number: self._key(account, number, documents) for number in numbers if number}
            documents = [_sealed(account, one, keys[one.key]) if one.key else one for one in documents]
        return self._writer.encode(account, segments, documents)

    def _key(self, account: str, number: int, documents: Sequence[StoredDocument]) -> DataKey:
        key = self._keys.carried(account, number)
        if key.has_learned:
            self._samples.pop((account, number), None)
            return key
        # A key with few documents a day learns nothing; what was kept for the one before it helps nobody any more.
        for older in [one for one in self._samples if one[0] == account and one[1] < number]:
            del self._samples[older]
        samples = self._samples[account, number]
        samples += [one.document for one in documents if one.key == number][: _SAMPLES - len(samples)]
        if len(samples) < _SAMPLES:
            return key
        del self._samples[account, number]
        try:
            return self._keys.learn(account, number, _typical(samples))
        except ServiceUnavailable as error:
            log.info("documents of account %s are packed one by one for now: %s", account, error)
            return key


class Unsealing:
    """A :data:`~.interfaces.Reading`: leaves out, and counts, what cannot be unsealed."""

    def __init__(self, keys: KeysOfDocuments, counters: Counters) -> None:
        self._keys, self._counters = keys, counters

    def __call__(self, account: str, documents: list[StoredDocument]) -> list[StoredDocument]:
        """Give the documents that can be read.

        Raises: ServiceUnavailable when the keys cannot be reached.
        """
        numbers = {key_of(one.document) for one in documents}
        if numbers <= {0}:
            return documents
        keys = {number: self._readable(account, number) for number in numbers if number}
        found: list[StoredDocument] = []
        for one in documents:
            number = key_of(one.document)
            key = keys[number] if number else None
            if number == 0:
                found.append(one)
            elif key is not None:
                try:
                    found.append(replace(one, document=key.unseal_document(one.document, _about(account, one))))
                except Unsealable as error:
                    log.error("a document of trace %s cannot be unsealed: %s", one.trace_id, error)
        self._counters.add("documents.unreadable", len(documents) - len(found))
        return found

    def _readable(self, account: str, number: int) -> DataKey | None:
        try:
            return self._keys.readable(account, number)
        except Unsealable as error:
            log.debug("documents under data key %d of account %s stay sealed: %s", number, account, error)
            return None


def _sealed(account: str, one: StoredDocument, key: DataKey) -> StoredDocument:
    return replace(one, document=key.seal_document(one.document, _about(account, one)))


def _about(account: str, one: StoredDocument) -> bytes:
    return f"{account} {one.trace_id} {one.id:016x} {one.version}".encode()


def _typical(samples: list[bytes]) -> bytes:
    """Give what documents look like: a few of different length, each from its beginning."""
    by_size, room = sorted(samples, key=len), _SAMPLE_BYTES // _TYPICAL
    return b"".join(by_size[len(by_size) * n // _TYPICAL][:room] for n in range(_TYPICAL))
