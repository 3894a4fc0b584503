"""The audit's page: who did what, and what was refused; filtered, linked to, exported, and inert."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.conftest import RunningServer, eventually
from tests.console.browsing import HOSTILE, LOOKS, Visit
from tests.console.insiders import client, key_of, shown, signed_in

pytestmark = pytest.mark.browser

READ = "arn:aws:iam::aws:policy/AWSXrayReadOnlyAccess"


def tried(server: RunningServer, user: str) -> tuple[str, str]:
    """Give the key of somebody who tried what is not allowed, and was told of."""
    key = key_of(server, user)
    with contextlib.suppress(ClientError):
        client(server, "iam", *key, agent="<img/src=x/onerror=document.title=1>").create_user(UserName="mallory")
    by_name = [{"AttributeKey": "Username", "AttributeValue": user}]
    eventually(lambda: bool(client(server, "cloudtrail").lookup_events(LookupAttributes=by_name)["Events"]))
    return key


def test_a_refusal_is_seen_filtered_by_and_found_again_by_its_link(insider: Visit, guarded: RunningServer) -> None:
    page, user = insider.page, f"tries-{insider.name}"
    tried(guarded, user)
    shown(insider, "/iam/audit")
    row = page.locator("tr[data-outcome=refused]", has_text=user)
    row.wait_for()
    assert all(each in row.inner_text() for each in ("CreateUser", "mallory", "AccessDenied", "127.0.0.1"))
    assert ("Refusé" if insider.name.endswith("fr") else "Refused") in row.inner_text()
    row.locator("button").click()
    page.locator(".audit-record").get_by_text("onerror").wait_for()
    insider.check("audit")
    page.locator(".audit-record button", has_text=f'"{user}"').first.click()
    page.wait_for_function("() => document.querySelectorAll('.audit-table tbody tr').length === 1")
    page.locator(".lenses button").nth(1).click()
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".audit-drawer .audit-record")
    other.wait_for_selector(".audit-table tbody tr")
    assert other.locator(".audit-table tbody tr").count() == 1
    assert user in other.locator(".audit-clauses").inner_text()
    assert other.locator(".lenses button[aria-pressed=true]").inner_text() in ("Refused", "Refusés")
    other.keyboard.press("Escape")
    other.wait_for_selector(".audit-drawer", state="detached")
    assert other.locator("#root img").count() == 0
    with other.expect_download() as downloaded:
        other.locator(".access-head-tools button").first.click()
    lines = [json.loads(line) for line in downloaded.value.path().read_text(encoding="utf-8").splitlines()]
    assert [(one["eventName"], one["errorCode"]) for one in lines] == [("CreateUser", "AccessDenied")]
    assert insider.complaints == []


def test_events_come_page_by_page_and_what_was_only_read_is_left_out_unless_asked_for(
    plain_insider: Visit, guarded: RunningServer
) -> None:
    page, iam = plain_insider.page, client(guarded)
    iam.create_user(UserName="much-read")
    for _ in range(60):
        iam.get_user(UserName="much-read")
    by_name = [{"AttributeKey": "ResourceName", "AttributeValue": "much-read"}]
    paginator = client(guarded, "cloudtrail").get_paginator("lookup_events")
    eventually(lambda: sum(len(one["Events"]) for one in paginator.paginate(LookupAttributes=by_name)) == 61)
    shown(plain_insider, "/iam/audit?ResourceName=much-read&show=all")
    rows = page.locator(".audit-table tbody tr")
    assert rows.count() == 50
    page.locator(".audit-end button").click()
    page.wait_for_function("() => document.querySelectorAll('.audit-table tbody tr').length === 61")
    shown(plain_insider, "/iam/audit?ResourceName=much-read")
    # Fifty reads are the first page: the change is found on the second, without being asked for.
    rows.first.wait_for()
    assert [text.count("CreateUser") for text in rows.all_inner_texts()] == [1]
    page.locator(".bar-tools button").nth(1).click()
    call = page.locator(".calls section").inner_text()
    assert "aws cloudtrail lookup-events" in call
    assert "much-read" in call
    assert plain_insider.complaints == []


def test_who_may_not_look_is_told_so_and_a_server_that_is_away_is_asked_again(
    browser: Any, guarded: RunningServer
) -> None:
    key = tried(guarded, "blind")
    client(guarded).attach_user_policy(UserName="blind", PolicyArn=READ)
    visit = signed_in(browser, guarded, LOOKS[1], *key)
    visit.refusals = True
    visit.complaints.clear()  # of the page that was led to, which may not be read either
    shown(visit, "/iam/audit")
    visit.page.wait_for_selector("[role=alert]")
    assert "cloudtrail:LookupEvents" in visit.page.locator("[role=alert] pre").inner_text()
    assert "AWSCloudTrail_ReadOnlyAccess" in visit.page.locator(".strip").inner_text()
    visit.check("audit-denied")
    client(guarded).attach_user_policy(
        UserName="blind", PolicyArn="arn:aws:iam::aws:policy/AWSCloudTrail_ReadOnlyAccess"
    )
    visit.page.context.set_offline(True)
    visit.page.locator(".failure-tools button").first.click()
    visit.page.wait_for_function("() => /Unreachable/.test(document.querySelector('[role=alert]').innerText)")
    visit.page.context.set_offline(False)
    visit.page.locator(".failure-tools button").first.click()
    visit.page.wait_for_selector(".audit-table")
    visit.page.context.close()


def test_no_record_is_taken_for_markup(plain_insider: Visit) -> None:
    page, text = plain_insider.page, f'"}}]</script>{HOSTILE}\u202e\U0001f9fe'
    record = {
        "userIdentity": {"type": text, "arn": text, "accessKeyId": text, "userName": text},
        **dict.fromkeys(("eventName", "errorCode", "errorMessage", "sourceIPAddress", "userAgent", text), text),
        "requestParameters": {text: [text, {text: text}], "__proto__": text},
    }
    event = {
        **dict.fromkeys(("EventId", "EventName", "EventSource", "Username", "AccessKeyId", "ReadOnly"), text),
        "EventTime": 1.0,
        "Resources": [{"ResourceType": text, "ResourceName": text}],
        "CloudTrailEvent": json.dumps(record),
    }
    page.route(
        "**/",
        lambda route: (
            route.fulfill(json={"Events": [event, event | {"EventId": "2", "CloudTrailEvent": text}]})
            if "x-amz-target" in route.request.headers
            else route.continue_()
        ),
    )
    shown(plain_insider, "/iam/audit?show=all")
    for button in page.locator(".audit-table button").all():
        button.click()
        page.wait_for_selector(".audit-record")
        assert page.locator("#root img, #root script").count() == 0
    page.locator(".audit-facts .audit-by").first.click()
    page.wait_for_selector(".audit-clauses")
    assert page.title() != "1"
    assert plain_insider.complaints == []


def test_of_the_chain_only_the_servers_own_account_hears(plain_insider: Visit) -> None:
    page, other = plain_insider.page, "210987654321"
    shown(plain_insider, "/iam/audit")
    page.get_by_text("tells of no gap in itself").wait_for()

    def of_another(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"AccountId": other})

    page.route("**/console/api/server", of_another)
    page.reload()
    page.get_by_text(other).wait_for()
    assert page.get_by_text("tells of no gap in itself").count() == 0
    assert plain_insider.complaints == []
