"""Exported files: opened from a disk, without a network, they show what the console shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from radiograph.console import viewer_page
from tests.conftest import eventually
from tests.console.browsing import HOSTILE, PATIENCE_MS, Visit, call

pytestmark = pytest.mark.browser
BREAKOUT = "</script><script>document.title=1</script><!--"
LENSES = {"flame": ".flame", "map": ".map-canvas", "table": ".spans tbody tr", "json": ".jsons details", "timeline": ""}


@pytest.fixture
def offline(browser: Any) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en", offline=True)
    context.set_default_timeout(PATIENCE_MS)
    visit = Visit(context.new_page(), "file://", "offline")
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    yield visit
    assert [url for url in asked if not url.startswith("file:")] == []
    context.close()


def test_traces_exported_by_the_command_line_open_offline_with_every_view(
    offline: Visit, demo_server: Any, tmp_path: Path
) -> None:
    file = tmp_path / "incident.html"
    command = [sys.executable, "-m", "radiograph", "export", "--format", "html", "--last", "1h", "--filter", "fault"]
    subprocess.run([*command, "--limit", "8", "-o", str(file), "--endpoint", demo_server.url], check=True)
    page = offline.page
    page.goto(f"file://{file}")
    page.wait_for_selector("table a.mono")
    assert page.locator("table a.mono").count() == 8
    offline.check("file-traces")
    page.locator("a[href='#/map']").click()
    page.wait_for_selector(".map-nodes button", state="attached")
    offline.check("file-map")
    page.go_back()
    page.locator("table a.mono").first.click()
    page.locator(".timeline-row").first.click()
    page.wait_for_selector(".drawer")
    chosen = page.url.split("span=")[1]
    for lens, sign in LENSES.items():
        page.locator(f"[data-lens={lens}]").click()
        page.wait_for_selector(sign or ".timeline-row[aria-selected=true]")
        assert chosen in page.url
    offline.check("file-trace")
    page.reload()
    page.wait_for_selector(".timeline-row[aria-selected=true]")
    assert offline.complaints == []


def test_a_trace_of_hostile_texts_is_downloaded_by_its_page_and_stays_text(
    offline: Visit, plain_visit: Visit, tmp_path: Path
) -> None:
    now = time.time()
    trace_id = f"1-{int(now):08x}-{os.urandom(12).hex()}"
    text = BREAKOUT + HOSTILE
    document = {
        **{"trace_id": trace_id, "id": os.urandom(8).hex(), "name": "hostile", "start_time": now - 1, "end_time": now},
        "annotations": {"note": text},
        "metadata": {text: {text: text}},
        "sql": {"sanitized_query": f"SELECT '{text}'"},
    }
    call(plain_visit.url, "/TraceSegments", {"TraceSegmentDocuments": [json.dumps(document)]})
    eventually(lambda: call(plain_visit.url, "/Traces", {"TraceIds": [trace_id]})["Traces"])
    plain_visit.open(f"/traces/{trace_id}")
    with plain_visit.page.expect_download() as download:
        plain_visit.page.locator("[data-export]").click()
    file = tmp_path / "trace.html"
    download.value.save_as(file)
    page = offline.page
    for tab in ("annotations", "metadata", "sql", "json"):
        page.goto("about:blank")
        page.goto(f"file://{file}#/traces/{trace_id}?span={document['id']}&tab={tab}")
        page.wait_for_selector(".drawer [role=tabpanel] :first-child")
        assert page.locator("img, iframe, body > script:not([id]):not([type=module])").count() == 0
    assert page.title() == "hostile · Radiograph"
    assert offline.complaints == []


def test_a_file_that_is_not_whole_says_so(offline: Visit, tmp_path: Path) -> None:
    page = viewer_page()
    assert page is not None
    file = tmp_path / "half.html"
    file.write_bytes(page.replace(b"@@RADIOGRAPH-DATA@@", b'{"Version":1,"Traces":['))
    offline.page.goto(f"file://{file}")
    offline.page.wait_for_selector(".blank")
    assert offline.complaints == []
