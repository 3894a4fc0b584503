"""The applied mark: what it says is true, and a torn one says 0."""

from __future__ import annotations

from pathlib import Path

import pytest

from radiograph.journal import AppliedMark


def read(path: Path) -> int:
    mark = AppliedMark(path)
    mark.close()
    return mark.sequence


def test_a_new_mark_is_0_and_one_that_was_set_is_read_back(tmp_path: Path) -> None:
    mark = AppliedMark(tmp_path / "applied")
    assert mark.sequence == 0
    mark.set(2**40 + 1)
    mark.close()
    assert read(tmp_path / "applied") == 2**40 + 1


@pytest.mark.parametrize("bit", range(12 * 8))
def test_a_mark_with_a_flipped_bit_is_0(tmp_path: Path, bit: int) -> None:
    path = tmp_path / "applied"
    mark = AppliedMark(path)
    mark.set(123_456)
    mark.close()
    torn = bytearray(path.read_bytes())
    torn[bit // 8] ^= 1 << bit % 8
    path.write_bytes(torn)
    assert read(path) == 0


@pytest.mark.parametrize("length", range(12))
def test_a_mark_cut_short_is_0(tmp_path: Path, length: int) -> None:
    path = tmp_path / "applied"
    mark = AppliedMark(path)
    mark.set(123_456)
    mark.close()
    path.write_bytes(path.read_bytes()[:length])
    assert read(path) == 0
