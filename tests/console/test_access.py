"""Who may do what: users, roles, groups, policies, keys, providers and the simulator, over IAM's own wire."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import RunningServer, eventually
from tests.console.browsing import HOSTILE, PATIENCE_MS, Visit
from tests.console.insiders import DAEMON, KEY, SECRET, client, key_of, shown

pytestmark = pytest.mark.browser

ROOT = "arn:aws:iam::000000000000:root"


def statement(**members: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **members}]})


TRUST = statement(Principal={"AWS": ROOT}, Action="sts:AssumeRole")


def test_a_user_gets_a_password_keys_groups_policies_and_goes_with_all_of_it(
    plain_insider: Visit, guarded: RunningServer
) -> None:
    insider, page, iam, name = plain_insider, plain_insider.page, client(guarded), "camille"
    insider.refusals = True  # IAM tells of a user without a password by an error
    iam.create_group(GroupName="readers")
    shown(insider, "/iam/users?new=1")
    page.locator(".form input").first.fill(name)
    page.locator(".form button[type=submit]").click()
    page.wait_for_selector("h1.access-name")
    parts = page.locator(".access-part")
    parts.nth(0).locator("input[type=password]").fill("at least 8 of 3 Kinds")
    parts.nth(0).locator("button[type=submit]").click()
    parts.nth(0).locator(".access-part-head button").wait_for()
    assert iam.get_login_profile(UserName=name)["LoginProfile"]["PasswordResetRequired"] is True
    parts.nth(1).locator("button").first.click()
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
    parts.nth(1).get_by_role("button", name=key).first.click()
    page.wait_for_function("() => /nactive/.test(document.querySelector('.access-part tbody').innerText)")
    assert iam.list_access_keys(UserName=name)["AccessKeyMetadata"][0]["Status"] == "Inactive"
    parts.nth(2).locator("select").select_option("readers")
    parts.nth(2).locator("button[type=submit]").click()
    parts.nth(2).locator("a", has_text="readers").wait_for()
    parts.nth(3).locator("select").select_option(DAEMON)
    parts.nth(3).locator("button[type=submit]").click()
    parts.nth(3).locator("li a").wait_for()
    parts.nth(5).locator("select").select_option(label="AWSXrayReadOnlyAccess")
    parts.nth(5).locator("button[type=submit]").click()
    parts.nth(5).locator("li a").wait_for()
    parts.nth(6).locator("input").nth(0).fill("team")
    parts.nth(6).locator("input").nth(1).fill(HOSTILE)
    # IAM takes no such character in a tag's value, and the form says so in place.
    parts.nth(6).locator(".access-choose button").click()
    parts.nth(6).locator("[role=alert]").wait_for()
    parts.nth(6).locator("input").nth(1).fill("payment")
    parts.nth(6).locator(".access-choose button").click()
    parts.nth(6).locator("li").wait_for()
    assert iam.list_user_tags(UserName=name)["Tags"] == [{"Key": "team", "Value": "payment"}]
    page.locator(".settings-head .form-danger").click()
    goes = page.locator(".access-goes")
    goes.locator("li").nth(3).wait_for()
    assert all(each in goes.inner_text() for each in (key, "readers", "AWSXRayDaemonWriteAccess"))
    insider.check("iam-removal")
    page.locator(".access-dialog .form-danger").click()
    page.wait_for_selector(".access-dialog", state="detached")
    page.wait_for_selector(".settings-head h1:not(.access-name)")
    assert name not in {user["UserName"] for user in iam.list_users()["Users"]}


def test_a_role_is_made_and_simulated_with_the_keyboard_alone(browser: Any, guarded: RunningServer) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    keys = page.keyboard

    def tab_to(what: str) -> None:
        for _ in range(80):
            keys.press("Tab")
            if page.evaluate("(what) => document.activeElement.matches(what)", what):
                return
        raise AssertionError(f"Tab does not reach {what}")

    page.goto(f"{guarded.url}/login?to=/map")
    tab_to("summary")
    keys.press("Enter")
    tab_to("input[name=key]")
    keys.type(KEY)
    tab_to("input[name=secret]")
    keys.type(SECRET)
    keys.press("Enter")
    page.wait_for_url("**/map")
    page.wait_for_selector(".who summary")
    keys.press("Control+k")
    page.wait_for_selector(".palette [role=option]")
    keys.type("Access")
    keys.press("Enter")
    page.wait_for_selector(".access-first")
    page.wait_for_load_state("networkidle")
    tab_to("a[href='/iam/roles?new=traces']")
    keys.press("Enter")
    page.wait_for_selector(".form input:focus")
    keys.type("keyboard")
    keys.press("Enter")
    page.wait_for_selector(".form .access-snippet")
    tab_to(".form-end button")
    keys.press("Enter")
    page.wait_for_selector(".settings-head a[href*=simulator]")
    tab_to("a[href*=simulator][href*=keyboard]")
    keys.press("Enter")
    page.wait_for_selector(".access-simulator select")
    tab_to(".access-usual button")
    keys.press("Enter")
    tab_to(".form-end button")
    keys.press("Enter")
    page.wait_for_selector(".access-results li[data-allowed]")
    assert page.locator(".access-verdict").inner_text() == "keyboard may do it."
    assert "AWSXRayDaemonWriteAccess" in page.locator(".access-results").inner_text()
    attached = client(guarded).list_attached_role_policies(RoleName="keyboard")["AttachedPolicies"]
    assert [one["PolicyArn"] for one in attached] == [DAEMON]
    context.close()


def test_what_a_statement_refuses_is_shown_with_the_statement(plain_insider: Visit, guarded: RunningServer) -> None:
    page, iam = plain_insider.page, client(guarded)
    iam.create_user(UserName="refused_one")
    deny = {"Sid": "Never", "Effect": "Deny", "Action": "xray:DeleteGroup", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    iam.put_user_policy(UserName="refused_one", PolicyName="no_deleting", PolicyDocument=document)
    shown(plain_insider, "/iam/simulator")
    page.locator("select").first.select_option(label="refused_one")
    page.locator("textarea").first.fill("xray:DeleteGroup, xray:GetGroups")
    page.locator(".form-end button").click()
    page.wait_for_selector(".access-results li + li")
    assert [each[0] for each in page.locator(".access-results b").all_inner_texts()] == ["✗", "✗"]
    page.locator(".access-results .access-link").click()
    page.get_by_text("Never").first.wait_for()
    assert "who=" in page.url
    assert "actions=" in page.url
    assert plain_insider.complaints == []


def test_a_group_gives_its_users_what_its_policies_allow(plain_insider: Visit, guarded: RunningServer) -> None:
    page, iam = plain_insider.page, client(guarded)
    key = key_of(guarded, "member")
    shown(plain_insider, "/iam/groups?new=1")
    page.locator(".form input").fill("watchers")
    page.locator(".form button[type=submit]").click()
    page.wait_for_selector("h1.access-name")
    members, attached = page.locator(".access-part").nth(0), page.locator(".access-part").nth(1)
    members.locator("select").select_option("member")
    members.locator("button[type=submit]").click()
    members.locator("li a").wait_for()
    attached.locator("select").select_option(label="AWSXrayReadOnlyAccess")
    attached.locator("button[type=submit]").click()
    attached.locator("li a").wait_for()
    eventually(lambda: client(guarded, "xray", *key).get_groups()["ResponseMetadata"]["HTTPStatusCode"] == 200)
    page.locator(".settings-head .form-danger").click()
    page.locator(".access-goes li").nth(1).wait_for()
    page.locator(".access-dialog .form-danger").click()
    page.wait_for_selector(".settings-head h1:not(.access-name)")
    assert "watchers" not in {group["GroupName"] for group in iam.list_groups()["Groups"]}
    assert iam.list_groups_for_user(UserName="member")["Groups"] == []


def test_a_policy_is_mended_where_it_is_wrong_and_its_next_version_is_in_force(
    plain_insider: Visit, guarded: RunningServer
) -> None:
    page, iam = plain_insider.page, client(guarded)
    plain_insider.refusals = True
    shown(plain_insider, "/iam/policies?new=1")
    page.locator(".form input").first.fill("payment")
    page.locator(".form textarea").fill(statement(Action="xray:GetGroup", Resource="nowhere"))
    page.wait_for_selector(".policy-refused")
    page.locator(".form textarea").fill(statement(Action="xray:GetGroup", Resource="*"))
    page.wait_for_selector(".policy-refused", state="detached")
    page.locator(".form button[type=submit]").click()
    page.wait_for_selector("h1.access-name")
    page.locator(".access-policy textarea").fill(statement(Action="xray:GetGroups", Resource="*"))
    page.locator(".access-policy button[type=submit]").click()
    page.locator(".access-list button", has_text="v2").wait_for()
    arn = "arn:aws:iam::000000000000:policy/payment"
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v2"
    page.locator(".access-list tr", has_text="v1").locator(".tool").first.click()
    eventually(lambda: iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v1")
    page.locator(".settings-head .form-danger").click()
    page.locator(".access-goes li").wait_for()
    page.locator(".access-dialog .form-danger").click()
    page.wait_for_selector(".settings-head h1:not(.access-name)")
    assert arn not in {policy["Arn"] for policy in iam.list_policies(Scope="Local")["Policies"]}


def test_every_key_is_listed_with_whose_it_is_and_whether_it_works(
    plain_insider: Visit, guarded: RunningServer
) -> None:
    key, _ = key_of(guarded, "key-owner")
    client(guarded).update_access_key(UserName="key-owner", AccessKeyId=key, Status="Inactive")
    plain_insider.refusals = True
    shown(plain_insider, "/iam/keys")
    row = plain_insider.page.locator("tr", has_text=key)
    row.get_by_text("Never").wait_for()
    assert "Inactive" in row.inner_text()
    row.locator("a").click()
    plain_insider.page.wait_for_selector("h1:text('key-owner')")
    assert plain_insider.complaints == []


def test_a_provider_is_registered_gets_another_client_and_goes(plain_insider: Visit, guarded: RunningServer) -> None:
    page, iam = plain_insider.page, client(guarded)
    shown(plain_insider, "/iam/providers?new=1")
    page.locator(".form input").nth(0).fill("https://id.example.com")
    page.locator(".form input").nth(1).fill("one, two")
    page.locator(".form button[type=submit]").click()
    page.wait_for_selector("h1.access-name")
    clients = page.locator(".access-part").first
    clients.locator("input").fill("three")
    clients.locator("button[type=submit]").click()
    clients.locator("li", has_text="three").wait_for()
    arn = "arn:aws:iam::000000000000:oidc-provider/id.example.com"
    told = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert sorted(told["ClientIDList"]) == ["one", "three", "two"]
    page.locator(".settings-head .form-danger").click()
    page.locator(".access-dialog .form-danger").click()
    page.wait_for_selector(".settings-head h1:not(.access-name)")
    assert iam.list_open_id_connect_providers()["OpenIDConnectProviderList"] == []


def test_no_page_takes_a_text_for_markup(plain_insider: Visit, guarded: RunningServer) -> None:
    page, iam = plain_insider.page, client(guarded)
    plain_insider.refusals = True
    name, turned = "x" * 64, f"{HOSTILE}\u202e\U0001f9fe"
    iam.create_user(UserName=name)
    iam.put_user_policy(
        UserName=name, PolicyName=name, PolicyDocument=statement(Action="xray:*", Resource=f"arn:aws:xray:*:*:{turned}")
    )
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST, Description=HOSTILE)
    paths = ["/iam/users", f"/iam/users?name={name}", "/iam/roles", f"/iam/roles?name={name}"]
    for path in [*paths, f"/iam/groups?name={HOSTILE}", f"/iam/simulator?who={HOSTILE}&actions={HOSTILE}"]:
        shown(plain_insider, path)
        if path == paths[1]:
            page.locator(".access-part").nth(4).locator(".access-link").click()
            page.wait_for_selector(".explained")
        assert page.locator("#root img").count() == 0
        assert page.evaluate("document.querySelector('#content').scrollWidth <= innerWidth")
        assert page.title() != "1"
    assert plain_insider.complaints == []


def test_where_nobody_signs_in_the_pages_work_and_say_so(plain_visit: Visit) -> None:
    page = plain_visit.page
    plain_visit.refusals = True
    page.goto(f"{plain_visit.url}/login")
    page.wait_for_url(f"{plain_visit.url}/")
    shown(plain_visit, "/iam")
    assert "--auth required" in page.locator(".strip").inner_text()
    shown(plain_visit, "/iam/users?new=1")
    page.locator(".form input").first.fill("local-one")
    page.locator(".form button[type=submit]").click()
    page.wait_for_selector("h1.access-name")
    page.locator(".settings-head .form-danger").click()
    page.locator(".access-dialog .form-danger").click()
    page.wait_for_selector(".settings-head h1:not(.access-name)")
    shown(plain_visit, "/iam/audit")
    page.locator("tr", has_text="DeleteUser").get_by_text("root").wait_for()
    assert plain_visit.complaints == []


def test_every_page_of_access_can_be_read_by_everybody(insider: Visit, guarded: RunningServer) -> None:
    iam, page = client(guarded), insider.page
    insider.refusals = True
    name = f"looked-at-{insider.name}"
    iam.create_user(UserName=name)
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
    iam.create_group(GroupName=name)
    own = iam.create_policy(PolicyName=name, PolicyDocument=statement(Action="xray:Get*", Resource="*"))
    arn = own["Policy"]["Arn"]
    who = f"arn:aws:iam::000000000000:role/{name}"
    for page_name, path in {
        "overview": "",
        "users": "/users?new=1",
        "user": f"/users?name={name}",
        "roles": "/roles?new=1",
        "first-role": "/roles?new=traces",
        "role": f"/roles?name={name}",
        "groups": "/groups?new=1",
        "group": f"/groups?name={name}",
        "policies": "/policies?new=1",
        "policy": f"/policies?name={arn}",
        "keys": "/keys",
        "providers": "/providers?new=1",
        "simulator": f"/simulator?who={who}&actions=xray:GetGroup",
    }.items():
        shown(insider, f"/iam{path}")
        insider.check(f"iam-{page_name}")
    assert page.locator(".access-nav a[aria-current=page]").count() == 1
