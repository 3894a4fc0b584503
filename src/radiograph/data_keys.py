"""Data keys: what documents, and frames of the journal, are sealed with. AES-256-GCM, after zstd where it pays.

A sealed document::

    0x01 · number of the data key 4 · number of the dictionary 4 · nonce 12 · ciphertext and tag

No JSON begins with that byte, so that sealed documents and plain ones can lie side by side. Two keys follow from a data
key's material, one for each purpose: nonces are random, and a purpose may have 2³² things sealed by each.
"""

from __future__ import annotations

import os
import struct
import threading
from collections.abc import Mapping

import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from radiograph.secrets import Unsealable

__all__ = ["SEALED", "DataKey", "Dictionary", "key_of"]

SEALED = b"\x01"
"""What every sealed document begins with."""

_KEY_BYTES, _NONCE_BYTES, _LEVEL = 32, 12, 1
_HEAD = struct.Struct("<cII12s")


class Dictionary:
    """What documents of an account usually say: with it, each of them packs as well as many do together."""

    def __init__(self, number: int, content: bytes) -> None:
        self.number = number
        self.packed = zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        self.packed.precompute_compress(level=_LEVEL)


class _Own(threading.local):
    """A thread's own packers: they may not be shared."""

    def __init__(self) -> None:
        self.packers: dict[int, zstandard.ZstdCompressor] = {}
        self.unpackers: dict[int, zstandard.ZstdDecompressor] = {}


class DataKey:
    """One data key, unwrapped; safe to use from several threads."""

    def __init__(self, number: int, material: bytes, dictionaries: Mapping[int, Dictionary] | None = None) -> None:
        """Take the key's number in its account, and the dictionaries that were learned under it, the last one used."""
        self.number = number
        self._frames, self._documents = _cipher(material, "journal"), _cipher(material, "documents")
        self._dictionaries = dict(dictionaries or {})
        self._last = max(self._dictionaries, default=0)
        self._own = _Own()

    @property
    def has_learned(self) -> bool:
        """Whether there is a dictionary."""
        return self._last > 0

    def seal_document(self, plain: bytes, about: bytes) -> bytes:
        """Give a document sealed; ``about`` (whose it is) has to be given again."""
        head = _HEAD.pack(SEALED, self.number, self._last, os.urandom(_NONCE_BYTES))
        packed = self._packer(self._last).compress(plain)
        return head + self._documents.encrypt(head[-_NONCE_BYTES:], packed, head[:-_NONCE_BYTES] + about)

    def unseal_document(self, sealed: bytes, about: bytes) -> bytes:
        """Give a document as it was.

        Raises: Unsealable when it was changed, or is somebody else's.
        """
        dictionary = _HEAD.unpack_from(sealed)[2] if len(sealed) >= _HEAD.size else 0
        head = sealed[: _HEAD.size]
        packed = _opened(self._documents, head[-_NONCE_BYTES:], sealed[_HEAD.size :], head[:-_NONCE_BYTES] + about)
        if dictionary and dictionary not in self._dictionaries:
            raise Unsealable(f"it was packed with dictionary {dictionary}, which is not kept")
        return self._unpacker(dictionary).decompress(packed)

    def seal_frame(self, plain: bytes, about: bytes) -> bytes:
        """Give the documents of one arrival sealed."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._frames.encrypt(nonce, plain, about)

    def unseal_frame(self, sealed: bytes, about: bytes) -> bytes:
        """Give the documents of an arrival as they were.

        Raises: Unsealable.
        """
        return _opened(self._frames, sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about)

    def _packer(self, dictionary: int) -> zstandard.ZstdCompressor:
        found = self._own.packers.get(dictionary)
        if found is None:
            known = self._dictionaries[dictionary].packed if dictionary else None
            found = zstandard.ZstdCompressor(level=_LEVEL, dict_data=known, write_checksum=False)
            self._own.packers[dictionary] = found
        return found

    def _unpacker(self, dictionary: int) -> zstandard.ZstdDecompressor:
        found = self._own.unpackers.get(dictionary)
        if found is None:
            known = self._dictionaries[dictionary].packed if dictionary else None
            found = self._own.unpackers[dictionary] = zstandard.ZstdDecompressor(dict_data=known)
        return found


def key_of(sealed: bytes) -> int:
    """Give the number of the data key that a document was sealed with; 0 when it is not sealed."""
    if sealed[:1] != SEALED:
        return 0
    return int.from_bytes(sealed[1:5], "little")


def _cipher(material: bytes, purpose: str) -> AESGCM:
    expand = HKDFExpand(algorithm=SHA256(), length=_KEY_BYTES, info=f"radiograph {purpose}".encode())
    return AESGCM(expand.derive(material))


def _opened(cipher: AESGCM, nonce: bytes, sealed: bytes, about: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, sealed, about)
    except (InvalidTag, ValueError):  # a nonce that is too short is a change too
        raise Unsealable("it was changed, or it is somebody else's") from None
