"""Texts that attack, wherever a sender could put one, even where this server would refuse it: they stay texts."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.console.browsing import HOSTILE, Visit

pytestmark = pytest.mark.browser
ID = "1-6553f100-0123456789abcdef01234567"
STYLED = f'"}}]</style></script>{HOSTILE}\u202e'


def document(now: float) -> dict[str, Any]:
    inner = {
        **{"id": "b" * 16, "name": STYLED, "namespace": "remote", "start_time": now - 1, "end_time": now},
        "sql": {"sanitized_query": f"SELECT '{STYLED}' FROM {HOSTILE}", "url": f"javascript:{HOSTILE}", "user": STYLED},
    }
    exception = {
        "id": "1",
        "type": STYLED,
        "message": STYLED,
        "stack": [{"path": STYLED, "label": STYLED, "line": HOSTILE}],
    }
    return {
        **{"id": "a" * 16, "trace_id": ID, "name": STYLED, "start_time": now - 1, "end_time": now, "fault": True},
        **{
            "user": STYLED,
            "origin": STYLED,
            "resource_arn": STYLED,
            "service": {STYLED: STYLED},
            "aws": {STYLED: [STYLED]},
        },
        "http": {
            "request": {
                "method": STYLED,
                "url": f"javascript:alert(1)//{STYLED}",
                "user_agent": STYLED,
                "client_ip": STYLED,
            },
            "response": {"status": 500, "content_length": STYLED},
        },
        "annotations": {STYLED: STYLED, "__proto__": STYLED, "constructor": HOSTILE},
        "metadata": {STYLED: {STYLED: STYLED}, "default": {"otel.span.name": STYLED}},
        "cause": {"working_directory": STYLED, "exceptions": [exception]},
        "links": [{"trace_id": STYLED, "attributes": {STYLED: STYLED}}],
        "subsegments": [inner, *[inner | {"id": f"{i:016x}"} for i in range(6)]],
    }


def service(reference: int, edges: list[int]) -> dict[str, Any]:
    counts = {"OkCount": 1, "TotalCount": 1, "TotalResponseTime": 1.0}
    return {
        **{"ReferenceId": reference, "Name": STYLED, "Names": [STYLED], "Type": f"{STYLED}{reference}"},
        **{"SummaryStatistics": counts, "ResponseTimeHistogram": [{"Value": 0.1, "Count": 3}]},
        "Edges": [{"ReferenceId": each, "SummaryStatistics": counts, "Aliases": []} for each in edges],
    }


def answering(answer: Any) -> Any:
    return lambda route: route.fulfill(json=answer)


def test_no_view_of_a_trace_or_of_the_map_takes_a_text_for_markup(plain_visit: Visit) -> None:
    page, now = plain_visit.page, time.time()
    segment = {"Id": "a" * 16, "Document": json.dumps(document(now))}
    trace = {"Id": ID, "Duration": 1, "LimitExceeded": False, "Segments": [segment]}
    services = [service(0, [1]), service(1, [])]
    answers: dict[str, Any] = {
        "Traces": {"Traces": [trace], "UnprocessedTraceIds": []},
        "TraceGraph": {"Services": services},
        "ServiceGraph": {"Services": services},
        "TimeSeriesServiceStatistics": {"TimeSeriesServiceStatistics": []},
        "console/api/Typical": {"Operations": [], "SampledShare": 1},
    }
    for path, answer in answers.items():
        page.route(f"**/{path}", answering(answer))

    def is_inert() -> None:
        assert page.locator("#root img, #root iframe, #root script, a[href^=javascript]").count() == 0
        assert page.title() != "1"
        assert plain_visit.complaints == []

    for lens in ("timeline", "flame", "map", "table", "json"):
        plain_visit.open(f"/traces/{ID}?lens={lens}&span={'a' * 16}")
        page.wait_for_selector(".drawer")
        is_inert()
    for span, tabs in (
        ("a" * 16, ("resources", "annotations", "metadata", "exceptions", "json")),
        ("b" * 16, ("overview", "sql")),
    ):
        for tab in tabs:
            plain_visit.open(f"/traces/{ID}?span={span}&tab={tab}")
            page.wait_for_selector(".drawer [role=tabpanel] :first-child")
            is_inert()
    for row in page.locator(".facts > div").all()[:3]:
        row.hover()
        row.locator(".fact-action").first.click()
    is_inert()
    plain_visit.open("/map")
    page.wait_for_selector(".map-nodes button", state="attached")
    page.locator(".map-nodes button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".map-panel")
    is_inert()
    page.keyboard.press("t")
    page.wait_for_selector(".map-table table")
    is_inert()
