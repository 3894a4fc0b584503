"""Where everybody has to sign, a browser logs in, and comes to the page that was asked for."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import boto3
import pytest

from tests.conftest import RunningServer
from tests.console.browsing import LOOKS, PATIENCE_MS, Visit
from tests.console.insiders import KEY, SECRET

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(look))
def test_a_browser_that_nobody_logged_in_with_is_led_to_the_login_and_back(
    browser: Any, guarded: RunningServer, look: tuple[str, str]
) -> None:
    theme, language = look
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=theme, locale=language)
    context.set_default_timeout(PATIENCE_MS)
    visit = Visit(context.new_page(), guarded.url, f"{theme}-{language}")
    page = visit.page
    page.goto(f"{guarded.url}/traces?range=1h")
    page.wait_for_selector("input[name=password]")
    # The browser tells of the answer that led here.
    visit.complaints = [one for one in visit.complaints if "403" not in one]
    visit.check("login")
    page.click("summary")
    page.fill("input[name=key]", KEY)
    page.fill("input[name=secret]", "wrong")
    page.click("details button")
    page.wait_for_selector("[role=alert]")
    visit.complaints = [one for one in visit.complaints if "403" not in one]
    visit.check("login-refused")
    page.fill("input[name=secret]", SECRET)
    page.click("details button")
    page.wait_for_url(f"{guarded.url}/traces?range=1h")
    page.wait_for_load_state("networkidle")
    assert page.locator("h1, h2").count() > 0
    context.close()


def test_a_page_whose_login_is_over_leads_to_the_login_and_back(browser: Any, guarded: RunningServer) -> None:
    iam = boto3.client(
        "iam",
        endpoint_url=guarded.url,
        region_name="us-east-1",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
    )
    iam.create_user(UserName="leaver")
    iam.attach_user_policy(UserName="leaver", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    iam.create_login_profile(UserName="leaver", Password="correct Horse 1")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    for password, other, path in (
        ("correct Horse 1", "battery Staple 2", "/traces?range=1h"),
        ("battery Staple 2", "correct Horse 3", "/live"),
        ("correct Horse 3", "battery Staple 4", "/iam/users"),
    ):
        page.goto(f"{guarded.url}/login?to={quote(path)}")
        page.fill("input[name=account]", "000000000000")
        page.fill("input[name=user]", "leaver")
        page.fill("input[name=password]", password)
        page.click("main > form button")
        page.wait_for_url(f"{guarded.url}{path}")
        page.wait_for_selector("summary:has-text('leaver')")
        iam.update_login_profile(UserName="leaver", Password=other)
        if path != "/live":  # whose stream ends by itself
            page.reload()
        page.wait_for_url(f"{guarded.url}/login?to={quote(path, safe='')}")
    context.close()
