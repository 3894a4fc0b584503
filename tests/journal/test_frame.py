"""A frame comes back as it went in, or not at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from radiograph.journal.frame import HEADER_BYTES, decode_frame, encode_frame, frame_bytes

documents = st.lists(st.binary(max_size=200), max_size=20)


@given(
    first=st.integers(1, 2**63),
    received=st.floats(0, 4e9),
    account=st.text("0123456789", min_size=12, max_size=12),
    documents=documents,
    before=st.binary(max_size=20),
    behind=st.binary(max_size=20),
)
def test_a_frame_comes_back_whatever_stands_around_it(
    first: int, received: float, account: str, documents: list[bytes], before: bytes, behind: bytes
) -> None:
    frame = encode_frame(first, received, account, documents)
    assert len(frame) == frame_bytes(documents)
    found = decode_frame(before + frame + behind, len(before))
    assert found == (first, received, account, len(documents), documents, len(before) + len(frame), None)


@given(documents=documents, data=st.data())
def test_a_frame_with_any_one_bit_flipped_is_none(documents: list[bytes], data: st.DataObject) -> None:
    frame = bytearray(encode_frame(7, 1_795_000_000.5, "000000000000", documents))
    bit = data.draw(st.integers(0, len(frame) * 8 - 1))
    frame[bit // 8] ^= 1 << bit % 8
    assert decode_frame(bytes(frame) + bytes(64), 0) is None


@given(documents=documents, data=st.data())
def test_a_frame_cut_short_anywhere_is_none(documents: list[bytes], data: st.DataObject) -> None:
    frame = encode_frame(7, 1_795_000_000.5, "000000000000", documents)
    cut = data.draw(st.integers(0, len(frame) - 1))
    assert decode_frame(frame[:cut], 0) is None
    assert decode_frame(frame[:cut] + bytes(len(frame) - cut) + bytes(8), 0) is None or not any(frame[cut:])


@given(st.binary(max_size=200), st.integers(0, 220))
def test_arbitrary_bytes_are_no_frame_and_no_fault(data: bytes, offset: int) -> None:
    assert decode_frame(data, offset) is None or data[offset : offset + 3] == b"RGJ"


def test_zeros_are_no_frame() -> None:
    assert decode_frame(bytes(4096), 0) is None
    assert HEADER_BYTES == 44
