"""Refining a question by what its answers have in common, in visible words that can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.console.browsing import Visit

pytestmark = pytest.mark.browser


def filter_of(visit: Visit) -> str:
    return parse_qs(urlsplit(visit.page.url).query).get("filter", [""])[0]


def test_a_value_is_asked_for_and_taken_back(visit: Visit) -> None:
    page = visit.page
    visit.open("/traces?timeRange=PT1H&filter=fault")
    latest = int(page.locator("table a.mono").first.inner_text().split("-")[1], 16)
    start, end = (datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for at in (latest - 120, latest + 5))
    visit.open(f"/traces?timeRange={start}~{end}")
    fault = page.locator("[data-facet=status] .refiner-value[title=fault]")
    fault.wait_for()
    visit.wait_for("document.querySelector('table a.mono') && !document.querySelector('progress')")
    count = fault.locator("span").last.inner_text()
    fault.click()
    page.wait_for_url("**filter=fault**")
    visit.wait_for("document.querySelectorAll('.traces-table[data-old]').length === 0")
    page.wait_for_selector(".refiner-value[title=fault][aria-pressed=true]")
    assert fault.locator("span").last.inner_text() == count, "as many as the refiner promised"
    assert page.locator("td .status-ok").count() == 0
    visit.check("refined")
    page.locator(".clauses button").click()
    page.wait_for_selector(".clauses", state="detached")
    assert filter_of(visit) == ""


def test_clauses_add_up_and_opposites_replace_each_other(plain_visit: Visit) -> None:
    page = plain_visit.page
    plain_visit.open("/traces?timeRange=PT1H&filter=ok%20OR%20fault")
    page.locator("[data-facet=service] .refiner-value[title='service(\"storefront\")']").click()
    plain_visit.wait_for("document.querySelectorAll('.clauses li').length === 2")
    assert filter_of(plain_visit) == '(ok OR fault) AND service("storefront")'
    page.wait_for_selector("[data-facet=service] .refiner-value[aria-pressed=true]")
    page.locator("[data-facet=service] [title='!service(\"storefront\")']").click()
    page.wait_for_url("**%21service**")
    assert filter_of(plain_visit) == '(ok OR fault) AND !service("storefront")'
    assert plain_visit.complaints == []


def test_a_drag_on_the_response_times_narrows_the_question(plain_visit: Visit) -> None:
    page = plain_visit.page
    plain_visit.open("/traces?timeRange=PT1H&filter=ok")
    canvas = page.locator(".traces-charts canvas").nth(1)
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 30)
    page.mouse.up()
    page.wait_for_url("**responsetime**")
    assert filter_of(plain_visit).startswith("ok AND responsetime >= ")
    assert page.locator(".clauses li").count() == 3
    page.wait_for_selector("table a.mono")
    assert plain_visit.complaints == []
