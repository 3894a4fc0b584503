"""Two traces on one scale, and one trace against what is usual."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.console.browsing import HOSTILE, Visit, call

pytestmark = pytest.mark.browser


def two_checkouts(visit: Visit) -> tuple[str, str]:
    """Give the ids of the slowest and of a middling trace of one request."""
    now = time.time()
    question = {
        "StartTime": now - 3600,
        "EndTime": now,
        "FilterExpression": 'service("checkout") AND service("payment") AND http.url CONTAINS "/checkout"',
    }
    found: list[dict[str, Any]] = call(visit.url, "/TraceSummaries", question)["TraceSummaries"]
    found.sort(key=lambda trace: float(trace["ResponseTime"]))
    return found[-1]["Id"], found[len(found) // 2]["Id"]


def test_two_traces_are_held_against_each_other(visit: Visit) -> None:
    page, (slow, usual) = visit.page, two_checkouts(visit)
    visit.open(f"/compare?a={slow}&b={usual}")
    page.wait_for_selector(".pairs-row")
    visit.check("compare")
    first = page.locator(".change").first
    first.click()
    page.wait_for_selector(".pairs-row[aria-selected=true]")
    page.wait_for_selector(".compare-place a")
    assert "at=" in page.url
    page.keyboard.press("t")
    page.wait_for_selector(".compare-table tbody tr[data-chosen]")
    visit.check("compare-table")


def test_differences_are_walked_by_keys_and_the_address_keeps_all_of_it(plain_visit: Visit) -> None:
    page, (slow, usual) = plain_visit.page, two_checkouts(plain_visit)
    plain_visit.open(f"/compare?a={slow}&b={usual}")
    page.wait_for_selector(".pairs-row")
    names = page.locator(".change")
    page.locator(".pairs-scroll").focus()
    page.keyboard.press("n")
    page.wait_for_selector(".change[aria-pressed=true]")
    assert names.first.get_attribute("aria-pressed") == "true", "the largest difference comes first"
    page.keyboard.press("n")
    plain_visit.wait_for("document.querySelectorAll('.change')[1].ariaPressed === 'true'")
    page.keyboard.press("+")
    page.wait_for_url("**zoom=**")
    page.locator(".compare-tools button").last.click()
    page.wait_for_url("**show=changed**")
    chosen = page.locator(".compare-place h2").inner_text()
    page.reload()
    page.wait_for_selector(".compare-place")
    assert page.locator(".compare-place h2").inner_text() == chosen
    page.locator(".baskets > button").click()
    page.wait_for_url(f"**a={usual}&b={slow}**")
    assert plain_visit.complaints == []


def test_two_checked_traces_are_compared_and_the_longer_is_a(plain_visit: Visit) -> None:
    page = plain_visit.page
    plain_visit.open("/traces?timeRange=PT1H")
    page.wait_for_selector("table a.mono")
    compare = page.locator(".traces-paging > .tool")
    assert compare.get_attribute("aria-disabled") == "true"
    boxes = page.locator("tbody input[type=checkbox]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    checked = {page.locator("table a.mono").nth(i).inner_text() for i in (0, 1)}
    compare.click()
    page.wait_for_url("**/compare?**")
    asked = parse_qs(urlsplit(page.url).query)
    assert {asked["a"][0], asked["b"][0]} == checked
    page.wait_for_selector(".pairs-row")
    assert plain_visit.complaints == []


def test_a_trace_that_is_not_here_and_an_id_that_is_none_are_said_to_be(visit: Visit) -> None:
    page, (slow, _) = visit.page, two_checkouts(visit)
    missing = "1-00000000-000000000000000000000001"
    visit.open(f"/compare?a={slow}&b={missing}")
    page.wait_for_selector("[role=alert]")
    assert missing in page.locator("[role=alert]").inner_text()
    page.locator(".basket[data-set=b] > button").click()
    field = page.locator(".basket[data-set=b] input")
    field.fill(HOSTILE)
    field.press("Enter")
    page.wait_for_selector(".basket [role=alert]")
    visit.check("compare-choose")
    field.fill(f"Root={slow};Sampled=1")
    field.press("Enter")
    page.wait_for_url(f"**b={slow}**")
    page.wait_for_selector(".strip")
