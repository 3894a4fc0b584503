"""The browser, and a tab for each look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunningServer
from tests.console.browsing import ARGS, AXE, CHROMIUM, LOOKS, PATIENCE_MS, Visit
from tests.console.insiders import KEY, SECRET, signed_in


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Give a browser, for a module at most: while Playwright runs, nothing else in this thread can run a loop."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    if not AXE.exists():
        pytest.skip("no axe-core: run npm ci in console/")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=LOOKS, ids=lambda look: "-".join(look))
def visit(browser: Any, demo_server: Any, request: pytest.FixtureRequest) -> Iterator[Visit]:
    theme, language = request.param
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=theme, locale=language)
    context.set_default_timeout(PATIENCE_MS)
    yield Visit(context.new_page(), demo_server.url, f"{theme}-{language}")
    context.close()


@pytest.fixture
def plain_visit(browser: Any, demo_server: Any) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en")
    context.set_default_timeout(PATIENCE_MS)
    yield Visit(context.new_page(), demo_server.url, "light-en")
    context.close()


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Give a server where everybody has to sign in; every module makes what it needs under names of its own."""
    given = {"RADIOGRAPH_ADMIN_ACCESS_KEY_ID": KEY, "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY": SECRET}
    running = RunningServer(tmp_path_factory.mktemp("guarded") / "data", "--auth", "required", environment=given)
    yield running
    running.stop()


@pytest.fixture(params=LOOKS, ids=lambda look: "-".join(look))
def insider(browser: Any, guarded: RunningServer, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Give a tab in which the first administrator has logged in."""
    visit = signed_in(browser, guarded, request.param)
    yield visit
    visit.page.context.close()


@pytest.fixture
def plain_insider(browser: Any, guarded: RunningServer) -> Iterator[Visit]:
    visit = signed_in(browser, guarded, LOOKS[0])
    yield visit
    visit.page.context.close()
