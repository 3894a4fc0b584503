"""Log lines have the form of AWS's daemon, and one record is one line."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

from radiograph.config import ConfigError
from radiograph.daemon.relay import Settings
from radiograph.daemon.relay.log_lines import Lines, configure
from radiograph.telemetry import log

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d) \[(Trace|Debug|Info|Warn|Error)\] .*")


def line(level: int, message: str, *arguments: object) -> str:
    return Lines().format(logging.LogRecord("radiograph", level, "", 0, message, arguments, None))


@pytest.mark.parametrize(
    ("level", "name"), [(5, "Trace"), (10, "Debug"), (20, "Info"), (30, "Warn"), (40, "Error"), (50, "Error")]
)
def test_a_line_has_time_level_and_message(level: int, name: str) -> None:
    told = line(level, "Using region: %s", "eu-west-1")
    assert LINE.fullmatch(told)
    assert told.endswith(f"[{name}] Using region: eu-west-1")


def test_no_value_can_forge_a_second_line() -> None:
    told = line(30, "datagram dropped: %s", "x\n2026-01-01T00:00:00Z [Info] all is well\r\x1b[2J\u2028é")
    assert len(told.splitlines()) == 1
    assert "\\n2026" in told
    assert "\\x1b" in told
    assert told.endswith("é")


def test_an_exception_is_told_in_the_same_line() -> None:
    try:
        raise RuntimeError("it broke")
    except RuntimeError as error:
        record = logging.LogRecord("radiograph", 40, "", 0, "oh", (), (RuntimeError, error, error.__traceback__))
    told = Lines().format(record)
    assert "RuntimeError: it broke" in told
    assert len(told.splitlines()) == 1


@pytest.fixture
def restored() -> object:
    handlers, level, propagate, raises = log.handlers[:], log.level, log.propagate, logging.raiseExceptions
    yield None
    for handler in log.handlers:
        if handler not in handlers:
            handler.close()
    log.handlers[:], log.propagate, logging.raiseExceptions = handlers, propagate, raises
    log.setLevel(level)


@pytest.mark.parametrize(
    ("level", "told"),
    [("prod", {"info", "warning", "error"}), ("dev", {"debug", "info", "warning", "error"}), ("ERROR", {"error"})],
)
def test_lines_of_the_level_that_is_set_go_to_the_file_that_is_set(
    tmp_path: Path, restored: object, level: str, told: set[str]
) -> None:
    file = tmp_path / "logs" / "xray.log"
    configure(Settings(log_path=str(file), log_level=level))
    for name in ("debug", "info", "warning", "error"):
        getattr(log, name)("a line of %s", name)
    assert {one.rsplit(" ", 1)[1] for one in file.read_text().splitlines()} == told


@pytest.mark.parametrize(("rotation", "old"), [(True, 1), (False, 0)])
def test_the_file_rolls_at_50_mb_and_one_old_one_stays(
    tmp_path: Path, restored: object, rotation: bool, old: int
) -> None:
    file = tmp_path / "xray.log"
    configure(Settings(log_path=str(file), log_rotation=rotation))
    log.info("first")
    for _ in range(2):
        with file.open("ab") as grown:
            grown.truncate(50 << 20)
            grown.seek(50 << 20)
        log.handlers[0].stream.seek(0, 2)  # type: ignore[attr-defined]
        log.info("a line that does not fit")
    assert len(list(tmp_path.glob("xray.log.*"))) == old


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, restored: object) -> None:
    with pytest.raises(ConfigError, match=f"the log file {tmp_path} cannot be written"):
        configure(Settings(log_path=str(tmp_path)))
