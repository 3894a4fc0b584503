"""Every parser bears some thousand changed inputs; the command bears millions."""

from __future__ import annotations

import os
import random

import pytest

from radiograph.segments.otel import json_spans
from tests.fuzz.parsers import Parser, fuzz, parsers

PARSERS = parsers()


@pytest.mark.parametrize("name", PARSERS)
def test_a_parser_answers_or_refuses_whatever_it_is_fed(name: str) -> None:
    seed = int(os.environ.get("FUZZ_SEED", str(random.randrange(2**32))))
    assert fuzz(name, PARSERS[name], 1000, seed) == 0, f"seed {seed}"


def test_a_parser_that_raises_something_else_is_found_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz("broken", Parser(lambda text: text.decode("ascii"), (), [b"\xff"]), 10, 1) > 0
    assert "UnicodeDecodeError" in capsys.readouterr().out


def test_a_span_with_a_name_that_is_no_text_is_refused_alone() -> None:
    good = (
        b'{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"a","startTimeUnixNano":"1"}'
    )
    told = json_spans(b'{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"\xcb"},' + good + b"]}]}]}")
    assert (len(told.refused), len(told.spans)) == (1, 1)
