"""How far a pull has come: what is written down survives, whatever ends the process."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.transfer.state import PullState, StateUnusable, Stretch


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "below" / "pull.jsonl"


def test_what_was_noted_is_there_again(file: Path) -> None:
    state = PullState(file, "a to b")
    state.took({"one": "1", "two": "1"})
    state.ask_again(["two"], now=100.0)
    state.finish(Stretch(0, 50), ["one"])
    state.took({"two": "2"})
    state.close()
    again = PullState(file, "a to b")
    assert (again.taken, again.again, again.done) == ({"two": "2"}, {"two": 100.0}, [Stretch(0, 50)])
    again.close()


def test_what_was_noted_is_there_though_nobody_closed_it(file: Path) -> None:
    state = PullState(file, "a to b")
    state.took({"one": "1"})
    state.ask_again(["two", "three"], now=100.0)
    state.settle(["three", "unknown"])
    copy = file.with_name("copy.jsonl")
    copy.write_bytes(file.read_bytes())
    again = PullState(copy, "a to b")
    assert (again.taken, again.again) == ({"one": "1"}, {"two": 100.0})
    again.close()
    state.close()


def test_a_last_line_that_breaks_off_is_as_if_it_had_not_been_begun(file: Path) -> None:
    state = PullState(file, "a to b")
    state.took({"one": "1"})
    state.took({"two": "1"})
    state.close()
    file.write_bytes(file.read_bytes()[:-5])
    again = PullState(file, "a to b")
    assert again.taken == {"one": "1"}
    again.took({"three": "1"})
    again.close()
    third = PullState(file, "a to b")
    assert third.taken == {"one": "1", "three": "1"}
    third.close()


def test_since_when_a_trace_is_to_be_asked_for_again_stays(file: Path) -> None:
    state = PullState(file, "a to b")
    state.ask_again(["one"], now=100.0)
    state.ask_again(["one"], now=200.0)
    assert state.again == {"one": 100.0}
    state.close()


def test_another_pull_s_state_is_not_used(file: Path) -> None:
    PullState(file, "a to b").close()
    with pytest.raises(StateUnusable, match="is the state of a to b, not of a to c; name another file with --state"):
        PullState(file, "a to c")


@pytest.mark.parametrize("content", [b"no state\n", b"{}\n", b'{"done":5}\n', b'{"version":1}\nbroken\n{}\n'])
def test_a_file_that_is_no_state_is_not_used_and_not_touched(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(StateUnusable, match="name another file with --state"):
        PullState(file, "")
    assert file.read_bytes() == content


def test_two_pulls_do_not_share_a_state(file: Path) -> None:
    state = PullState(file, "a to b")
    with pytest.raises(StateUnusable, match="another pull is going on"):
        PullState(file, "a to b")
    state.close()
    PullState(file, "a to b").close()


def test_forgetting_begins_from_nothing(file: Path) -> None:
    state = PullState(file, "a to b")
    state.took({"one": "1"})
    state.finish(Stretch(0, 5), [])
    state.forget()
    state.close()
    again = PullState(file, "a to b")
    assert (again.taken, again.done) == ({}, [])
    again.close()


STRETCHES = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda one: Stretch(one[0], one[0] + one[1]))


@given(st.lists(STRETCHES, max_size=8), STRETCHES)
def test_missing_is_what_is_not_done_oldest_first(
    tmp_path_factory: pytest.TempPathFactory, done: list[Stretch], whole: Stretch
) -> None:
    state = PullState(tmp_path_factory.mktemp("state") / "pull.jsonl", "a to b")
    for one in done:
        state.finish(one, [])
    seconds = {second for one in done for second in range(one.start_s, one.end_s)}
    missing = [second for one in state.missing(whole) for second in range(one.start_s, one.end_s)]
    state.close()
    assert missing == [second for second in range(whole.start_s, whole.end_s) if second not in seconds]
