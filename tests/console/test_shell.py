"""What every page has: the palette, the calls it made, AWS's addresses for it; and what the first one weighs."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.console.browsing import Visit, call

pytestmark = pytest.mark.browser

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1"}
MOST_SCRIPT_KIB, MOST_STYLE_KIB = 300, 80


def newest_trace(visit: Visit) -> str:
    now = time.time()
    answer = call(visit.url, "/TraceSummaries", {"StartTime": now - 3600, "EndTime": now})
    trace_id: str = answer["TraceSummaries"][0]["Id"]
    return trace_id


def test_the_palette_goes_to_pages_and_recent_traces(visit: Visit) -> None:
    page, trace_id = visit.page, newest_trace(visit)
    visit.open(f"/traces/{trace_id}")
    page.wait_for_selector(".timeline-row")
    page.locator(".lens-filter").focus()
    page.keyboard.press("Control+k")
    page.wait_for_selector(".palette [role=option]")
    visit.check("palette")
    page.keyboard.type("roupe" if visit.name.endswith("fr") else "roup")
    page.keyboard.press("Enter")
    page.wait_for_url("**/groups")
    page.wait_for_selector(".palette", state="detached")
    page.keyboard.press("Control+k")
    page.locator(".palette [role=option]", has_text=trace_id).click()
    page.wait_for_url(f"**/traces/{trace_id}")


def test_the_palette_opens_what_is_pasted_and_searches_for_the_rest(plain_visit: Visit) -> None:
    page, trace_id = plain_visit.page, newest_trace(plain_visit)
    plain_visit.open("/sampling")
    page.keyboard.press("Control+k")
    page.locator(".palette input").fill(f"Root={trace_id};Sampled=1")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/traces/{trace_id}")
    page.keyboard.press("Control+k")
    page.locator(".palette input").fill("fault OR error")
    page.keyboard.press("Enter")
    page.wait_for_url("**/traces?filter=fault+OR+error")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    page.wait_for_selector(".palette", state="detached")
    assert plain_visit.complaints == []


def calls_of(visit: Visit, spelling: str) -> dict[str, str]:
    """Give what the panel shows, by operation."""
    page = visit.page
    page.locator(".bar-tools button").nth(1).click()
    page.locator(".calls .lenses button", has_text=spelling).click()
    sections = page.locator(".calls section").all()
    shown = {each.locator("h3").inner_text().split("\n")[0]: each.locator("pre").inner_text() for each in sections}
    page.keyboard.press("Escape")
    page.wait_for_selector(".calls", state="detached")
    return shown


def test_every_page_shows_what_it_asked(visit: Visit) -> None:
    asked = {
        "/traces?timeRange=PT1H": {"GetTraceSummaries"},
        "/map?timeRange=PT1H": {"GetServiceGraph", "GetTimeSeriesServiceStatistics"},
        f"/traces/{newest_trace(visit)}": {"BatchGetTraces"},
        "/groups": {"GetGroups"},
        "/sampling": {"GetSamplingRules", "GetSamplingStatisticSummaries"},
    }
    for path, operations in asked.items():
        visit.open(path)
        visit.wait_for("!document.querySelector('.waiting, [data-coming]')")
        visit.page.locator(".bar-tools button").nth(1).click()
        visit.page.wait_for_selector(".calls section")
        assert {text.split("\n")[0] for text in visit.page.locator(".calls h3").all_inner_texts()} == operations
    visit.check("calls")


def test_the_calls_are_read_by_the_aws_cli_and_by_boto3(plain_visit: Visit, tmp_path: Path) -> None:
    aws = Path(sys.executable).with_name("aws")
    plain_visit.open("/traces?timeRange=PT1H&filter=service(%22checkout%22)%20AND%20!(user%20%3D%20%22o'neil%22)")
    plain_visit.page.wait_for_selector("table a.mono")
    first = plain_visit.page.locator("table a.mono").first.inner_text()
    line = calls_of(plain_visit, "boto3")["GetTraceSummaries"]
    environment = {"PATH": f"{aws.parent}:{os.environ['PATH']}", "HOME": str(tmp_path), **CREDENTIALS}
    program = f"import boto3, json\nprint(json.dumps([one['Id'] for one in {line}['TraceSummaries']]))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert first in json.loads(ran.stdout)
    if not aws.exists():
        pytest.skip(f"the AWS CLI is not installed as {aws}")
    line = calls_of(plain_visit, "AWS CLI")["GetTraceSummaries"]
    ran = subprocess.run(["sh", "-c", line], capture_output=True, text=True, env=environment, timeout=180)
    assert ran.returncode == 0, ran.stderr
    assert first in {one["Id"] for one in json.loads(ran.stdout)["TraceSummaries"]}


def test_addresses_of_aws_lead_to_the_same_pages(plain_visit: Visit) -> None:
    page, trace_id = plain_visit.page, newest_trace(plain_visit)
    for address, here in {
        f"/xray/home?region=us-east-1#/traces/{trace_id}": f"/traces/{trace_id}",
        "/xray/home?region=us-east-1#/traces?filter=fault&timeRange=PT1H": "/traces?filter=fault&timeRange=PT1H",
        "/cloudwatch/home?region=us-east-1#xray:service-map/map": "/map",
    }.items():
        page.goto("about:blank")
        plain_visit.open(address)
        assert page.evaluate("location.pathname + location.search") == here
    assert plain_visit.complaints == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_first_screen_is_light(browser: Any, demo_server: Any, language: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale=language)
    # What is fetched in the quiet moment after the first screen is not part of it.
    context.add_init_script(
        "window.setTimeout = ((wait) => (f, ms, ...a) => ms === 300 ? 0 : wait(f, ms, ...a))(setTimeout)"
    )
    try:
        page = context.new_page()
        sizes: dict[str, float] = {}
        page.on(
            "response",
            lambda answer: (
                sizes.update({answer.url: len(gzip.compress(answer.body(), 9)) / 1024})
                if "/assets/" in answer.url
                else None
            ),
        )
        page.goto(demo_server.url + "/traces?timeRange=PT1H&filter=ok")
        page.wait_for_selector("table a.mono")
        script = sum(size for url, size in sizes.items() if url.endswith(".js"))
        style = sum(size for url, size in sizes.items() if url.endswith(".css"))
        assert 100 < script <= MOST_SCRIPT_KIB, sizes
        assert 20 < style <= MOST_STYLE_KIB, sizes
    finally:
        context.close()
