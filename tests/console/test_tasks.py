"""The three main tasks by keys alone: find a slow trace, find its cause, send the link."""

from __future__ import annotations

import json
import os
import time
from typing import Any

import pytest

from tests.conftest import eventually
from tests.console.browsing import Visit, call

pytestmark = pytest.mark.browser


def send(url: str, *documents: dict[str, Any]) -> None:
    answer = call(url, "/TraceSegments", {"TraceSegmentDocuments": [json.dumps(each) for each in documents]})
    assert answer.get("UnprocessedTraceSegments", []) == []


def new_id() -> str:
    return os.urandom(8).hex()


def slow_orders(url: str) -> str:
    """Send a trace that asks for its orders one by one, with one failure, and clocks and parents that are wrong."""
    now = time.time()
    trace_id = f"1-{int(now):08x}-{os.urandom(12).hex()}"
    pay = {"id": new_id(), "name": "pay", "namespace": "remote", "start_time": now - 1, "end_time": now - 0.6}
    start = now - 4
    queries = [
        {
            **{"id": new_id(), "name": "orders@db", "namespace": "remote"},
            **{"start_time": start + i * 0.04, "end_time": start + i * 0.04 + 0.035},
            "sql": {"sanitized_query": f"SELECT total FROM orders WHERE customer = {i} AND open", "url": "db"},
        }
        for i in range(60)
    ]
    queries[40] |= {
        "fault": True,
        "cause": {
            "exceptions": [
                {
                    "id": "1",
                    "type": "OrderError",
                    "message": "no order",
                    "cause": "2",
                    "stack": [{"path": "a.py", "line": 3}],
                },
                {"id": "2", "type": "ConnectionReset", "message": "the database closed the connection"},
            ]
        },
    }
    shop = {
        **{"trace_id": trace_id, "id": new_id(), "name": "slow-shop", "start_time": now - 4.1, "end_time": now - 0.5},
        "http": {"request": {"method": "GET", "url": "https://shop.example/orders"}, "response": {"status": 500}},
        "user": "camille",
        "fault": True,
        "subsegments": [*queries, pay],
    }
    payment = {
        **{"trace_id": trace_id, "id": new_id(), "parent_id": pay["id"], "name": "slow-payment"},
        **{"start_time": now - 3, "end_time": now - 2.7, "annotations": {"tenant": "acme"}},
    }
    audit = {
        **{"trace_id": trace_id, "id": new_id(), "parent_id": new_id(), "name": "slow-audit"},
        **{"start_time": now - 1, "end_time": now - 0.9},
    }
    send(url, shop, payment, audit)
    eventually(
        lambda: any(len(each["Segments"]) >= 3 for each in call(url, "/Traces", {"TraceIds": [trace_id]})["Traces"])
    )
    return trace_id


def test_find_a_slow_trace_its_cause_and_send_the_link_by_keys_alone(plain_visit: Visit) -> None:
    page = plain_visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    trace_id = slow_orders(plain_visit.url)
    plain_visit.open("/map?timeRange=PT5M")
    # Find a slow trace: to the list, ask, and take the first.
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url("**/traces?**")
    page.keyboard.press("/")
    plain_visit.wait_for_the_filter()
    page.keyboard.type('service("slow-shop") AND responsetime > 2')
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_url("**filter=**")
    page.wait_for_selector(f"table a.mono >> text={trace_id}")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.innerText") == trace_id
    page.keyboard.press("Enter")
    page.wait_for_selector(".timeline-row")
    # Find its cause: what the header says, then the next problem after the root, then its exceptions.
    assert "spent in slow-shop's SQL" in page.locator(".trace-verdict").inner_text()
    assert "60 times in a row" in page.locator(".trace-verdict").inner_text()
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.wait_for_selector(".drawer h2:text-is('orders@db')")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".exception")
    assert "ConnectionReset" in page.locator(".exceptions").inner_text()
    # Send the link.
    page.keyboard.press("y")
    link = page.evaluate("navigator.clipboard.readText()")
    assert "span=" in link
    assert trace_id in link
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector(".exception")
    assert page.locator(".timeline-row[aria-selected=true]").inner_text().startswith("orders@db")
    assert plain_visit.complaints == []


def test_what_is_wrong_with_a_trace_is_seen_and_mended(visit: Visit) -> None:
    page, trace_id = visit.page, slow_orders(visit.url)
    visit.open(f"/traces/{trace_id}")
    page.wait_for_selector(".timeline-row")
    assert page.locator(".timeline-hue[data-kind=missing]").count() == 1, "the parent that has not arrived has a row"
    group = page.locator(".timeline-row", has_text="N+1")
    rows = page.locator(".timeline-row").count()
    group.click()
    page.wait_for_selector(".drawer")
    visit.check("trace-group")
    page.locator(".timeline-scroll").focus()
    page.keyboard.press("ArrowRight")
    visit.wait_for(f"document.querySelectorAll('.timeline-row').length > {rows}")
    page.locator("[data-skew] button").click()
    page.wait_for_url("**clocks=right**")
    visit.check("trace-clocks")


@pytest.mark.parametrize("lens", ["map", "table", "json"])
def test_every_lens_has_the_same_selection(visit: Visit, lens: str) -> None:
    now = time.time()
    question = {"StartTime": now - 3600, "EndTime": now, "FilterExpression": 'service("payment")'}
    trace_id = call(visit.url, "/TraceSummaries", question)["TraceSummaries"][0]["Id"]
    visit.open(f"/traces/{trace_id}")
    visit.page.locator(".timeline-row").nth(1).click()
    visit.page.wait_for_selector(".drawer")
    chosen = visit.page.locator(".drawer h2").inner_text()
    visit.page.locator(f"[data-lens={lens}]").click()
    sign = {"map": ".map-nodes button[aria-pressed=true]", "table": "tr[data-chosen]", "json": "details[open]"}[lens]
    visit.page.wait_for_selector(sign, state="attached")
    assert visit.page.locator(".drawer h2").inner_text() == chosen
    visit.check(f"trace-{lens}")


def test_values_write_the_filter_that_the_reader_sees(plain_visit: Visit) -> None:
    page, trace_id = plain_visit.page, slow_orders(plain_visit.url)
    plain_visit.open(f"/traces/{trace_id}")
    page.locator(".timeline-row").first.click()
    row = page.locator(".facts > div", has_text="camille")
    row.hover()
    row.locator(".fact-action").nth(1).click()
    assert page.locator(".lens-filter").input_value() == 'user != "camille"'
    row.locator(".fact-action").nth(0).click()
    assert 'user = "camille"' in page.locator(".lens-filter").input_value()
    page.locator(".lens-filter").fill("")
    page.locator("[data-pill=faults]").click()
    page.wait_for_url("**pills=faults**")
    page.locator("button", has_text="Hide the others").click()
    plain_visit.wait_for("document.querySelectorAll('.timeline-row').length === 2")
    page.locator(".timeline-row").nth(1).click()
    assert plain_visit.complaints == []
