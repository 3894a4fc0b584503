"""A flood of warnings is told once in a while, with how many there were."""

from __future__ import annotations

import logging

import pytest

from radiograph.telemetry import Seldom, log


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    monkeypatch.setattr(log, "propagate", True)
    caplog.set_level(logging.WARNING, "radiograph")
    return caplog


def test_the_second_warning_of_a_kind_waits_and_another_kind_does_not(lines: pytest.LogCaptureFixture) -> None:
    seldom = Seldom(every_s=3600)
    for _ in range(100):
        seldom.warning("header", "a bad header")
    seldom.warning("overload", "too many")
    assert lines.messages == ["a bad header", "too many"]


def test_what_was_left_out_is_counted_with_the_next_one(lines: pytest.LogCaptureFixture) -> None:
    seldom = Seldom(every_s=3600)
    for _ in range(5):
        seldom.warning("header", "a bad header")
    seldom._every_s = 0
    seldom.warning("header", "another")
    assert lines.messages == ["a bad header", "another (4 more like it before)"]
