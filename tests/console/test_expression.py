"""The field for filter expressions: what it offers, how keys drive it, how it shows what the server refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.console.browsing import Visit

pytestmark = pytest.mark.browser


def field_of(visit: Visit, path: str = "/traces?timeRange=PT1H") -> Any:
    visit.open(path)
    visit.page.wait_for_selector("table a.mono, .map-nodes button", state="attached")
    visit.page.keyboard.press("/")
    visit.wait_for_the_filter()
    return visit.page.locator(".question [role=combobox]")


def value_is(visit: Visit, text: str) -> None:
    visit.page.wait_for_function("(text) => document.activeElement.value === text", arg=text)


def test_words_are_offered_with_what_they_mean(visit: Visit) -> None:
    field = field_of(visit)
    visit.page.keyboard.type("fault AND resp")
    option = visit.page.locator("[role=option]").first
    option.wait_for()
    meaning = "Secondes jusqu’à la réponse." if visit.name.endswith("fr") else "Seconds until the response."
    assert option.inner_text().split("\n") == ["responsetime", meaning]
    assert field.get_attribute("aria-expanded") == "true"
    visit.check("expression")


def test_keys_choose_and_enter_runs_only_what_was_chosen(plain_visit: Visit) -> None:
    page = plain_visit.page
    field = field_of(plain_visit)
    page.keyboard.type("fau")
    page.wait_for_selector("[role=option]")
    assert field.get_attribute("aria-activedescendant") is None, "nothing is chosen before a key chooses"
    page.keyboard.press("Tab")
    value_is(plain_visit, "fault ")
    page.keyboard.type("AND http.method = ")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"[id='{field.get_attribute('aria-activedescendant')}']")
    method = chosen.locator(".mono").inner_text()
    assert method in {'"GET"', '"POST"'}, "the most frequent of what was observed"
    page.keyboard.press("Enter")
    value_is(plain_visit, f"fault AND http.method = {method}")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_url("**/traces?*filter=fault+AND+http.method*")
    assert plain_visit.complaints == []


def test_services_seen_are_offered_on_the_map_too(plain_visit: Visit) -> None:
    page = plain_visit.page
    field_of(plain_visit, "/map?timeRange=PT1H")
    page.keyboard.type("serv")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Tab")
    value_is(plain_visit, 'service("")')
    page.keyboard.type("paym")
    page.locator("[role=option]", has_text='"payment"').first.click()
    value_is(plain_visit, 'service("payment")')
    assert plain_visit.complaints == []


def test_what_the_server_refuses_is_shown_where_it_is(visit: Visit) -> None:
    visit.refusals = True
    page = visit.page
    visit.open("/traces?timeRange=PT1H&filter=fault%20AND%20respnsetime%20%3E%202")
    said = page.locator(".expression-refusal")
    said.wait_for()
    assert "11" in said.locator("b").inner_text()
    assert "there is no keyword 'respnsetime'" in said.inner_text()
    assert page.locator(".expression-paint [data-refused]").inner_text() == "respnsetime"
    field = page.locator(".question [role=combobox]")
    assert field.get_attribute("aria-invalid") == "true"
    visit.check("expression-refused")
    said.locator("button").click()
    said.wait_for(state="detached")
    field.press("Enter")
    page.wait_for_url("**/traces?*responsetime*")
    page.wait_for_selector("table a.mono, .blank h2")


def test_a_group_in_front_does_not_move_the_place(plain_visit: Visit) -> None:
    plain_visit.refusals = True
    plain_visit.open("/traces?timeRange=PT1H&group=Default&filter=ok%20bogus%20%3D%201")
    plain_visit.page.wait_for_selector(".expression-refusal")
    assert plain_visit.page.locator(".expression-paint [data-refused]").inner_text() == "bogus"


def test_a_filter_that_was_run_is_judged_by_its_own_answer(plain_visit: Visit) -> None:
    asked: list[str] = []
    plain_visit.page.on("request", lambda request: request.method == "POST" and asked.append(request.url))
    plain_visit.open("/traces?timeRange=PT1H&filter=traceid%20%3D%20%221-00000000-000000000000000000000000%22")
    plain_visit.page.wait_for_selector(".blank")
    assert [url.rsplit("/", 1)[-1] for url in asked].count("TraceSummaries") == 1
    assert plain_visit.complaints == []
