"""Every page, light and dark, in English and French, in a real browser under the server's own policy."""

from __future__ import annotations

import json
import os
import time
from typing import Any

import pytest

from tests.conftest import eventually
from tests.console.browsing import HOSTILE, PATIENCE_MS, Visit, call

pytestmark = pytest.mark.browser


def test_the_list_of_traces_is_clean_and_accessible(visit: Visit) -> None:
    visit.open("/traces?timeRange=PT1H")
    visit.page.wait_for_selector("table a.mono")
    visit.check("traces")


def test_the_timeline_of_a_trace_and_its_drawer_are_clean_and_accessible(visit: Visit) -> None:
    visit.open("/traces?timeRange=PT1H")
    visit.page.locator("table a.mono").first.click()
    visit.page.wait_for_selector(".timeline-row")
    visit.check("trace")
    visit.page.locator(".timeline-scroll").focus()
    visit.page.keyboard.press("ArrowDown")
    visit.page.wait_for_selector(".drawer")
    visit.check("drawer")


def test_the_map_and_its_table_are_clean_and_accessible(visit: Visit) -> None:
    visit.open("/map?timeRange=PT1H")
    visit.page.wait_for_selector(".map-nodes button", state="attached")
    visit.check("map")
    visit.page.locator(".map-nodes button").nth(1).focus()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".map-panel")
    visit.page.wait_for_load_state("networkidle")
    visit.check("map-panel")
    visit.page.locator("h1").click()
    visit.page.keyboard.press("t")
    visit.page.wait_for_selector(".map-table table")
    visit.check("map-table")


def test_the_first_paint_has_the_theme_and_the_language(visit: Visit) -> None:
    visit.open("/traces")
    theme, language = visit.name.split("-")
    html = visit.page.locator("html")
    assert (html.get_attribute("data-theme"), html.get_attribute("lang")) == (theme, language)


def test_keys_go_where_they_say(plain_visit: Visit) -> None:
    page = plain_visit.page
    plain_visit.open("/traces?timeRange=PT1H")
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/map?timeRange=PT1H")
    page.keyboard.press(".")
    page.wait_for_selector("html[data-theme=dark]")
    page.keyboard.press("?")
    page.wait_for_selector("[role=dialog] kbd")
    page.keyboard.press("Escape")
    page.wait_for_selector("[role=dialog]", state="detached")
    page.keyboard.press("/")
    plain_visit.wait_for_the_filter()
    page.keyboard.type("gt.")
    plain_visit.wait_for("document.activeElement.value === 'gt.'")
    assert page.url.endswith("/map?timeRange=PT1H"), "keys are inert in a field"
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_key_pressed_while_its_page_is_still_coming_is_not_lost(plain_visit: Visit) -> None:
    page = plain_visit.page
    held: list[Any] = []
    page.route("**/assets/MapPage-*.js", lambda route: held.append(route))
    page.goto(plain_visit.url + "/traces?timeRange=PT1H")
    page.wait_for_selector("table a.mono")
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_selector("[data-coming]", state="attached")
    page.keyboard.press("/")
    page.keyboard.press("g")
    page.keyboard.press("t")
    assert page.evaluate("document.activeElement === document.body"), "the filter of the page before is hidden"
    for route in held:
        route.continue_()
    page.wait_for_selector(".map-page")
    plain_visit.wait_for_the_filter()
    assert page.url.endswith("/map?timeRange=PT1H"), "letters after it were meant for the filter"


def test_a_page_asks_its_question_once(plain_visit: Visit) -> None:
    asked: list[str] = []
    plain_visit.page.on("request", lambda request: request.method == "POST" and asked.append(request.url))
    plain_visit.open("/map?timeRange=PT1H")
    plain_visit.page.wait_for_selector(".map-nodes button", state="attached")
    # Beside who is asking, which the bar shows on every page.
    asked_of_page = sorted(url.rsplit("/", 1)[-1] for url in asked if not url.endswith("/"))
    assert asked_of_page == ["ServiceGraph", "TimeSeriesServiceStatistics"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_column_of_the_list_is_seen_whole_on_a_small_screen(
    browser: Any, demo_server: Any, language: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale=language)
    context.set_default_timeout(PATIENCE_MS)
    try:
        visit = Visit(context.new_page(), demo_server.url, f"small-{language}")
        visit.open("/traces?timeRange=PT1H")
        visit.page.wait_for_selector("table a.mono")
        visit.wait_for("document.querySelectorAll('tbody tr').length >= 50")
        beyond = visit.page.evaluate(
            "() => { const edge = document.querySelector('table').parentElement.getBoundingClientRect().right;"
            " return [...document.querySelectorAll('th, td')]"
            ".filter((cell) => cell.getBoundingClientRect().right > edge + 1).map((cell) => cell.innerText); }"
        )
        assert beyond == []
    finally:
        context.close()


def test_a_pasted_trace_id_opens_the_trace(plain_visit: Visit) -> None:
    page = plain_visit.page
    plain_visit.open("/traces?timeRange=PT1H")
    trace_id = page.locator("table a.mono").first.inner_text()
    page.keyboard.press("/")
    plain_visit.wait_for_the_filter()
    pasted = trace_id.removeprefix("1-").replace("-", "")
    page.keyboard.type(pasted)
    plain_visit.wait_for(f"document.activeElement.value === '{pasted}'")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/traces/{trace_id}*")
    page.wait_for_selector(".timeline-row")


def test_a_refused_question_shows_the_words_of_the_server(plain_visit: Visit) -> None:
    page = plain_visit.page

    def refuse(route: Any) -> None:
        headers = {"x-amzn-ErrorType": "InvalidRequestException", "x-amzn-RequestId": "request-1"}
        route.fulfill(status=400, headers=headers, json={"message": f"unknown keyword {HOSTILE}"})

    page.route("**/TraceSummaries", refuse)
    plain_visit.open("/traces?filter=bogus")
    alert = page.locator("[role=alert]")
    assert all(words in alert.inner_text() for words in ("GetTraceSummaries", "InvalidRequestException", "request-1"))
    assert HOSTILE in alert.inner_text()
    page.unroute("**/TraceSummaries")
    page.route("**/TraceSummaries", lambda route: route.fulfill(json={"TraceSummaries": [], "TracesProcessedCount": 7}))
    alert.locator("button").first.click()
    alert.wait_for(state="detached")
    page.wait_for_selector(".blank")


def test_hostile_strings_stay_text(plain_visit: Visit, demo_server: Any) -> None:
    page = plain_visit.page
    now = time.time()
    trace_id = f"1-{int(now):08x}-{os.urandom(12).hex()}"
    document = {
        "trace_id": trace_id,
        "id": os.urandom(8).hex(),
        "name": "hostile",
        "start_time": now - 1,
        "end_time": now,
        "fault": True,
        "user": HOSTILE,
        "origin": HOSTILE,
        "http": {"request": {"method": HOSTILE, "url": f"javascript:alert(1)//{HOSTILE}"}, "response": {"status": 500}},
        "annotations": {"note": HOSTILE},
        "links": [
            {"trace_id": f"javascript:{HOSTILE}", "id": HOSTILE},
            {"trace_id": trace_id, "attributes": {HOSTILE: 1}},
        ],
        "metadata": {HOSTILE: {HOSTILE: HOSTILE}},
        "cause": {
            "exceptions": [
                {
                    "id": os.urandom(8).hex(),
                    "type": HOSTILE,
                    "message": HOSTILE,
                    "stack": [{"path": HOSTILE, "line": 1, "label": HOSTILE}],
                }
            ]
        },
    }
    answer = call(demo_server.url, "/TraceSegments", {"TraceSegmentDocuments": [json.dumps(document)]})
    assert answer.get("UnprocessedTraceSegments", []) == []
    eventually(lambda: call(demo_server.url, "/Traces", {"TraceIds": [trace_id]})["Traces"], 60)
    for tab in ("overview", "annotations", "metadata", "exceptions", "links", "json"):
        plain_visit.open(f"/traces/{trace_id}?span={document['id']}&tab={tab}")
        page.wait_for_selector(".drawer [role=tabpanel] :first-child")
        if tab not in ("overview", "json"):
            plain_visit.wait_for(f"document.querySelector('.drawer').innerText.includes({json.dumps(HOSTILE)})")
        assert page.locator("#root img").count() == 0
        assert page.locator("a[href^=javascript]").count() == 0
    plain_visit.open("/traces?timeRange=PT5M&filter=service(%22hostile%22)")
    page.locator("[data-facet=user] .refiner-value").click()
    page.wait_for_selector("[data-facet=user] .refiner-value[aria-pressed=true]")
    page.locator(".question [role=combobox]").fill('user = "<img')
    assert HOSTILE.replace('"', '\\"') in page.locator("[role=option]").first.inner_text()
    page.keyboard.press("Control+k")
    assert HOSTILE in page.locator(".palette").inner_text(), "its URL is part of what the trace is called"
    page.keyboard.press("Escape")
    assert page.locator("#root img").count() == 0
    assert page.locator("a[href^=javascript]").count() == 0
    plain_visit.open("/map")
    page.wait_for_selector(".map-nodes button", state="attached")
    assert page.locator("#root img").count() == 0
    assert page.title() != "1"
    assert plain_visit.complaints == []
