"""What is done to a chain is found, and told with its place."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from radiograph.audit import Place, verify
from radiograph.audit.chain import GENESIS, hash_of, make_line, write_mark
from radiograph.audit.record import encode_record
from radiograph.secrets import MasterKey
from tests.audit.trails import SEALER, Trails, record

COUNT = 9


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    """The files of a chain of nine records in several files, by name."""
    with tempfile.TemporaryDirectory() as directory:
        trails = Trails(Path(directory))
        files = trails.written(COUNT, file_bytes=1500)
        assert len(files) >= 3
        mark = files[0].with_name("mark")
        return {path.name: path.read_bytes() for path in (*files, mark)}


@contextmanager
def laid_out(files: dict[str, bytes]) -> Iterator[Trails]:
    with tempfile.TemporaryDirectory() as directory:
        trails = Trails(Path(directory))
        place = Path(directory) / "audit" / "back"
        place.mkdir(parents=True)
        for name, data in files.items():
            (place / name).write_bytes(data)
        yield trails


def lines(whole: dict[str, bytes]) -> list[tuple[str, bytes]]:
    return [(name, line) for name in sorted(whole) if name != "mark" for line in whole[name].splitlines(keepends=True)]


def put_together(lined: list[tuple[str, bytes]], whole: dict[str, bytes]) -> dict[str, bytes]:
    files = dict.fromkeys(whole, b"") | {"mark": whole["mark"]}
    for name, line in lined:
        files[name] += line
    return files


def test_a_chain_that_nobody_touched_holds(whole: dict[str, bytes]) -> None:
    with laid_out(whole) as trails:
        report = trails.report()
        assert (report.records, report.first, report.last) == (COUNT, 1, COUNT)
        assert report.findings == []


@given(data=st.data())
def test_a_byte_changed_anywhere_is_found_at_its_record(whole: dict[str, bytes], data: st.DataObject) -> None:
    lined = lines(whole)
    at = data.draw(st.integers(0, len(lined) - 1))
    name, line = lined[at]
    position = data.draw(st.integers(0, len(line) - 2))
    byte = data.draw(st.integers(1, 255).map(lambda flip: line[position] ^ flip))
    assume(byte != ord("\n"))  # that makes two lines, below
    lined[at] = (name, line[:position] + bytes([byte]) + line[position + 1 :])
    with laid_out(put_together(lined, whole)) as trails:
        findings = trails.report().findings
        assert findings
        within = [other for other, _ in lined[: at + 1]].count(name)
        assert (name, within) in {(one.file, one.line) for one in findings}, "the place is told"


@given(data=st.data())
def test_without_the_master_key_a_change_is_found_all_the_same(whole: dict[str, bytes], data: st.DataObject) -> None:
    lined = lines(whole)
    at = data.draw(st.integers(0, len(lined) - 1))
    name, line = lined[at]
    lined[at] = (name, line.replace(b'"userName":"alice"', b'"userName":"bobby"'))
    with laid_out(put_together(lined, whole)) as trails:
        assert trails.faults(sealed=False) == [("changed", at + 1)]


@given(cut=st.sets(st.integers(1, COUNT), min_size=1, max_size=COUNT))
def test_records_cut_from_anywhere_are_missed(whole: dict[str, bytes], cut: set[int]) -> None:
    lined = [one for number, one in enumerate(lines(whole), 1) if number not in cut]
    with laid_out(put_together(lined, whole)) as trails:
        findings = trails.report().findings
        told = {number for one in findings for number in cut if str(number) in one.told}
        assert findings
        assert {min(cut), max(cut)} <= told | ({min(cut)} if min(cut) == 1 else set())


@given(swap=st.lists(st.integers(0, COUNT - 1), min_size=2, max_size=2, unique=True))
def test_records_that_change_places_are_found(whole: dict[str, bytes], swap: list[int]) -> None:
    lined = lines(whole)
    one, other = swap
    lined[one], lined[other] = (lined[one][0], lined[other][1]), (lined[other][0], lined[one][1])
    with laid_out(put_together(lined, whole)) as trails:
        assert "out of order" in {fault for fault, _ in trails.faults()}


def test_a_record_that_stands_behind_its_successor_is_told_once(whole: dict[str, bytes]) -> None:
    lined = lines(whole)
    lined[3], lined[4] = (lined[3][0], lined[4][1]), (lined[4][0], lined[3][1])
    with laid_out(put_together(lined, whole)) as trails:
        assert trails.faults() == [("out of order", 4)]


def test_a_record_that_is_there_twice_is_found(whole: dict[str, bytes]) -> None:
    lined = lines(whole)
    lined.insert(5, lined[4])
    with laid_out(put_together(lined, whole)) as trails:
        assert trails.faults() == [("out of order", 5)]


def test_a_whole_file_that_is_gone_is_missed(whole: dict[str, bytes]) -> None:
    names = sorted(name for name in whole if name != "mark")
    middle = {name: data for name, data in whole.items() if name != names[1]}
    with laid_out(middle) as trails:
        assert [fault for fault, _ in trails.faults()] == ["missing"]
    last = {name: data for name, data in whole.items() if name != names[-1]}
    with laid_out(last) as trails:
        assert [fault for fault, _ in trails.faults()] == ["cut"]
    first = {name: data for name, data in whole.items() if name != names[0]}
    with laid_out(first) as trails:
        assert [fault for fault, _ in trails.faults()] == ["cut"]


def test_a_mark_that_is_gone_is_missed(whole: dict[str, bytes]) -> None:
    with laid_out({name: data for name, data in whole.items() if name != "mark"}) as trails:
        assert trails.faults() == [("cut", COUNT)]


def test_a_chain_made_with_another_key_does_not_pass_for_ours(whole: dict[str, bytes]) -> None:
    forger = MasterKey(b"f" * 32).sealer("audit")
    place, text = GENESIS, b""
    for n in range(3):
        line, place = make_line(place, encode_record(record(f"Forged{n}")), "back", forger)
        text += line + b"\n"
    files = {f"{1:020d}.jsonl": text, "mark": write_mark(place, "back", forger)}
    with laid_out(files) as trails:
        assert {fault for fault, _ in trails.faults()} == {"changed", "cut"}
        assert trails.faults(sealed=False) == [], "only the master key tells"


def test_records_of_one_chain_are_none_of_another(whole: dict[str, bytes]) -> None:
    line, place = make_line(GENESIS, encode_record(record()), "front", SEALER)
    with laid_out({f"{1:020d}.jsonl": line + b"\n", "mark": write_mark(place, "back", SEALER)}) as trails:
        assert ("changed", 1) in trails.faults()


def test_an_end_that_was_noted_shows_a_chain_that_was_taken_back(whole: dict[str, bytes]) -> None:
    """Whoever has the master key as well can take files and mark back together; a note elsewhere cannot be."""
    shortened = put_together(lines(whole)[:4], whole)
    last = lines(whole)[3][1].rstrip(b"\n")
    shortened["mark"] = write_mark(Place(4, hash_of(last)), "back", SEALER)
    noted = Place(COUNT, hash_of(lines(whole)[-1][1].rstrip(b"\n")))
    with laid_out(shortened) as trails:
        assert trails.faults() == []
        (report,) = verify(trails.data, SEALER, {"back": noted})
        assert [(one.fault, one.sequence) for one in report.findings] == [("cut", 5)]
    with laid_out(whole) as trails:
        (report,) = verify(trails.data, SEALER, {"back": noted})
        assert report.findings == []
