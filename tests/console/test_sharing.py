"""Settings, cross-account: a sink is made, told of and deleted; links are told from both ends, and ended."""

from __future__ import annotations

import pytest

from radiograph.model.sharing import TRACES, SinkLink
from radiograph.storage.documents import SettingsDatabase
from tests.conftest import RunningServer
from tests.console.browsing import Visit, call

pytestmark = pytest.mark.browser

OWN, THEIRS = "000000000000", "222222222222"


def test_a_sink_is_made_and_links_are_told_from_both_ends(visit: Visit, demo_server: RunningServer) -> None:
    page = visit.page
    visit.open("/settings?section=sharing")
    page.wait_for_selector(".own-settings form")
    visit.check("sharing-nothing")
    form = page.locator(".own-settings form").first
    form.locator("input").nth(0).fill(f"of-{visit.name}")
    form.locator("input").nth(1).fill(f"{THEIRS}, 333333333333")
    form.locator("button[type=submit]").click()
    page.wait_for_selector(".own-settings textarea")
    (sink,) = call(visit.url, "/ListSinks", {})["Items"]
    assert THEIRS in call(visit.url, "/GetSinkPolicy", {"SinkIdentifier": sink["Arn"]})["Policy"]
    # The other ends are other accounts': made where they are kept.
    settings = SettingsDatabase(demo_server.data / "settings.sqlite3")
    arns = [f"arn:aws:oam:us-east-1:{account}:link/{visit.name}" for account in (OWN, THEIRS)]
    sinks = [f"arn:aws:oam:us-east-1:{THEIRS}:sink/one", sink["Arn"]]
    with settings.sharing.change() as kept:
        for arn, account, to in zip(arns, (OWN, THEIRS), sinks, strict=True):
            kept.put_link(SinkLink(arn, account, to, "the <b>shop</b>", "x", [TRACES], None, None, 0.0))
    visit.open("/settings?section=sharing")
    page.wait_for_selector(".own-settings table >> nth=1")
    assert [table.inner_text().count("the <b>shop</b>") for table in page.locator(".own-settings table").all()] == [
        1,
        1,
    ]
    visit.check("sharing")
    page.locator(".own-settings table .tool").click()
    page.locator(".form-danger").click()
    page.wait_for_selector(".own-settings table >> nth=1", state="detached")
    assert call(visit.url, "/ListLinks", {})["Items"] == []
    with settings.sharing.change() as kept:
        kept.remove_link(arns[1])
    settings.close()
    visit.open("/settings?section=sharing")
    page.locator(".own-card .tool").click()
    page.locator(".form-danger").click()
    page.wait_for_selector(".own-settings textarea", state="detached")
    assert call(visit.url, "/ListSinks", {})["Items"] == []
    visit.check("sharing-deleted")
