"""Two sets of traces: drawn, typed or begun with a click; what tells them apart, in sentences with their counts."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.console.browsing import Visit

pytestmark = pytest.mark.browser


def asked(visit: Visit, name: str) -> str:
    return parse_qs(urlsplit(visit.page.url).query).get(name, [""])[0]


def drag(visit: Visit, selector: str, start: tuple[float, float], end: tuple[float, float]) -> None:
    box = visit.page.locator(selector).bounding_box()
    mouse = visit.page.mouse
    mouse.move(box["x"] + box["width"] * start[0], box["y"] + box["height"] * start[1])
    mouse.down()
    mouse.move(box["x"] + box["width"] * end[0], box["y"] + box["height"] * end[1], steps=4)
    mouse.up()


def test_two_sets_are_explained_and_every_view_has_its_table(visit: Visit) -> None:
    page = visit.page
    visit.open("/analytics?timeRange=PT1H&a=fault")
    page.wait_for_selector(".explain li")
    page.wait_for_selector(".breakdown")
    words = page.locator(".explain li").all_inner_texts()
    assert all("cause" not in each for each in words)
    assert any("http.status" in each and "%" in each for each in words)
    visit.check("analytics")
    page.locator("h1").click()
    page.keyboard.press("t")
    page.wait_for_selector(".plane table")
    page.wait_for_selector(".explain table")
    visit.check("analytics-table")


def test_a_rectangle_makes_a_set_whose_traces_are_shown(plain_visit: Visit) -> None:
    page = plain_visit.page
    plain_visit.open("/traces?timeRange=PT1H")
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/analytics?**")
    page.wait_for_selector(".heatmap canvas")
    drag(plain_visit, ".heatmap canvas", (0.3, 0.1), (0.99, 0.5))
    page.wait_for_url("**ar=**")
    start, end, shortest, _ = asked(plain_visit, "ar").split("~")
    assert float(start) < float(end)
    assert float(shortest) > 0
    assert "~" in asked(plain_visit, "timeRange"), "a period that moved on would leave the rectangle behind"
    page.wait_for_selector(".explain li")
    page.locator(".basket[data-set=a] .basket-tools a").click()
    page.wait_for_url("**/traces?**")
    assert f"duration >= {float(shortest):g}" in asked(plain_visit, "filter")
    page.wait_for_selector("table a.mono")
    assert plain_visit.complaints == []


def test_a_rectangle_is_made_by_keys_and_by_numbers(plain_visit: Visit) -> None:
    page = plain_visit.page
    plain_visit.open("/analytics?timeRange=PT1H")
    plane = page.locator(".heatmap-plane")
    plane.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**ar=**")
    drawn = asked(plain_visit, "ar")
    page.locator(".plane-fields summary").click()
    fields = page.locator(".rectangle-fields input")
    fields.nth(2).fill("250")
    fields.nth(3).fill("100")
    page.locator(".rectangle-fields button").click()
    page.wait_for_selector(".rectangle-fields [role=alert]")
    assert asked(plain_visit, "ar") == drawn, "a rectangle without an inside is none"
    fields.nth(0).fill("")
    fields.nth(1).fill("")
    fields.nth(3).fill("")
    page.locator(".rectangle-fields button").click()
    page.wait_for_url("**ar=%7E%7E0.25%7E**")
    assert plain_visit.complaints == []


def test_a_value_writes_the_expression_of_a(plain_visit: Visit) -> None:
    page = plain_visit.page
    plain_visit.open("/analytics?timeRange=PT1H")
    page.locator(".breakdown .value-tools button").first.wait_for()
    page.locator(".beginnings button").first.click()
    page.wait_for_url("**a=fault**")
    page.wait_for_selector(".explain li")
    page.locator(".explain .value-tools button").nth(1).click()
    page.wait_for_url("**a=fault+AND+**")
    assert "!" in asked(plain_visit, "a")
    page.locator(".basket[data-set=b] button").last.click()
    page.wait_for_url("**b=fault**")
    page.locator(".baskets > button").click()
    page.wait_for_url("**a=fault+AND+**")
    assert plain_visit.complaints == []


def test_what_fails_and_what_is_sampled_is_said(plain_visit: Visit) -> None:
    page = plain_visit.page
    plain_visit.refusals = True

    def refuse(route: Any) -> None:
        headers = {"x-amzn-ErrorType": "InvalidRequestException", "x-amzn-RequestId": "request-7"}
        route.fulfill(status=400, headers=headers, json={"message": "no such thing"})

    def sampled(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(json=answer.json() | {"SampledShare": 0.25})

    page.route("**/console/api/Explain", refuse)
    page.route("**/console/api/Heatmap", sampled)
    plain_visit.open("/analytics?timeRange=PT1H&a=ok")
    alert = page.locator(".explain [role=alert]")
    assert all(words in alert.inner_text() for words in ("Explain", "InvalidRequestException", "request-7"))
    assert "25%" in page.locator(".strip").first.inner_text()
    page.unroute("**/console/api/Explain")
    alert.locator("button").first.click()
    alert.wait_for(state="detached")
    page.wait_for_selector(".basket-facts")
    page.locator(".bar-tools button").nth(1).click()
    page.wait_for_selector(".calls section")
    assert "/console/api/Explain" in page.locator(".calls").inner_text()
    assert plain_visit.complaints == []


def test_the_heatmap_of_the_list_narrows_the_question_which_can_be_saved(visit: Visit) -> None:
    page = visit.page
    visit.open("/traces?timeRange=PT1H&chart=heatmap")
    page.wait_for_selector(".heatmap canvas")
    page.wait_for_selector("table a.mono")
    visit.check("traces-heatmap")
    drag(visit, ".heatmap canvas", (0.1, 0.05), (0.99, 0.6))
    page.wait_for_url("**duration**")
    page.wait_for_selector("table a.mono")
    page.locator(".saved summary").click()
    page.locator(".saved input").fill("slow ones")
    page.locator(".saved input").press("Enter")
    page.wait_for_selector(".saved li a")
    found = asked(visit, "filter")
    visit.open("/groups")
    page.keyboard.press("Control+k")
    page.locator(".palette input").fill("slow ones")
    page.keyboard.press("Enter")
    page.wait_for_url("**/traces?**")
    assert asked(visit, "filter") == found
