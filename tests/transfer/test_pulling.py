"""A pull: every trace once, oldest first, whatever interrupts it, and later only what is new."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radiograph.model.segments import UnprocessedTraceSegment
from radiograph.transfer import Pulling, PullState, SourceFailed, Stopped, Stretch, Tally, pull
from radiograph.transfer.aws import Found, Told

NOW_S = 1_700_000_000
DAY_S = 86_400
HOUR_S = 3600


class Remembered:
    """A source in memory. Traces have an id, a start, one document for each version."""

    name = "memory"

    def __init__(self, *starts_s: int) -> None:
        self.starts_s: dict[str, int] = {}
        self.versions: Counter[str] = Counter()
        self.partial: set[str] = set()
        self.withheld: dict[str, int] = {}
        """How often a trace is still not given."""
        self.windows: list[tuple[int, int]] = []
        self.fails_at: int | None = None
        """The number of the call that fails."""
        self.calls = 0
        self._lock = threading.Lock()
        for start_s in starts_s:
            self.add(start_s)

    def add(self, start_s: int) -> str:
        trace_id = f"1-{start_s:08x}-{len(self.starts_s):024x}"
        self.starts_s[trace_id] = start_s
        return trace_id

    def found(self, start_s: int, end_s: int, expression: str | None) -> Iterator[list[Found]]:
        self.windows.append((start_s, end_s))
        inside = [one for one, at_s in self.starts_s.items() if start_s <= at_s < end_s]
        inside.sort(key=lambda one: self.starts_s[one], reverse=True)
        for place in range(0, len(inside), 7):
            self._call()
            yield [Found(one, str(self.versions[one]), one in self.partial) for one in inside[place : place + 7]]

    def traces(self, trace_ids: list[str]) -> Told:
        self._call()
        assert len(trace_ids) <= 5
        told = Told({}, [])
        for one in trace_ids:
            with self._lock:
                if self.withheld.get(one, 0) > 0:
                    self.withheld[one] -= 1
                    told.withheld.append(one)
                    continue
            told.documents[one] = [self.document(one)]
        return told

    def document(self, trace_id: str) -> str:
        state = {"in_progress": True} if trace_id in self.partial else {"end_time": 1}
        return json.dumps({"trace_id": trace_id, "version": self.versions[trace_id], **state})

    def _call(self) -> None:
        with self._lock:
            self.calls += 1
            if self.fails_at is not None and self.calls >= self.fails_at:
                raise SourceFailed("the source is tired")


class Target:
    """Takes every document, and fails when it is told to."""

    def __init__(self) -> None:
        self.documents: list[str] = []
        self._lock = threading.Lock()

    def put(self, documents: list[str]) -> list[UnprocessedTraceSegment]:
        with self._lock:
            self.documents += documents
        return []

    def traces(self) -> Counter[str]:
        return Counter(json.loads(one)["trace_id"] for one in self.documents)


class Run:
    """One pull after another with the same state."""

    def __init__(self, source: Any, state: Path) -> None:
        self.source, self.target, self._file = source, Target(), state

    def __call__(self, now_s: int = NOW_S, since_s: int = 30 * DAY_S, stop_after: int = 10**9) -> Pulling:
        asked = 0

        def wait(seconds: float) -> bool:
            nonlocal asked
            asked += 1
            return asked > stop_after

        state = PullState(self._file, "memory")
        try:
            pulling = Pulling(self.source, self.target, state, Tally(), wait)  # type: ignore[arg-type]
            pull(pulling, Stretch(now_s - since_s, now_s + 1), float(now_s), None, lambda: None)
        finally:
            state.close()
        return pulling


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pull.jsonl"


def test_every_trace_is_taken_once(file: Path) -> None:
    source = Remembered(*range(NOW_S - 3 * DAY_S, NOW_S, 1777))
    run = Run(source, file)
    pulling = run()
    assert run.target.traces() == Counter(list(source.starts_s))
    assert pulling.traces == len(source.starts_s)
    assert pulling.tally.taken["documents"] == len(source.starts_s)


def test_windows_are_of_six_hours_at_most_oldest_first_and_meet(file: Path) -> None:
    source = Remembered(*range(NOW_S - 9 * DAY_S, NOW_S, 5000))
    Run(source, file)()
    assert source.windows[0][0] == NOW_S - 30 * DAY_S
    assert source.windows[-1][1] == NOW_S + 1
    for (start_s, end_s), following in zip(source.windows, [*source.windows[1:], (NOW_S + 1, 0)], strict=True):
        assert 0 < end_s - start_s <= 6 * HOUR_S
        assert following[0] == end_s


def test_the_next_pull_takes_only_what_is_new(file: Path) -> None:
    source = Remembered(*range(NOW_S - DAY_S, NOW_S, 60))
    run = Run(source, file)
    run()
    before = len(run.target.documents)
    new = [source.add(NOW_S + 5), source.add(NOW_S + 100)]
    source.windows.clear()
    assert run(NOW_S + 600).traces == 2
    assert [json.loads(one)["trace_id"] for one in run.target.documents[before:]] == new[::-1]
    assert source.windows[0][0] == NOW_S - 900


def test_a_trace_of_the_last_minutes_that_has_changed_is_taken_again(file: Path) -> None:
    source = Remembered(NOW_S - 3000, NOW_S - 300, NOW_S - 200)
    run = Run(source, file)
    run()
    old, young, same = source.starts_s
    source.versions.update([old, young])
    run(NOW_S + 60)
    assert run.target.traces() == {old: 1, young: 2, same: 1}
    run(NOW_S + 120)
    assert run.target.traces() == {old: 1, young: 2, same: 1}


def test_traces_of_a_stretch_that_is_done_need_not_be_remembered(file: Path) -> None:
    source = Remembered(*range(NOW_S - DAY_S, NOW_S - 60, 600), NOW_S - 60)
    state = Run(source, file)().state
    assert state.taken.keys() == {one for one, start_s in source.starts_s.items() if start_s >= NOW_S - 900}


def test_an_incomplete_trace_is_taken_again_until_it_is_complete(file: Path) -> None:
    source = Remembered(NOW_S - DAY_S)
    (trace,) = source.starts_s
    source.partial.add(trace)
    run = Run(source, file)
    assert list(run().state.again) == [trace]
    assert list(run(NOW_S + 60).state.again) == [trace]
    source.partial.clear()
    source.versions[trace] += 1
    assert run(NOW_S + 120).state.again == {}
    assert run(NOW_S + 180).traces == 0
    assert json.loads(run.target.documents[-1]) == json.loads(source.document(trace))
    assert len(run.target.documents) == 3


def test_a_trace_that_stays_incomplete_is_let_be_after_a_week(file: Path) -> None:
    source = Remembered(NOW_S - DAY_S)
    source.partial.update(source.starts_s)
    run = Run(source, file)
    run()
    assert run(NOW_S + 8 * DAY_S).state.again == {}
    assert len(run.target.documents) == 1


def test_a_trace_that_is_withheld_is_asked_for_again_at_once_and_the_next_time(file: Path) -> None:
    source = Remembered(NOW_S - 2 * DAY_S, NOW_S - DAY_S)
    soon, late = source.starts_s
    source.withheld = {soon: 2, late: 5}
    run = Run(source, file)
    assert list(run().state.again) == [late]
    assert run.target.traces() == {soon: 1}
    assert run(NOW_S + 60).state.again == {}
    assert run.target.traces() == {soon: 1, late: 1}


def test_an_earlier_beginning_takes_only_what_is_earlier(file: Path) -> None:
    source = Remembered(*range(NOW_S - 4 * DAY_S, NOW_S, 1000))
    run = Run(source, file)
    run(since_s=DAY_S)
    run(since_s=4 * DAY_S)
    assert run.target.traces() == Counter(list(source.starts_s))


def test_inferred_segments_are_left_out(file: Path) -> None:
    source = Remembered(NOW_S - DAY_S)
    source.document = lambda trace_id: '{"inferred":true}'  # type: ignore[method-assign]
    run = Run(source, file)
    assert run().tally.left_out == {"inferred segments": 1}
    assert run.target.documents == []


@settings(max_examples=60)
@given(
    st.lists(st.integers(0, 20 * HOUR_S), min_size=1, max_size=60),
    st.lists(st.tuples(st.booleans(), st.integers(1, 25)), max_size=6),
)
def test_whatever_interrupts_it_everything_is_taken_and_what_was_acknowledged_not_twice(
    tmp_path_factory: pytest.TempPathFactory, ages_s: list[int], interruptions: list[tuple[bool, int]]
) -> None:
    source = Remembered(*(NOW_S - age_s for age_s in ages_s))
    run = Run(source, tmp_path_factory.mktemp("pull") / "pull.jsonl")
    for is_failure, after in interruptions:
        if is_failure:
            source.calls, source.fails_at = 0, after
            with suppress(SourceFailed):
                run(since_s=DAY_S)
            source.fails_at = None
        else:
            with suppress(Stopped):
                run(since_s=DAY_S, stop_after=after)
    run(since_s=DAY_S)
    assert run.target.traces() == Counter(list(source.starts_s))


@pytest.mark.parametrize("killed_after", [1, 3, 10])
def test_a_process_that_dies_loses_nothing_and_repeats_only_what_was_under_way(file: Path, killed_after: int) -> None:
    source = Remembered(*range(NOW_S - DAY_S, NOW_S, 700))
    run = Run(source, file)
    lines: list[bytes] = []
    noted = PullState.took

    class Dies(PullState):
        def took(self, traces: dict[str, str]) -> None:
            noted(self, traces)
            lines.append(file.read_bytes())

    state = Dies(file, "memory")
    pulling = Pulling(source, run.target, state, Tally(), lambda _: len(lines) >= killed_after)  # type: ignore[arg-type]
    with pytest.raises(Stopped):
        pull(pulling, Stretch(NOW_S - 2 * DAY_S, NOW_S), float(NOW_S), None, lambda: None)
    state.close()
    file.write_bytes(lines[killed_after - 1])  # as it was at that moment
    run()
    sent = run.target.traces()
    assert sent.keys() == source.starts_s.keys()
    assert sum(sent.values()) - len(sent) <= 5 * 9, "as many as may be under way"
