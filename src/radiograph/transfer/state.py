"""How far a pull has come, in a file: what was taken is written down once the target has acknowledged it.

The file has a line for each thing that happened. It is written anew, whole and at once, when a stretch of time is done;
a last line that breaks off is what a process was writing when it died.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec

__all__ = ["PullState", "StateUnusable", "Stretch"]

_VERSION = 1


class StateUnusable(Exception):
    """The file is another pull's, or none; the message says which and what to do."""


class Stretch(msgspec.Struct, frozen=True, order=True):
    """Epoch seconds from ``start_s`` up to ``end_s``."""

    start_s: int
    end_s: int


class _Line(msgspec.Struct, omit_defaults=True):
    version: int = 0
    source: str = ""
    """Whose traces, and where to."""
    done: list[Stretch] = []
    taken: dict[str, str] = {}
    """Traces and what they looked like then."""
    again: dict[str, float] = {}
    """Traces that are to be asked for once more, and since when (epoch seconds)."""
    over: list[str] = []
    """Traces that are not to be asked for any more."""


_decode = msgspec.json.Decoder(_Line).decode
_encode = msgspec.json.Encoder().encode


class PullState:
    """What of a source has been taken. Safe to use from several threads; one process at a time."""

    def __init__(self, file: Path, source: str) -> None:
        """Open a state or begin one.

        Raises: StateUnusable, OSError.
        """
        self._path, self._source = file, source
        self._lock = threading.Lock()
        self.done: list[Stretch] = []
        self.taken: dict[str, str] = {}
        self.again: dict[str, float] = {}
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._guard = os.open(file.with_name(f"{file.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._guard)
            raise StateUnusable(f"another pull is going on with {file}; wait for it, or name another --state") from None
        try:
            self._read()
            self._file = self._anew()
        except BaseException:
            os.close(self._guard)
            raise

    def close(self) -> None:
        """Let another process have it."""
        self._file.close()
        os.close(self._guard)

    def forget(self) -> None:
        """Begin from nothing."""
        with self._lock:
            self.done, self.taken, self.again = [], {}, {}
            self._rewrite()

    def took(self, traces: dict[str, str]) -> None:
        """Note that these traces, as they looked, are acknowledged by the target."""
        with self._lock:
            self.taken |= traces
            self._add(_Line(taken=traces))

    def ask_again(self, traces: Iterable[str], now: float) -> None:
        """Note traces to ask for once more next time; those known keep the time since when."""
        with self._lock:
            new = {trace: now for trace in traces if trace not in self.again}
            if new:
                self.again |= new
                self._add(_Line(again=new))

    def settle(self, traces: Iterable[str]) -> None:
        """Note traces that need not be asked for any more."""
        with self._lock:
            over = [trace for trace in traces if self.again.pop(trace, None) is not None]
            if over:
                self._add(_Line(over=over))

    def finish(self, stretch: Stretch, seen: Iterable[str]) -> None:
        """Note that everything of a stretch is taken; the traces seen in it need not be told apart any more."""
        with self._lock:
            self.done = _merged([*self.done, stretch])
            for trace in seen:
                self.taken.pop(trace, None)
            self._rewrite()

    def missing(self, whole: Stretch) -> list[Stretch]:
        """Give what of a stretch is not done yet, the oldest first."""
        found: list[Stretch] = []
        at = whole.start_s
        for one in self.done:
            if one.start_s > at:
                found.append(Stretch(at, min(one.start_s, whole.end_s)))
            at = max(at, one.end_s)
        found.append(Stretch(at, whole.end_s))
        return [one for one in found if one.start_s < one.end_s]

    def _add(self, line: _Line) -> None:
        self._file.write(_encode(line) + b"\n")
        self._file.flush()

    def _rewrite(self) -> None:
        self._file.close()
        self._file = self._anew()

    def _anew(self) -> BinaryIO:
        whole = _Line(_VERSION, self._source, self.done, self.taken, self.again)
        beside = self._path.with_name(f"{self._path.name}.new")
        with beside.open("wb") as file:
            file.write(_encode(whole) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
        return self._path.open("ab")

    def _read(self) -> None:
        try:
            lines = self._path.read_bytes().splitlines()
        except FileNotFoundError:
            return
        for number, text in enumerate(lines):
            try:
                line = _decode(text)
            except (msgspec.MsgspecError, UnicodeError) as error:
                if number and number == len(lines) - 1:
                    return
                raise StateUnusable(
                    f"{self._path}, line {number + 1}, is no state of a pull: {error}; name another file with --state"
                ) from None
            if not number and (line.version, line.source) != (_VERSION, self._source):
                raise StateUnusable(
                    f"{self._path} is the state of {line.source or 'something else'}, not of {self._source}; "
                    "name another file with --state, or delete it"
                )
            self.done = _merged([*self.done, *line.done])
            self.taken |= line.taken
            self.again |= line.again
            for trace in line.over:
                self.again.pop(trace, None)


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for one in sorted(stretches):
        if found and one.start_s <= found[-1].end_s:
            found[-1] = Stretch(found[-1].start_s, max(found[-1].end_s, one.end_s))
        else:
            found.append(one)
    return found
