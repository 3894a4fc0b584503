"""One trace: its lenses share a selection, its spans are filtered, and what it is linked with is one click away."""

from __future__ import annotations

import json
import os
import time
import urllib.request

import pytest

from tests.conftest import eventually
from tests.console.browsing import Visit, call

pytestmark = pytest.mark.browser


def a_trace(visit: Visit) -> str:
    """Give the id of a trace of several services."""
    now = time.time()
    question = {
        "StartTime": now - 3600,
        "EndTime": now,
        "FilterExpression": 'service("checkout") AND service("payment")',
    }
    trace_id: str = call(visit.url, "/TraceSummaries", question)["TraceSummaries"][0]["Id"]
    return trace_id


def send_spans(url: str, service: str, **span: object) -> None:
    body = {
        "resourceSpans": [
            {
                "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": service}}]},
                "scopeSpans": [{"spans": [{"kind": 2, **span}]}],
            }
        ]
    }
    headers = {"Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(url + "/v1/traces", json.dumps(body).encode(), headers)):
        pass


def test_the_flame_graph_is_walked_by_keys_and_keeps_the_selection(visit: Visit) -> None:
    page, trace_id = visit.page, a_trace(visit)
    visit.open(f"/traces/{trace_id}")
    page.wait_for_selector(".timeline-row")
    page.keyboard.press("f")
    page.wait_for_selector(".flame")
    page.locator(".flame-scroll").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**span=**")
    chosen = page.locator(".drawer h2").inner_text()
    page.keyboard.press("+")
    page.wait_for_url("**zoom=**")
    visit.check("flame")
    page.locator(".lenses button").first.click()
    page.wait_for_selector(".timeline-row[aria-selected=true]")
    assert chosen in page.locator(".timeline-row[aria-selected=true]").inner_text()
    assert "zoom=" in page.url


def test_a_click_on_a_bar_selects_it_and_z_fits_it(plain_visit: Visit) -> None:
    page, now = plain_visit.page, time.time()
    trace, outer, inner = (os.urandom(size).hex() for size in (16, 8, 8))

    def times(start_s: float, end_s: float) -> dict[str, str]:
        return {"startTimeUnixNano": str(int((now - start_s) * 1e9)), "endTimeUnixNano": str(int((now - end_s) * 1e9))}

    send_spans(plain_visit.url, "outer", name="outer", traceId=trace, spanId=outer, **times(5, 1))
    send_spans(plain_visit.url, "inner", name="inner", traceId=trace, spanId=inner, parentSpanId=outer, **times(4, 3))
    trace_id = f"1-{trace[:8]}-{trace[8:]}"

    def segments() -> int:
        return sum(len(one["Segments"]) for one in call(plain_visit.url, "/Traces", {"TraceIds": [trace_id]})["Traces"])

    eventually(lambda: segments() == 2)
    plain_visit.open(f"/traces/{trace_id}?lens=flame")
    flame = page.locator(".flame-scroll")

    def press(row: int) -> None:
        # Where the inner one is; the drawer makes the graph narrower.
        flame.click(position={"x": flame.bounding_box()["width"] * 3 / 8, "y": 20 * row + 10})

    press(0)
    page.wait_for_url(f"**span={outer}**")
    page.wait_for_selector(".drawer")
    press(1)
    page.wait_for_url(f"**span={inner}**")
    page.keyboard.press("z")
    page.wait_for_url("**zoom=**")
    assert "inner" in page.locator(".drawer h2").inner_text()
    assert plain_visit.complaints == []


def test_spans_are_filtered_by_expression_or_text_and_the_address_says_so(visit: Visit) -> None:
    page, trace_id = visit.page, a_trace(visit)
    visit.open(f"/traces/{trace_id}?f=name%20%3D%20%22payment%22")
    page.wait_for_selector(".timeline-row[data-dimmed]")
    kept = page.locator(".timeline-row:not([data-dimmed])")
    assert {row.split("\n")[0] for row in kept.all_inner_texts()} != set()
    assert all("payment" in row for row in kept.all_inner_texts())
    visit.check("trace-filtered")
    field = page.locator(".lens-filter")
    field.fill("PAYMENT")
    page.wait_for_url("**f=PAYMENT**")
    field.press("Enter")
    page.wait_for_selector(".drawer")


def test_an_operation_of_opentelemetry_and_a_linked_trace(visit: Visit) -> None:
    page, now = visit.page, time.time()
    first, second, here, there = (os.urandom(size).hex() for size in (16, 16, 8, 8))
    times = {"startTimeUnixNano": str(int((now - 2) * 1e9)), "endTimeUnixNano": str(int((now - 1) * 1e9))}
    send_spans(visit.url, "worker", name="consume order", traceId=second, spanId=there, **times)
    links = [{"traceId": second, "spanId": there}]
    send_spans(visit.url, "shop", name="place order", traceId=first, spanId=here, links=links, **times)
    ids = [f"1-{each[:8]}-{each[8:]}" for each in (first, second)]
    eventually(lambda: len(call(visit.url, "/Traces", {"TraceIds": ids})["Traces"]) == 2)
    visit.open(f"/traces/{ids[0]}?span={here}&tab=links")
    row = page.locator(".timeline-row").first
    row.wait_for()
    assert row.locator(".timeline-words").inner_text() == "shop place order"
    assert page.locator("h1").inner_text() == "shop place order"
    visit.check("trace-linked")
    page.locator(".drawer section a").click()
    page.wait_for_url(f"**/traces/{ids[1]}?span={there}")
    visit.wait_for("document.querySelector('h1')?.innerText === 'worker consume order'")
    page.wait_for_selector(".drawer")
