"""The master key and what is sealed with it."""

from __future__ import annotations

import base64
import shlex
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.secrets import KeyFileError, MasterKey, Unsealable, open_master_key

SEALER = MasterKey(b"a" * 32).sealer("tests")


@given(st.binary(max_size=200), st.binary(max_size=20))
def test_what_was_sealed_comes_back(plain: bytes, about: bytes) -> None:
    assert SEALER.unseal(SEALER.seal(plain, about), about) == plain


@given(st.binary(min_size=1, max_size=50), st.integers(0, 10_000), st.integers(1, 255))
def test_what_was_changed_does_not(plain: bytes, at: int, flip: int) -> None:
    sealed = bytearray(SEALER.seal(plain, b"about"))
    sealed[at % len(sealed)] ^= flip
    with pytest.raises(Unsealable):
        SEALER.unseal(bytes(sealed), b"about")


@given(st.binary(max_size=60))
def test_what_was_never_sealed_does_not(data: bytes) -> None:
    with pytest.raises(Unsealable):
        SEALER.unseal(data, b"")


def test_what_is_about_something_else_does_not() -> None:
    sealed = SEALER.seal(b"secret", b"one key")
    with pytest.raises(Unsealable, match="something else"):
        SEALER.unseal(sealed, b"another key")


def test_another_master_key_says_so() -> None:
    sealed = SEALER.seal(b"secret", b"")
    with pytest.raises(Unsealable, match="another master key"):
        MasterKey(b"b" * 32).sealer("tests").unseal(sealed, b"")
    with pytest.raises(Unsealable, match="another master key"):
        MasterKey(b"a" * 32).sealer("other tests").unseal(sealed, b"")


def test_no_nonce_comes_twice() -> None:
    sealed = {SEALER.seal(b"", b"")[5:17] for _ in range(20_000)}
    assert len(sealed) == 20_000


def test_a_directory_has_its_key_from_the_first_start_on(tmp_path: Path) -> None:
    sealed = open_master_key(tmp_path).sealer("p").seal(b"secret", b"")
    path = tmp_path / "master.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["master.key"]
    assert open_master_key(tmp_path).sealer("p").unseal(sealed, b"") == b"secret"


def test_those_who_start_together_have_one_key(tmp_path: Path) -> None:
    sealed: list[bytes] = []
    together = threading.Barrier(8)

    def start() -> None:
        together.wait()
        sealed.append(open_master_key(tmp_path).sealer("p").seal(b"secret", b""))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sealer = open_master_key(tmp_path).sealer("p")
    assert [sealer.unseal(one, b"") for one in sealed] == [b"secret"] * 8


def test_a_key_that_is_given_goes_before_the_file(tmp_path: Path) -> None:
    given_key = base64.b64encode(b"g" * 32).decode()
    sealed = open_master_key(tmp_path, given_key).sealer("p").seal(b"secret", b"")
    assert list(tmp_path.iterdir()) == []
    assert MasterKey(b"g" * 32).sealer("p").unseal(sealed, b"") == b"secret"


def printing(text: str, code: int = 0) -> str:
    return shlex.join([sys.executable, "-c", f"import sys; print({text!r}); sys.exit({code})"])


def test_a_command_prints_the_key_and_no_file_is_made(tmp_path: Path) -> None:
    key = base64.b64encode(b"c" * 32).decode()
    sealed = open_master_key(tmp_path, command=printing(key)).sealer("p").seal(b"secret", b"")
    assert list(tmp_path.iterdir()) == []
    assert MasterKey(b"c" * 32).sealer("p").unseal(sealed, b"") == b"secret"


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (printing("short"), "printed is no master key; 32 bytes in base64"),
        (shlex.join([sys.executable, "-c", "import sys; sys.exit('no such key in the vault')"]), "no such key in the"),
        ("/no/such/program --decrypt", "/no/such/program.*No such file"),
        ("'unfinished", "cannot be read"),
        (" ", "names no program"),
        (shlex.join([sys.executable, "-c", "import threading; threading.Event().wait()"]), "no key within 0.2 s"),
    ],
)
def test_a_command_that_gives_no_key_says_why(tmp_path: Path, command: str, complaint: str) -> None:
    patience_s = 0.2 if "threading" in command else 30.0
    with pytest.raises(KeyFileError, match=complaint):
        open_master_key(tmp_path, command=command, patience_s=patience_s)
    assert list(tmp_path.iterdir()) == []


def test_a_command_and_a_key_are_one_too_many(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="one of them"):
        open_master_key(tmp_path, base64.b64encode(b"g" * 32).decode(), "anything")


@pytest.mark.parametrize("given_key", ["", "short", "A" * 43 + "!", base64.b64encode(b"x" * 31).decode()])
def test_a_key_that_is_none_is_refused(tmp_path: Path, given_key: str) -> None:
    with pytest.raises(KeyFileError, match="32 bytes in base64"):
        open_master_key(tmp_path, given_key)


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    open_master_key(tmp_path)
    (tmp_path / "master.key").chmod(0o640)
    with pytest.raises(KeyFileError, match="mode 0640"):
        open_master_key(tmp_path)


def test_a_file_that_is_no_key_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    path.write_text("")
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match=r"master\.key is no master key"):
        open_master_key(tmp_path)
    assert path.read_text() == ""
