"""The waterfall: documents to rows to lines of text, without a terminal."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from radiograph.cli import timeline
from radiograph.cli.timeline import Row
from radiograph.cli.waterfall import exceptions, waterfall
from radiograph.demo import Scenario
from radiograph.demo import trace as tell


def entity(name: str, number: int, start: float, end: float | None, **members: Any) -> dict[str, Any]:
    document = {"id": f"{number:016x}", "name": name, "start_time": 1000 + start, **members}
    return document | ({"in_progress": True} if end is None else {"end_time": 1000 + end})


def rows(*documents: dict[str, Any]) -> list[Row]:
    return timeline.rows(timeline.decode(json.dumps(document) for document in documents))


CALL = entity("stock.test", 2, 0.2, 0.8, namespace="remote", fault=True, http={"response": {"status": 503}})
SHOP = entity("shop", 1, 0.0, 1.0, origin="AWS::ECS::Container", subsegments=[CALL])
STOCK = entity("stock", 3, 0.3, 0.7, parent_id="2".zfill(16), fault=True)


def names(told: list[Row]) -> list[str]:
    return [row.branch + row.entity.name for row in told]


def test_a_segment_stands_under_the_call_that_caused_it() -> None:
    assert names(rows(STOCK, SHOP)) == ["shop", "└ stock.test", "  └ stock"]


def test_siblings_stand_in_the_order_of_time() -> None:
    late, early = entity("late", 4, 0.9, 1.0), entity("early", 5, 0.1, 0.2)
    assert names(rows(entity("shop", 1, 0, 1, subsegments=[late, early]))) == ["shop", "├ early", "└ late"]


def test_a_segment_whose_parent_is_not_here_is_a_root() -> None:
    assert names(rows(STOCK)) == ["stock"]


def test_a_segment_that_names_itself_as_parent_is_shown_once() -> None:
    assert names(rows(entity("odd", 1, 0, 1, parent_id="1".zfill(16)))) == ["odd"]


def test_a_very_deep_trace_is_shown_whole() -> None:
    chain = [entity("hop", n, n, n + 1, parent_id=f"{n - 1:016x}") for n in range(2, 3000)]
    assert len(rows(entity("root", 1, 0, 1), *chain)) == 2999


def test_bars_are_to_scale_and_end_where_the_trace_ends() -> None:
    lines = [line.plain for line in waterfall(rows(SHOP, STOCK), 80)]
    bars = [(line.index("█"), line.rindex("█") + 1) for line in lines]
    columns = bars[0][1] - bars[0][0]
    assert bars[0][1] == 80
    for (left, right), (start, end) in zip(bars, [(0, 1), (0.2, 0.8), (0.3, 0.7)], strict=True):
        assert (left - bars[0][0]) / columns == pytest.approx(start, abs=1.5 / columns)
        assert (right - bars[0][0]) / columns == pytest.approx(end, abs=1.5 / columns)


def test_a_line_says_status_http_status_and_duration() -> None:
    lines = [line.plain for line in waterfall(rows(SHOP), 100)]
    assert "shop ECS::Container" in lines[0]
    assert "✓" in lines[0]
    assert "1.00 s" in lines[0]
    assert "✗ 503    600 ms" in lines[1]


def test_inferred_and_running_entities_say_so() -> None:
    running = entity("worker", 6, 0.5, None)
    guess = entity("table", 7, 0.4, 0.5, inferred=True, parent_id="2".zfill(16))
    lines = [line.plain for line in waterfall(rows(SHOP, guess, running), 120)]
    assert any("table (inferred)" in line for line in lines)
    (line,) = [line for line in lines if "worker (in progress)" in line]
    assert "…" in line
    assert line.endswith("▒")


@pytest.mark.parametrize("width", [20, 40, 80, 133, 250])
@pytest.mark.parametrize("scenario", list(Scenario))
def test_no_line_is_wider_than_the_terminal(width: int, scenario: Scenario) -> None:
    rng = random.Random(1)
    for _ in range(30):
        emissions = tell(rng, 1_790_000_000.0, scenario)
        told = rows(*(e.document for e in emissions if "end_time" in e.document))
        assert told
        assert all(line.cell_len <= width for line in waterfall(told, width))


def test_wide_characters_keep_the_columns_straight() -> None:
    lines = waterfall(rows(entity("注文サービス", 1, 0, 1, subsegments=[entity("x", 2, 0, 1)])), 60)
    assert [line.cell_len for line in lines] == [60, 60]


def test_nothing_draws_nothing() -> None:
    assert waterfall([], 80) == []


def test_a_trace_that_took_no_time_has_bars_nevertheless() -> None:
    assert "█" in waterfall(rows(entity("blink", 1, 0, 0)), 60)[0].plain


def test_an_exception_is_told_once_with_the_frame_that_threw() -> None:
    cause = {
        "exceptions": [
            {
                "id": "e" * 16,
                "type": "KeyError",
                "message": "'currency'",
                "stack": [
                    {"path": "/srv/money.py", "line": 27, "label": "amount"},
                    {"path": "/srv/api.py", "line": 4, "label": "post"},
                ],
            }
        ]
    }
    inner = entity("pricing", 2, 0.2, 0.3, fault=True, cause=cause)
    told = exceptions(rows(entity("payment", 1, 0, 1, fault=True, cause="e" * 16, subsegments=[inner])))
    assert [line.plain for line in told] == [
        "✗ pricing  KeyError: 'currency'",
        "    at amount (/srv/money.py:27)",
    ]


def test_a_trace_cannot_steer_the_terminal() -> None:
    cause = {"exceptions": [{"id": "e" * 16, "type": "E", "message": "\x1b[2Jgone\nnext"}]}
    told = rows(entity("a\x1b]0;b", 1, 0, 1, fault=True, cause=cause))
    lines = [line.plain for line in [*waterfall(told, 80), *exceptions(told)]]
    assert all(line.isprintable() for line in lines)
    assert "E: ·[2Jgone·next" in lines[1]
