"""Who may do what: users, roles, groups, policies, keys, providers and the simulator, over IAM's own wire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config

from tests.conftest import RunningServer
from tests.console.browsing import HOSTILE, LOOKS, PATIENCE_MS, Visit

pytestmark = pytest.mark.browser

KEY, SECRET = "AKIAFIRSTADMINISTRAT", "the first administrator's secret"
DAEMON = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    given = {"RADIOGRAPH_ADMIN_ACCESS_KEY_ID": KEY, "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY": SECRET}
    running = RunningServer(tmp_path_factory.mktemp("guarded") / "data", "--auth", "required", environment=given)
    yield running
    running.stop()


def client(server: RunningServer, service: str = "iam", key: str = KEY, secret: str = SECRET) -> Any:
    return boto3.client(
        service,
        endpoint_url=server.url,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=Config(retries={"total_max_attempts": 1}),
    )


def signed_in(
    browser: Any, server: RunningServer, look: tuple[str, str], key: str = KEY, secret: str = SECRET
) -> Visit:
    theme, language = look
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, color_scheme=theme, locale=language)
    context.set_default_timeout(PATIENCE_MS)
    visit = Visit(context.new_page(), server.url, f"{theme}-{language}")
    visit.page.goto(f"{server.url}/login")
    visit.page.click("summary")
    visit.page.fill("input[name=key]", key)
    visit.page.fill("input[name=secret]", secret)
    visit.page.click("details button")
    visit.page.wait_for_selector(".who summary")
    return visit


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


def shown(visit: Visit, path: str) -> None:
    visit.open(path)
    visit.wait_for("!document.querySelector('.waiting, [data-coming]') && !!document.querySelector('h1')")


def test_a_user_gets_keys_groups_policies_and_goes_with_all_of_it(insider: Visit, guarded: RunningServer) -> None:
    page, iam, name = insider.page, client(guarded), f"camille-{insider.name}"
    if name.endswith("light-en"):
        iam.create_group(GroupName="readers")
    shown(insider, "/iam")
    insider.check("iam")
    shown(insider, "/iam/users?new=1")
    page.locator(".form input").first.fill(name)
    insider.check("iam-users")
    page.locator(".form button[type=submit]").click()
    page.wait_for_selector("h1.access-name")
    parts = page.locator(".access-part")
    parts.nth(0).locator("button").first.click()
    secret = page.locator("[data-secret]").inner_text()
    insider.check("iam-secret")
    with page.expect_download() as downloaded:
        page.locator(".access-dialog .form-end button").first.click()
    assert secret in downloaded.value.path().read_text()
    page.locator(".access-dialog .form-end button").last.click()
    page.wait_for_selector(".access-dialog", state="detached")
    assert secret not in page.content()
    key = iam.list_access_keys(UserName=name)["AccessKeyMetadata"][0]["AccessKeyId"]
    assert client(guarded, "sts", key, secret).get_caller_identity()["Arn"].endswith(f"user/{name}")
    parts.nth(0).get_by_role("button", name=key).first.click()
    page.wait_for_function("() => /nactive/.test(document.querySelector('.access-part tbody').innerText)")
    assert iam.list_access_keys(UserName=name)["AccessKeyMetadata"][0]["Status"] == "Inactive"
    parts.nth(1).locator("select").select_option("readers")
    parts.nth(1).locator("button[type=submit]").click()
    parts.nth(1).locator("a", has_text="readers").wait_for()
    parts.nth(2).locator("select").select_option(DAEMON)
    parts.nth(2).locator("button[type=submit]").click()
    parts.nth(2).locator("li a").wait_for()
    parts.nth(4).locator("select").select_option(label="AWSXrayReadOnlyAccess")
    parts.nth(4).locator("button[type=submit]").click()
    parts.nth(4).locator("li a").wait_for()
    parts.nth(5).locator("input").nth(0).fill("team")
    parts.nth(5).locator("input").nth(1).fill(HOSTILE)
    # IAM takes no such character in a tag's value, and the form says so in place.
    insider.refusals = True
    parts.nth(5).locator(".access-choose button").click()
    parts.nth(5).locator("[role=alert]").wait_for()
    parts.nth(5).locator("input").nth(1).fill("payment")
    parts.nth(5).locator(".access-choose button").click()
    parts.nth(5).locator("li").wait_for()
    assert iam.list_user_tags(UserName=name)["Tags"] == [{"Key": "team", "Value": "payment"}]
    insider.check("iam-user")
    page.locator(".settings-head .form-danger").click()
    goes = page.locator(".access-goes")
    goes.locator("li").nth(2).wait_for()
    assert all(each in goes.inner_text() for each in (key, "readers", "AWSXRayDaemonWriteAccess"))
    insider.check("iam-removal")
    page.locator(".access-dialog .form-danger").click()
    page.wait_for_selector(".access-dialog", state="detached")
    page.wait_for_selector(".settings-head h1:not(.access-name)")
    assert name not in {user["UserName"] for user in iam.list_users()["Users"]}
