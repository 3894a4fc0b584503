"""The master key, and what is sealed with it: AES-256-GCM, so that nothing sealed can be read or changed without it.

What is sealed says which master key it needs and, by the ``about`` that has to be given again, what it is: a secret of
one access key cannot be put in the place of another's.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import shlex
import stat
import subprocess
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

__all__ = ["KeyFileError", "MasterKey", "Sealer", "Unsealable", "open_master_key"]

_FILE, _VARIABLE, _COMMAND = "master.key", "RADIOGRAPH_MASTER_KEY", "--master-key-command"
_PATIENCE_S = 30.0
_KEY_BYTES = 32
_FORM = b"\x01"
_NAME_BYTES = 4
_NONCE_BYTES = 12
_HEAD_BYTES = len(_FORM) + _NAME_BYTES + _NONCE_BYTES


class KeyFileError(OSError):
    """The master key cannot be used; the message says why, and what is accepted."""


class Unsealable(Exception):
    """Not sealed with this key, or not about this, or changed since."""


class Sealer:
    """Seals for one purpose, with a key of its own that follows from the master key."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._name = hashlib.sha256(key).digest()[:_NAME_BYTES]

    def seal(self, plain: bytes, about: bytes) -> bytes:
        """Give ``plain`` sealed. The nonce is random: a purpose may have 2³² things sealed, no more."""
        nonce = os.urandom(_NONCE_BYTES)
        return _FORM + self._name + nonce + self._cipher.encrypt(nonce, plain, _FORM + self._name + about)

    def unseal(self, sealed: bytes, about: bytes) -> bytes:
        """Give what was sealed about this.

        Raises: Unsealable.
        """
        if len(sealed) < _HEAD_BYTES or sealed[:1] != _FORM:
            raise Unsealable("it was not sealed here")
        if sealed[1 : 1 + _NAME_BYTES] != self._name:
            raise Unsealable("it was sealed with another master key; the server needs that one to read it")
        nonce = sealed[1 + _NAME_BYTES : _HEAD_BYTES]
        try:
            return self._cipher.decrypt(nonce, sealed[_HEAD_BYTES:], _FORM + self._name + about)
        except InvalidTag:
            raise Unsealable("it was changed, or it is about something else") from None


class MasterKey:
    """The one key from which all others follow; it is in no file but one that only its owner reads."""

    def __init__(self, key: bytes) -> None:
        if len(key) != _KEY_BYTES:
            raise KeyFileError(f"the master key has {len(key)} bytes; {_KEY_BYTES} are accepted")
        self._key = key

    def sealer(self, purpose: str) -> Sealer:
        """Give what seals for a purpose; the same one for the same purpose, after a restart too."""
        expand = HKDFExpand(algorithm=SHA256(), length=_KEY_BYTES, info=f"radiograph {purpose}".encode())
        return Sealer(expand.derive(self._key))


def open_master_key(
    directory: Path, given: str | None = None, command: str = "", patience_s: float = _PATIENCE_S
) -> MasterKey:
    """Give the master key: what a command prints, or the one given, or else the directory's, made when there is none.

    ``given`` is ``RADIOGRAPH_MASTER_KEY``. A command is run without a shell, and may take 30 seconds.

    Raises: KeyFileError for a key that is none, a command that fails, or a file that others can read.
    """
    if command and given is not None:
        raise KeyFileError(f"both {_COMMAND} and {_VARIABLE} are given; one of them is accepted")
    if command:
        return MasterKey(_decoded(_printed(command, patience_s), f"what {_COMMAND} printed"))
    if given is not None:
        return MasterKey(_decoded(given, _VARIABLE))
    path = directory / _FILE
    if not path.exists():
        _make(path)
    found = path.stat()
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFileError(
            f"{path} can be read by others (mode {stat.S_IMODE(found.st_mode):04o}); make it 0600, and think of "
            "what was sealed with it as read"
        )
    return MasterKey(_decoded(path.read_text(), str(path)))


def _make(path: Path) -> None:
    """Make a key file that is there whole or not at all, whoever else is making one."""
    descriptor, name = tempfile.mkstemp(".part", f"{path.name}.", path.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(os.urandom(_KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)
        except FileExistsError:
            return  # another process was quicker: its key is the one
    finally:
        part.unlink()
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _printed(command: str, patience_s: float) -> str:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise KeyFileError(f"{_COMMAND} cannot be read: {error}; a program and its arguments are accepted") from error
    if not words:
        raise KeyFileError(f"{_COMMAND} names no program; a program and its arguments are accepted")
    try:
        ran = subprocess.run(  # noqa: S603 - the operator's own words, without a shell
            words, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=patience_s
        )
    except subprocess.TimeoutExpired:
        raise KeyFileError(f"{_COMMAND} ({words[0]}) printed no key within {patience_s:g} s") from None
    except OSError as error:
        raise KeyFileError(f"{_COMMAND} ({words[0]}) cannot be run: {error.strerror}") from error
    if ran.returncode:
        said = ran.stderr.strip().splitlines()
        raise KeyFileError(f"{_COMMAND} ({words[0]}) ended with {ran.returncode}: {said[-1][:200] if said else ''}")
    return ran.stdout


def _decoded(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise KeyFileError(f"{where} is no master key; {_KEY_BYTES} bytes in base64 are accepted")
    return key
