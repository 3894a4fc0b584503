"""Home, start, services, insights, live and settings: each says what it is for, in every look, without a complaint."""

from __future__ import annotations

import json
import os
import socket
import time

import pytest

from tests.conftest import RunningServer, eventually
from tests.console.browsing import PATIENCE_MS, Visit, call

pytestmark = pytest.mark.browser

PAGES = {
    "home": ("/", ".home-card"),
    "start": ("/start", ".checklist"),
    "services": ("/services", "table"),
    "service": ("/services/checkout", "h1"),
    "insights": ("/insights", "h1"),
    "live": ("/live", "h1"),
    "settings": ("/settings", "h2"),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_clean_and_accessible(visit: Visit, page: str) -> None:
    address, mark = PAGES[page]
    # Streams stay open: there the network is never idle.
    visit.page.goto(visit.url + address)
    visit.page.wait_for_selector(mark)
    visit.wait_for("document.querySelector('h1')?.innerText.length > 0")
    visit.check(page)


def segment(trace_id: str) -> str:
    now = time.time()
    times = {"start_time": now - 1, "end_time": now}
    return json.dumps({"trace_id": trace_id, "id": os.urandom(8).hex(), "name": "mine", **times})


def new_trace_id() -> str:
    return f"1-{int(time.time()):08x}-{os.urandom(12).hex()}"


def test_the_live_tail_shows_traces_as_they_come(plain_visit: Visit) -> None:
    page = plain_visit.page
    page.goto(plain_visit.url + "/live")
    page.wait_for_selector("h1")
    seen: set[str] = set()

    def is_there() -> bool:
        # Again and again: what came before the stream began is not in it.
        seen.add(new_trace_id())
        call(plain_visit.url, "/TraceSegments", {"TraceSegmentDocuments": [segment(one) for one in seen]})
        return bool(page.locator("tbody tr th a").count())

    eventually(is_there)
    assert page.locator("tbody tr th a").first.inner_text() in seen
    assert plain_visit.complaints == []


def test_a_first_trace_is_followed_from_the_datagram_to_the_page(browser: object, start_server: object) -> None:
    server: RunningServer = start_server()  # type: ignore[operator]
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en")  # type: ignore[attr-defined]
    context.set_default_timeout(PATIENCE_MS)
    visit = Visit(context.new_page(), server.url, "light-en")
    page = visit.page
    page.goto(server.url + "/")
    page.wait_for_url("**/start")
    page.wait_for_selector(".checklist li")
    visit.wait_for("document.querySelector('.checklist').innerText.includes('istening')")
    trace_id = new_trace_id()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for body in ('{"name": "no id"}', segment(trace_id)):
            sender.sendto(b'{"format":"json","version":1}\n' + body.encode(), (server.host, server.udp_port))
    page.wait_for_selector(f".checklist a[href='/traces/{trace_id}']")
    assert "MissingId" in page.locator(".checklist-problem").inner_text()
    assert visit.complaints == []
    context.close()
