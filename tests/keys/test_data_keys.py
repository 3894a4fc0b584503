"""What a data key seals comes back as it was, to whom it belongs, and to nobody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.data_keys import SEALED, DataKey, Dictionary, key_of
from radiograph.secrets import Unsealable

PLAIN = DataKey(7, b"k" * 32)
LEARNED = DataKey(7, b"k" * 32, {3: Dictionary(3, b'{"trace_id":"1-","name":"checkout","http":{"request":{' * 9)})
KEYS = st.sampled_from([PLAIN, LEARNED])
JSON = st.text(max_size=300).map(lambda text: b'{"name":"' + text.encode() + b'"}') | st.binary(max_size=300)


@given(KEYS, JSON, st.binary(max_size=80))
def test_a_document_comes_back_as_it_was(key: DataKey, plain: bytes, about: bytes) -> None:
    sealed = key.seal_document(plain, about)
    assert key_of(sealed) == 7
    assert key.unseal_document(sealed, about) == plain


@given(JSON, st.binary(max_size=40))
def test_an_arrival_comes_back_as_it_was(plain: bytes, about: bytes) -> None:
    assert PLAIN.unseal_frame(PLAIN.seal_frame(plain, about), about) == plain


@given(KEYS, JSON, st.data())
def test_a_document_with_any_one_bit_flipped_does_not(key: DataKey, plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(key.seal_document(plain, b"about"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unsealable):
        key.unseal_document(bytes(sealed), b"about")


@given(KEYS, JSON, st.data())
def test_a_document_cut_short_does_not(key: DataKey, plain: bytes, data: st.DataObject) -> None:
    sealed = key.seal_document(plain, b"about")
    with pytest.raises(Unsealable):
        key.unseal_document(sealed[: data.draw(st.integers(0, len(sealed) - 1))], b"about")


@given(st.binary(max_size=100))
def test_what_was_never_sealed_does_not(data: bytes) -> None:
    with pytest.raises(Unsealable):
        PLAIN.unseal_document(SEALED + data, b"")
    with pytest.raises(Unsealable):
        PLAIN.unseal_frame(data, b"")


def test_what_is_about_another_document_does_not() -> None:
    with pytest.raises(Unsealable):
        PLAIN.unseal_document(PLAIN.seal_document(b"{}", b"account 1"), b"account 2")


def test_another_key_and_another_purpose_do_not_open_it() -> None:
    sealed = PLAIN.seal_document(b"{}", b"")
    with pytest.raises(Unsealable):
        DataKey(7, b"l" * 32).unseal_document(sealed, b"")
    with pytest.raises(Unsealable):
        PLAIN.unseal_frame(sealed[9:], sealed[:9])


def test_what_was_packed_before_there_was_a_dictionary_can_be_read_after_it() -> None:
    assert LEARNED.unseal_document(PLAIN.seal_document(b'{"a":1}', b""), b"") == b'{"a":1}'
    with pytest.raises(Unsealable, match="dictionary 3"):
        PLAIN.unseal_document(LEARNED.seal_document(b'{"a":1}', b""), b"")


def test_no_nonce_comes_twice() -> None:
    assert len({PLAIN.seal_document(b"", b"")[9:21] for _ in range(20_000)}) == 20_000
    assert len({PLAIN.seal_frame(b"", b"")[:12] for _ in range(20_000)}) == 20_000


@given(st.binary(max_size=30))
def test_json_is_never_taken_for_sealed(data: bytes) -> None:
    assert key_of(b"{" + data) == key_of(b" " + data) == key_of(b"") == 0
