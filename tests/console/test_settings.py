"""Groups and sampling rules: listed, made, changed, tried and deleted, over the public operations."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.conftest import eventually
from tests.console.browsing import Visit, call

pytestmark = pytest.mark.browser


def groups_of(visit: Visit) -> dict[str, str | None]:
    answer = call(visit.url, "/Groups", {})
    return {group["GroupName"]: group.get("FilterExpression") for group in answer["Groups"]}


def rules_of(visit: Visit) -> dict[str, dict[str, Any]]:
    answer = call(visit.url, "/GetSamplingRules", {})
    return {one["SamplingRule"]["RuleName"]: one["SamplingRule"] for one in answer["SamplingRuleRecords"]}


def test_a_group_is_made_counted_changed_used_and_deleted(visit: Visit) -> None:
    page, name = visit.page, f"slow-{visit.name}"
    visit.open("/groups")
    page.wait_for_selector(".list tbody tr")
    visit.check("groups")
    page.locator(".settings-head button").click()
    page.locator(".form input").first.fill(name)
    page.locator(".form [role=combobox]").fill("responsetime > 0.000001")
    page.keyboard.press("Escape")
    page.wait_for_function("() => /[1-9]/.test(document.querySelector('.form p[role=status]').innerText)")
    visit.check("group-form")
    page.locator(".form button[type=submit]").click()
    row = page.locator(".list tr", has_text=name)
    row.wait_for()
    assert groups_of(visit)[name] == "responsetime > 0.000001"
    row.locator("button").first.click()
    page.locator(".form [role=combobox]").fill("fault")
    page.keyboard.press("Enter")
    page.wait_for_selector(".form", state="detached")
    eventually(lambda: groups_of(visit)[name] == "fault")
    row.locator("button").last.click()
    page.locator(".form-danger").click()
    row.wait_for(state="detached")
    assert name not in groups_of(visit)
    page.locator(".list a").first.click()
    page.wait_for_selector("table a.mono, .blank h2")


def test_what_the_server_refuses_stays_in_the_form(plain_visit: Visit) -> None:
    plain_visit.refusals = True
    page = plain_visit.page
    plain_visit.open("/groups?edit=*")
    page.locator(".form input").first.fill("a/b")
    page.locator(".form [role=combobox]").fill("bogus = 1")
    page.wait_for_selector(".form .expression-refusal")
    page.locator(".form [role=combobox]").fill("fault")
    page.locator(".form button[type=submit]").click()
    assert "CreateGroup" in page.locator(".form [role=alert]").inner_text()
    assert page.locator(".form input").first.input_value() == "a/b"


def test_a_rule_is_made_tried_and_deleted(visit: Visit) -> None:
    page, name = visit.page, f"cart-{visit.name}"
    visit.open("/sampling?method=post&path=/CART/1")
    page.wait_for_selector(".list tbody tr")
    assert page.locator(".bench ol > li").count() == 1, "only Default is there to decide"
    visit.check("sampling")
    page.locator(".settings-head button").click()
    form = page.locator(".form")
    form.locator("input").nth(0).fill(name)
    form.locator("input").nth(1).fill("7")
    form.locator("input").nth(3).fill("12.5")
    form.locator("input").nth(6).fill("POST")
    form.locator("input").nth(8).fill("/cart/?")
    visit.check("rule-form")
    form.locator("button[type=submit]").click()
    page.locator(".list tr", has_text=name).wait_for()
    rule = rules_of(visit)[name]
    assert (rule["Priority"], rule["FixedRate"], rule["HTTPMethod"], rule["URLPath"]) == (7, 0.125, "POST", "/cart/?")
    first = page.locator(".bench ol > li").first
    assert name in first.inner_text()
    assert first.get_attribute("data-wins") is not None, "X-Ray's SDKs do not tell upper from lower case"
    page.locator(".bench input[type=radio]").nth(1).check()
    page.wait_for_selector(".bench ol > li:nth-child(2)")
    assert "/CART/1" in first.inner_text()
    page.locator(".list tr", has_text=name).locator("button").last.click()
    page.locator(".form-danger").click()
    page.locator(".list tr", has_text=name).wait_for(state="detached")
    assert name not in rules_of(visit)
    assert visit.complaints == []


def test_statistics_come_by_themselves(plain_visit: Visit) -> None:
    report = {
        "RuleName": "Default",
        "ClientID": "0123456789abcdef01234567",
        "Timestamp": time.time(),
        "RequestCount": 4321,
        "SampledCount": 21,
        "BorrowCount": 0,
    }
    plain_visit.open("/sampling")
    plain_visit.page.wait_for_selector(".list tbody tr")
    call(plain_visit.url, "/SamplingTargets", {"SamplingStatisticsDocuments": [report]})
    plain_visit.wait_for("document.querySelector('.list').innerText.includes('4,321')")
    assert plain_visit.page.locator(".sampling-trend rect").count() >= 1
    assert plain_visit.complaints == []
