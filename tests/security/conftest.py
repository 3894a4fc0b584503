"""One server where everybody signs, two accounts, and somebody of every kind."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.credentials import Credentials

from radiograph.api.administrator import first_administrator
from radiograph.api.iam.context import Desk
from radiograph.auth.session_tokens import Session, write_token
from radiograph.secrets import open_master_key
from radiograph.storage.documents.identities import IdentityDatabase
from tests.conftest import RunningServer
from tests.security.asking import REGION, Asker

ACCOUNT, OTHER = "000000000000", "111111111111"
ADMIN, SECRET = "AKIAFIRSTADMINISTRAT", "the first administrator's secret"
READ_ONLY = "arn:aws:iam::aws:policy/AWSXrayReadOnlyAccess"
ANYTHING = "arn:aws:iam::aws:policy/AdministratorAccess"


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def statement(effect: str, action: str, **more: Any) -> dict[str, Any]:
    return {"Effect": effect, "Action": action, "Resource": "*", **more}


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    given = {"RADIOGRAPH_ADMIN_ACCESS_KEY_ID": ADMIN, "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY": SECRET}
    unlimited = ("--most-refusals-per-s", "0", "--most-requests-per-s", "0")
    running = RunningServer(
        tmp_path_factory.mktemp("security") / "data", "--auth", "required", *unlimited, environment=given
    )
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session")
def asker(guarded: RunningServer) -> Asker:
    return Asker(guarded.host, guarded.port)


class People:
    """Who there is."""

    def __init__(self, server: RunningServer) -> None:
        self._server = server
        self.admin = Credentials(ADMIN, SECRET)
        self.iam, self._sts = self.client("iam", self.admin), self.client("sts", self.admin)
        trust = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}
        made = self.iam.create_role(RoleName="anything", AssumeRolePolicyDocument=document(trust))
        self._role, self._role_id = made["Role"]["Arn"], made["Role"]["RoleId"]
        self.iam.attach_role_policy(RoleName="anything", PolicyArn=ANYTHING)
        database = IdentityDatabase(server.data / "settings.sqlite3")
        desk = Desk.of(database, open_master_key(server.data))
        key = first_administrator(desk, OTHER, REGION, time.time())
        assert key is not None
        self.other = Credentials(*key)
        self.over = self._session_that_is_over(desk)
        database.close()

    def client(self, service: str, credentials: Credentials) -> Any:
        return boto3.client(
            service,
            endpoint_url=self._server.url,
            region_name=REGION,
            aws_access_key_id=credentials.access_key,
            aws_secret_access_key=credentials.secret_key,
            aws_session_token=credentials.token,
            config=Config(retries={"total_max_attempts": 1}),
        )

    def user(self, name: str, *policies: str, inline: str = "", boundary: str = "") -> Credentials:
        """Give the key of a new user."""
        self.iam.create_user(UserName=name, **({"PermissionsBoundary": boundary} if boundary else {}))
        for policy in policies:
            self.iam.attach_user_policy(UserName=name, PolicyArn=policy)
        if inline:
            self.iam.put_user_policy(UserName=name, PolicyName="inline", PolicyDocument=inline)
        key = self.iam.create_access_key(UserName=name)["AccessKey"]
        return Credentials(key["AccessKeyId"], key["SecretAccessKey"])

    def session(self, policy: str) -> Credentials:
        """Give a session of a role that may do anything, bounded by a session policy."""
        made = self._sts.assume_role(RoleArn=self._role, RoleSessionName="matrix", Policy=policy)["Credentials"]
        return Credentials(made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])

    def _session_that_is_over(self, desk: Desk) -> Credentials:
        now = time.time()
        session = Session(
            kind="role",
            account=ACCOUNT,
            access_key_id="ASIAAAAAAAAAAAAAOVER",
            secret="a secret of a session",
            entity_id=self._role_id,
            name="over",
            issued_at=now - 7200,
            expires_at=now - 1,
        )
        return Credentials(session.access_key_id, session.secret, write_token(session, desk.token_sealer))


@pytest.fixture(scope="session")
def people(guarded: RunningServer) -> People:
    return People(guarded)
