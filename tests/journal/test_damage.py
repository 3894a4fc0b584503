"""A damaged journal gives no wrong record and no fault: a torn tail ends it, the middle is skipped and counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from radiograph.journal import Journal, JournalFiles, JournalReader
from radiograph.journal.frame import encode_frame
from radiograph.telemetry import Counters

from .conftest import ACCOUNT, SMALL, commit, read_all

ARRIVALS = [[b'{"n":1}', b'{"n":2}'], [b'{"n":3}'], [b'{"n":4}', b'{"n":5}', b'{"n":6}'], [b'{"n":7}']]
SENT = dict(enumerate((one for arrival in ARRIVALS for one in arrival), 1))
PADDING = 64


def small_file() -> tuple[bytes, list[int]]:
    """Give a whole journal file and where its frames end."""
    data, ends, first = b"", [], 1
    for arrival in ARRIVALS:
        data += encode_frame(first, 1_795_000_000.0, ACCOUNT, arrival)
        ends.append(len(data))
        first += len(arrival)
    return data + bytes(PADDING), ends


def found_in(directory: Path, data: bytes) -> tuple[dict[int, bytes], int]:
    """Give what is read of a journal of one file, and how many damages were counted."""
    directory.mkdir(exist_ok=True)
    (directory / f"{1:020d}.journal").write_bytes(data)
    counters = Counters()
    return {one.sequence: one.document for one in read_all(directory, 7, counters=counters)}, counters.get(
        "journal.damaged"
    )


def frame_of(position: int, ends: list[int]) -> int:
    return sum(end <= position for end in ends)


def sequences_of(frames: range) -> set[int]:
    firsts = [1, 3, 4, 7, 8]
    return {n for frame in frames for n in range(firsts[frame], firsts[frame + 1])}


def test_a_bit_flipped_anywhere_takes_its_own_frame_and_no_other(tmp_path: Path) -> None:
    whole, ends = small_file()
    for bit in range(len(whole) * 8):
        data = bytearray(whole)
        data[bit // 8] ^= 1 << bit % 8
        found, damaged = found_in(tmp_path, bytes(data))
        hit = frame_of(bit // 8, ends)
        lost = sequences_of(range(hit, hit + 1)) if hit < len(ends) else set()
        assert found == {n: document for n, document in SENT.items() if n not in lost}, f"bit {bit}"
        assert bool(damaged) == (hit < len(ends) - 1), f"bit {bit}: the middle is counted, a tail simply ends"


def test_a_file_cut_anywhere_ends_with_the_last_whole_frame(tmp_path: Path) -> None:
    whole, ends = small_file()
    for cut in range(len(whole) + 1):
        for tail in (b"", bytes(len(whole) - cut)):
            found, damaged = found_in(tmp_path, whole[:cut] + tail)
            kept = sequences_of(range(frame_of(cut, ends)))
            assert set(found) >= kept
            # Zeros may complete a frame whose own end is zeros; they never make another of it.
            assert found == {n: SENT[n] for n in found}
            assert tail or set(found) == kept, f"cut {cut}"
            assert damaged == 0


def test_garbage_of_any_length_between_frames_is_skipped(tmp_path: Path) -> None:
    whole, ends = small_file()
    for length in range(1, 120):
        garbage = (b"RGJ1" * length)[:length]
        found, damaged = found_in(tmp_path, whole[: ends[1]] + garbage + whole[ends[1] :])
        assert found == SENT
        assert damaged == 1


@pytest.mark.parametrize("cut", range(0, 260, 7))
def test_a_journal_goes_on_behind_a_torn_tail(tmp_path: Path, cut: int) -> None:
    whole, _ = small_file()
    found, _ = found_in(tmp_path / "journal", whole[:cut])
    journal = Journal(tmp_path / "journal", SMALL, Counters())
    try:
        assert journal.durable_sequence == max(found, default=0)
        commit(journal, [b"new"])
        after = {one.sequence: one.document for one in read_all(tmp_path / "journal", journal.durable_sequence)}
        assert after == found | {max(found, default=0) + 1: b"new"}
    finally:
        journal.close()


def test_what_lies_behind_a_damaged_tail_of_an_older_file_is_read(tmp_path: Path) -> None:
    whole, ends = small_file()
    directory = tmp_path / "journal"
    found_in(directory, whole[: ends[2] - 3] + bytes(3 + PADDING))
    (directory / f"{8:020d}.journal").write_bytes(encode_frame(8, 0.0, ACCOUNT, [b"eight"]))
    assert [one.sequence for one in read_all(directory, 8)] == [1, 2, 3, 8]


def test_what_was_read_before_a_file_that_cannot_be_opened_comes_again(tmp_path: Path) -> None:
    directory = tmp_path / "journal"
    directory.mkdir()
    (directory / f"{1:020d}.journal").write_bytes(encode_frame(1, 1_795_000_000.0, ACCOUNT, ARRIVALS[0]))
    second = directory / f"{3:020d}.journal"
    second.mkdir()  # in the place of a file that there are too few descriptors for
    reader = JournalReader(JournalFiles(directory, 0), 0, Counters())
    with pytest.raises(OSError, match=second.name):
        reader.read(3, 100, 1 << 20)
    second.rmdir()
    second.write_bytes(encode_frame(3, 1_795_000_000.0, ACCOUNT, ARRIVALS[1]))
    assert [one.document for one in reader.read(3, 100, 1 << 20)] == ARRIVALS[0] + ARRIVALS[1]
