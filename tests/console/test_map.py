"""The map: its minutes, its modes, what is found on it, and where its histograms lead."""

from __future__ import annotations

import pytest

from tests.console.browsing import Visit

pytestmark = pytest.mark.browser


def test_a_minute_is_replayed_on_a_map_that_stands_still(visit: Visit) -> None:
    page = visit.page
    visit.open("/map?timeRange=PT1H")
    page.wait_for_selector(".map-nodes button", state="attached")
    names = "[...document.querySelectorAll('.map-nodes button')].map((each) => each.innerText.split(',')[0]).join()"
    before = page.evaluate(names)
    page.locator(".scrubber input").focus()
    page.keyboard.press("Home")
    page.wait_for_url("**at=**")
    page.wait_for_selector(".map-body:not([data-old])")
    assert page.evaluate(names) == before
    visit.check("map-minute")
    page.locator("[data-mode=change]").click()
    page.wait_for_url("**mode=change**")
    page.wait_for_load_state("networkidle")
    visit.check("map-change")


def test_a_service_is_found_and_focused_on(plain_visit: Visit) -> None:
    page = plain_visit.page
    plain_visit.open("/map?timeRange=PT1H")
    page.locator(".map-find input").fill("checkout")
    page.keyboard.press("Enter")
    page.wait_for_selector(".map-panel h2:text-is('checkout')")
    everything = page.locator(".map-nodes button").count()
    page.locator(".map-panel button", has_text="neighbours").click()
    page.wait_for_selector("[data-focus=one]")
    assert page.locator(".map-nodes button").count() < everything
    page.locator("[data-focus] button").click()
    page.wait_for_selector("[data-focus]", state="detached")
    page.locator(".map-find input").fill("no such service")
    page.keyboard.press("Enter")
    page.wait_for_selector(".map-find [role=status]:text('No service')")
    assert plain_visit.complaints == []


def test_a_histogram_leads_to_the_traces_it_counts(plain_visit: Visit) -> None:
    page = plain_visit.page
    plain_visit.open("/map?timeRange=PT1H")
    page.locator(".map-find input").fill("payment")
    page.keyboard.press("Enter")
    page.locator(".map-between input").first.fill("1")
    page.locator(".map-between input").nth(1).fill("60000")
    page.locator(".map-between button").click()
    page.wait_for_url("**/traces?**responsetime**")
    page.wait_for_selector("table a.mono")
    page.go_back()
    bars = page.locator(".map-panel .bars canvas[data-drag]").first
    box = bars.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 5, box["y"] + 20, steps=4)
    page.mouse.up()
    page.wait_for_url("**/traces?**responsetime**")
    page.wait_for_selector("table a.mono")
    assert plain_visit.complaints == []
