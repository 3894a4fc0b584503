"""Logging in at the console: by a password, by a provider, and how a session ends."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from radiograph.api.iam.callers import login_of_user
from radiograph.storage.documents.identities import IdentityDatabase
from tests.api.iam.provider import Provider
from tests.conftest import RunningServer, eventually

ADMIN, SECRET = "AKIAFIRSTADMINISTRAT", "the first administrator's secret"
ACCOUNT = "000000000000"
GOOD, BETTER = "correct Horse 1", "battery Staple 2"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/people"


class Directory(Provider):
    """A provider that lets people in, as they say who they are."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self.codes: dict[str, dict[str, str]] = {}
        self.claims: dict[str, Any] = {}
        self.posted = self._exchange
        found = {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", "token_endpoint": f"{self.issuer}/token"}
        self.say("/.well-known/openid-configuration", found | {"authorization_endpoint": f"{self.issuer}/authorize"})

    def log_in(self, location: str) -> str:
        """Give where a browser is sent that has logged in at this location."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        there = urlsplit(asked["redirect_uri"])
        return f"{there.path}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer})}"

    def _exchange(self, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        asked = self.codes.pop(form["code"], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        named = base64.b64encode(b"one:the client's secret").decode()
        if asked is None or challenge.decode() != asked["code_challenge"] or authorization != f"Basic {named}":
            return 400, {"error": "invalid_grant"}
        if form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        claims = {"nonce": asked["nonce"], "email": "alice@example.com"} | self.claims
        return 200, {"id_token": self.token(**claims), "access_token": "unused", "token_type": "Bearer"}


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    made = Directory(tmp_path_factory.mktemp("provider"))
    made.certificate = next(tmp_path_factory.getbasetemp().glob("provider*/certificate.pem"))  # type: ignore[attr-defined]
    yield made
    made.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, directory: Directory) -> Iterator[RunningServer]:
    given = {
        "RADIOGRAPH_ADMIN_ACCESS_KEY_ID": ADMIN,
        "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY": SECRET,
        "RADIOGRAPH_OIDC_CLIENT_SECRET": "the client's secret",
        "SSL_CERT_FILE": str(directory.certificate),  # type: ignore[attr-defined]
    }
    running = RunningServer(
        tmp_path_factory.mktemp("console") / "data",
        *("--auth", "required", "--oidc-issuer", directory.issuer, "--oidc-client-id", "one"),
        *("--oidc-role", ROLE, "--oidc-networks", "127.0.0.0/8, ::1/128"),
        environment=given,
    )
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def iam(server: RunningServer, directory: Directory) -> Any:
    made = boto3.client(
        "iam",
        endpoint_url=server.url,
        region_name="us-east-1",
        aws_access_key_id=ADMIN,
        aws_secret_access_key=SECRET,
    )
    provider = made.create_open_id_connect_provider(Url=directory.issuer, ClientIDList=["one"])
    who = {"StringLike": {f"{directory.host}:sub": "a*"}}
    trust = {
        "Effect": "Allow",
        "Principal": {"Federated": provider["OpenIDConnectProviderArn"]},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": who,
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    made.create_role(RoleName="people", AssumeRolePolicyDocument=document)
    made.attach_role_policy(RoleName="people", PolicyArn="arn:aws:iam::aws:policy/AWSXrayReadOnlyAccess")
    return made


_addresses = iter(range(2, 255))


class Browser:
    """Keeps cookies, and follows nothing by itself. Each has an address of its own, as guesses are counted by it."""

    def __init__(self, server: RunningServer) -> None:
        self.server, self.cookies = server, dict[str, str]()
        self.address = f"127.0.0.{next(_addresses)}"

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
        where = (self.server.host, self.server.port)
        connection = http.client.HTTPConnection(*where, timeout=60, source_address=(self.address, 0))
        told = {"Origin": self.server.url, **headers} if method == "POST" else headers
        if self.cookies:
            told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, path, body or None, told)
        answer = connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("set-cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text

    def log_in(self, user: str, password: str, account: str = ACCOUNT, **more: str) -> int:
        form = {"account": account, "user": user, "password": password, **more}
        return self.ask("POST", "/login/password" if "new" in more else "/login", urlencode(form))[0]

    def may(self, path: str = "/Groups") -> bool:
        return self.ask("POST", path, "{}")[0] == 200


@pytest.fixture
def browser(server: RunningServer) -> Browser:
    return Browser(server)


_made = iter(range(1000))


@pytest.fixture
def user(iam: Any) -> str:
    """Give a user who may read, and has a password."""
    name = f"reader{next(_made)}"
    iam.create_user(UserName=name)
    iam.attach_user_policy(UserName=name, PolicyArn="arn:aws:iam::aws:policy/AWSXrayReadOnlyAccess")
    iam.create_login_profile(UserName=name, Password=GOOD)
    return name


def test_a_password_logs_in_and_policies_decide_as_ever(browser: Browser, user: str) -> None:
    assert not browser.may()
    assert browser.log_in(user, GOOD) == 303
    assert browser.may()
    status, _, text = browser.ask("POST", "/CreateGroup", '{"GroupName":"mine"}')
    assert status == 403
    assert f"user/{user} is not authorized to perform: xray:CreateGroup" in text
    status, _, text = browser.ask("POST", "/", "Action=GetCallerIdentity&Version=2011-06-15")
    assert status == 200
    assert f"user/{user}</Arn>" in text


def test_an_account_may_be_told_by_its_alias(browser: Browser, iam: Any, user: str) -> None:
    iam.create_account_alias(AccountAlias="shop")
    assert browser.log_in(user, GOOD, account="shop") == 303
    assert browser.may()


@pytest.mark.parametrize("wrong", ["password", "user", "account", "alias", "nothing"])
def test_what_is_wrong_nobody_is_told(server: RunningServer, user: str, wrong: str) -> None:
    browser = Browser(server)
    told = {"account": ACCOUNT, "user": user, "password": GOOD}
    told |= {"account": "no-such-alias"} if wrong == "alias" else {wrong: "111111111111" if wrong == "account" else "x"}
    told = {name: told[name] for name in ("account", "user", "password")} if wrong != "nothing" else {"user": ""}
    status, _, text = browser.ask("POST", "/login", urlencode(told))
    assert status == 403
    assert "The account, the user or the password is another one." in text
    assert browser.cookies == {}


def test_a_user_without_a_password_cannot_log_in(browser: Browser) -> None:
    assert browser.log_in("administrator", "") == 403


def test_guesses_are_counted_by_name_and_who_waits_may_go_on(server: RunningServer, user: str) -> None:
    assert Browser(server).log_in(user, "a guess") == 403
    eventually(lambda: Browser(server).log_in(user, "a guess") == 429)
    assert Browser(server).log_in(user, GOOD) == 429, "the right one among too many guesses is not told"


@pytest.mark.parametrize("how", ["another password", "no password", "no user", "must change"])
def test_a_session_ends_with_its_password(browser: Browser, iam: Any, user: str, how: str) -> None:
    assert browser.log_in(user, GOOD) == 303
    assert browser.may()
    match how:
        case "another password":
            iam.update_login_profile(UserName=user, Password=BETTER)
        case "must change":
            iam.update_login_profile(UserName=user, PasswordResetRequired=True)
        case _:
            iam.delete_login_profile(UserName=user)
    if how == "no user":
        iam.detach_user_policy(UserName=user, PolicyArn="arn:aws:iam::aws:policy/AWSXrayReadOnlyAccess")
        iam.delete_user(UserName=user)
    assert not browser.may()


def test_a_password_is_not_to_be_got_round_by_an_access_key_with_no_secret(
    browser: Browser, server: RunningServer, user: str
) -> None:
    store = IdentityDatabase(server.data / "settings.sqlite3")
    with store.read(ACCOUNT) as kept:
        password = next(kept.passwords.of(one.id) for one in kept.users.all() if one.name == user)
    store.close()
    assert password is not None
    assert Browser(server).log_in(user, GOOD) == 303
    for key in (login_of_user(ACCOUNT, password), "user:x", "session:x"):
        assert browser.ask("POST", "/login", urlencode({"key": key, "secret": ""}))[0] == 403
        assert browser.cookies == {}
        named = base64.b64encode(f"{key}:".encode()).decode()
        assert browser.ask("GET", "/counters", Authorization=f"Basic {named}")[0] == 403
        request = AWSRequest(method="POST", url=f"{server.url}/Groups", data=b"{}")
        SigV4Auth(Credentials(key, ""), "xray", "us-east-1").add_auth(request)
        status, headers, _ = browser.ask("POST", "/Groups", "{}", **dict(request.headers.items()))
        assert (status, headers["x-amzn-errortype"]) == (403, "UnrecognizedClientException")


def listened(browser: Browser, path: str, meanwhile: Callable[[], object]) -> str:
    """Give all of a stream, which has to end because of what happens meanwhile."""
    connection = http.client.HTTPConnection(browser.server.host, browser.server.port, timeout=60)
    connection.request("GET", path, headers={"Cookie": f"radiograph={browser.cookies['radiograph']}"})
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    meanwhile()
    text = answer.read().decode()
    connection.close()
    return text


@pytest.mark.parametrize("path", ["/console/api/live", "/console/api/arrivals"])
def test_who_has_a_password_listens_until_it_logs_out(browser: Browser, iam: Any, user: str, path: str) -> None:
    iam.attach_user_policy(UserName=user, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    assert browser.log_in(user, GOOD) == 303
    text = listened(browser, path, lambda: browser.ask("POST", "/logout"))
    assert "MissingAuthenticationTokenException" in text.split("event: ")[-1]


def test_a_session_has_another_id_after_each_login(browser: Browser, user: str) -> None:
    browser.cookies["radiograph"] = "an id that somebody else has chosen"
    assert browser.log_in(user, GOOD) == 303
    first = browser.cookies["radiograph"]
    assert browser.log_in(user, GOOD) == 303
    assert browser.cookies["radiograph"] != first
    browser.cookies["radiograph"] = first
    assert not browser.may()


def test_a_password_that_is_to_be_changed_is_changed_first(browser: Browser, iam: Any, user: str) -> None:
    iam.update_login_profile(UserName=user, PasswordResetRequired=True)
    status, _, text = browser.ask(
        "POST", "/login", urlencode({"account": ACCOUNT, "user": user, "password": GOOD, "to": "/traces"})
    )
    assert status == 200
    assert "Choose a new password" in text
    assert browser.cookies == {}
    assert browser.log_in(user, GOOD, new=BETTER, again="another") == 400
    assert browser.log_in(user, GOOD, new="short", again="short") == 400
    assert browser.log_in(user, "wrong", new=BETTER, again=BETTER) == 403
    assert not browser.may()
    assert browser.log_in(user, GOOD, new=BETTER, again=BETTER) == 303
    assert browser.may()
    assert Browser(browser.server).log_in(user, BETTER) == 303


def test_what_people_type_comes_back_as_text(browser: Browser) -> None:
    nasty = '"><script>alert(1)</script>'
    for form in ({"account": nasty, "user": nasty, "password": nasty}, {"key": nasty, "secret": nasty}):
        _, headers, text = browser.ask("POST", "/login", urlencode(form | {"to": nasty}))
        assert "<script>" not in text
        assert nasty not in text
        assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/login", "/login/password", "/logout"])
def test_no_page_of_others_logs_anybody_in_or_out(browser: Browser, user: str, path: str) -> None:
    form = urlencode({"account": ACCOUNT, "user": user, "password": GOOD})
    assert browser.ask("POST", path, form, Origin="https://elsewhere.example")[0] == 403
    assert browser.cookies == {}


# --- a provider


def begun(browser: Browser, to: str = "/") -> str:
    status, headers, _ = browser.ask("GET", f"/login/oidc?to={to}")
    assert status == 303
    return headers["location"]


def test_a_provider_lets_people_in_with_a_role(browser: Browser, iam: Any, directory: Directory) -> None:
    assert f"Log in with {directory.host.split(':')[0]}" in browser.ask("GET", "/login")[2]
    location = begun(browser, "/traces%3Flast%3D1h")
    assert location.startswith(f"{directory.issuer}/authorize?")
    status, headers, text = browser.ask("GET", directory.log_in(location))
    assert (status, headers.get("location")) == (303, "/traces?last=1h"), text
    assert browser.may()
    status, _, text = browser.ask("POST", "/", "Action=GetCallerIdentity&Version=2011-06-15")
    assert "assumed-role/people/alice@example.com</Arn>" in text
    assert browser.ask("POST", "/CreateGroup", '{"GroupName":"mine"}')[0] == 403


def test_who_comes_from_a_provider_listens_until_its_role_may_not(
    browser: Browser, iam: Any, directory: Directory
) -> None:
    assert browser.ask("GET", directory.log_in(begun(browser)))[0] == 303
    policy = {"RoleName": "people", "PolicyArn": "arn:aws:iam::aws:policy/AWSXrayReadOnlyAccess"}
    try:
        text = listened(browser, "/console/api/live", lambda: iam.detach_role_policy(**policy))
    finally:
        iam.attach_role_policy(**policy)
    assert "AccessDeniedException" in text.split("event: ")[-1]


def test_what_comes_back_is_good_once_and_for_one_browser(
    browser: Browser, server: RunningServer, iam: Any, directory: Directory
) -> None:
    back = directory.log_in(begun(browser))
    other = Browser(server)
    begun(other)
    assert other.ask("GET", back)[0] == 403, "it is another browser's"
    assert browser.ask("GET", back)[0] == 403, "and of no more use after that"
    back = directory.log_in(begun(browser))
    assert browser.ask("GET", back)[0] == 303
    browser.cookies.pop("radiograph")
    assert browser.ask("GET", back)[0] == 403
    assert not browser.may()


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"nonce": "another"}, "another attempt"),
        ({"sub": "mallory"}, "Not authorized to perform"),
        ({"aud": "two"}, "audience"),
        ({"exp": 1}, "expired"),
    ],
)
def test_a_token_that_is_not_good_lets_nobody_in(
    browser: Browser, iam: Any, directory: Directory, claims: dict[str, Any], why: str
) -> None:
    directory.claims = claims
    try:
        status, _, text = browser.ask("GET", directory.log_in(begun(browser)))
    finally:
        directory.claims = {}
    assert status == 403
    assert why in text
    assert not browser.may()


@pytest.mark.parametrize(
    "change", [("code=", "code=x"), ("state=", "state=x"), ("code=", "error=denied&x="), ("iss=https", "iss=http")]
)
def test_an_answer_that_was_changed_lets_nobody_in(
    browser: Browser, iam: Any, directory: Directory, change: tuple[str, str]
) -> None:
    assert browser.ask("GET", directory.log_in(begun(browser)).replace(*change))[0] == 403
    assert not browser.may()


def test_the_cookie_of_an_attempt_comes_back_with_the_browser(server: RunningServer, iam: Any) -> None:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
    connection.request("GET", "/login/oidc")
    answer = connection.getresponse()
    answer.read()
    assert "SameSite=Lax" in answer.getheader("set-cookie", "")
    assert "HttpOnly" in answer.getheader("set-cookie", "")
