"""Who has logged in where everybody has to: the first administrator, or whoever has a key."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config

from tests.conftest import RunningServer
from tests.console.browsing import PATIENCE_MS, Visit

__all__ = ["DAEMON", "KEY", "SECRET", "client", "key_of", "shown", "signed_in"]

KEY, SECRET = "AKIAFIRSTADMINISTRAT", "the first administrator's secret"
DAEMON = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"


def client(server: RunningServer, service: str = "iam", key: str = KEY, secret: str = SECRET, agent: str = "") -> Any:
    return boto3.client(
        service,
        endpoint_url=server.url,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=Config(retries={"total_max_attempts": 1}, user_agent_extra=agent),
    )


def key_of(server: RunningServer, user: str) -> tuple[str, str]:
    """Give an access key of a user that is made for it, and its secret."""
    iam = client(server)
    iam.create_user(UserName=user)
    made = iam.create_access_key(UserName=user)["AccessKey"]
    return made["AccessKeyId"], made["SecretAccessKey"]


def signed_in(
    browser: Any, server: RunningServer, look: tuple[str, str], key: str = KEY, secret: str = SECRET
) -> Visit:
    theme, language = look
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, color_scheme=theme, locale=language)
    context.set_default_timeout(PATIENCE_MS)
    visit = Visit(context.new_page(), server.url, f"{theme}-{language}")
    visit.page.goto(f"{server.url}/login?to=/iam")
    visit.page.click("summary")
    visit.page.fill("input[name=key]", key)
    visit.page.fill("input[name=secret]", secret)
    visit.page.click("details button")
    visit.page.wait_for_selector(".who summary")
    visit.page.wait_for_load_state("networkidle")
    return visit


def shown(visit: Visit, path: str) -> None:
    """Open a page, and return when it has read what it shows."""
    visit.open(path)
    visit.wait_for("!document.querySelector('.waiting, [data-coming]') && !!document.querySelector('h1')")
