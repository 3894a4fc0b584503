"""One server where everybody signs, several accounts, and what their administrators do."""

from __future__ import annotations

import base64
import json
import time
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

import boto3
from botocore.config import Config

from radiograph.api.administrator import first_administrator
from radiograph.api.iam.context import Desk
from radiograph.secrets import open_master_key
from radiograph.storage.documents.identities import IdentityDatabase
from tests.conftest import RunningServer, eventually

ADMIN, SECRET, REGION = "AKIAFIRSTADMINISTRAT", "the first administrator's secret", "us-east-1"
MONITOR, SOURCE, THIRD, FOURTH = "000000000000", "222222222222", "333333333333", "444444444444"
GIVEN = {"RADIOGRAPH_ADMIN_ACCESS_KEY_ID": ADMIN, "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY": SECRET}
TRACES = ["AWS::XRay::Trace"]


class Key(NamedTuple):
    id: str
    secret: str


class Accounts:
    """One server, and an administrator of each account."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.server = self.start()
        database = IdentityDatabase(data / "settings.sqlite3")
        desk = Desk.of(database, open_master_key(data))
        self.keys = {MONITOR: Key(ADMIN, SECRET)}
        for account in (SOURCE, THIRD, FOURTH):
            made = first_administrator(desk, account, REGION, time.time())
            assert made is not None
            self.keys[account] = Key(*made)
        database.close()

    def start(self) -> RunningServer:
        return RunningServer(self.data, "--auth", "required", environment=GIVEN)

    def client(self, service: str, account: str) -> Any:
        return self.as_(service, self.keys[account])

    def as_(self, service: str, key: Key) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.server.url,
            region_name=REGION,
            aws_access_key_id=key.id,
            aws_secret_access_key=key.secret,
            config=Config(retries={"total_max_attempts": 1}),
        )

    def user(self, account: str, name: str, *statements: dict[str, Any], managed: str = "") -> Key:
        """Give the key of a new user of an account."""
        iam = self.client("iam", account)
        iam.create_user(UserName=name)
        if statements:
            iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=policy(*statements))
        if managed:
            iam.attach_user_policy(UserName=name, PolicyArn=f"arn:aws:iam::aws:policy/{managed}")
        made = iam.create_access_key(UserName=name)["AccessKey"]
        return Key(made["AccessKeyId"], made["SecretAccessKey"])

    def send(self, account: str, *documents: dict[str, Any]) -> None:
        sent = self.client("xray", account).put_trace_segments(
            TraceSegmentDocuments=[json.dumps(one) for one in documents]
        )
        assert sent["UnprocessedTraceSegments"] == []

    def caught_up(self) -> None:
        eventually(lambda: self.counters()["applier.behind"] == 0)

    def counters(self) -> dict[str, int]:
        named = base64.b64encode(f"{ADMIN}:{SECRET}".encode()).decode()
        request = urllib.request.Request(f"{self.server.url}/counters", headers={"Authorization": f"Basic {named}"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            told: dict[str, int] = json.loads(answer.read())
        return told

    def read(self, account: str, *ids: str) -> list[dict[str, Any]]:
        """Give every segment that an account has of these traces."""
        traces = self.client("xray", account).batch_get_traces(TraceIds=list(ids))["Traces"]
        return [json.loads(one["Document"]) for trace in traces for one in trace["Segments"]]

    def summaries(self, account: str, filter_: str | None = None) -> dict[str, dict[str, Any]]:
        now = time.time()
        asked = {"StartTime": now - 600, "EndTime": now + 60} | ({"FilterExpression": filter_} if filter_ else {})
        pages = self.client("xray", account).get_paginator("get_trace_summaries").paginate(**asked)
        return {one["Id"]: one for page in pages for one in page["TraceSummaries"]}


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def lets(*accounts: str, **more: Any) -> str:
    """Give the policy of a sink that lets accounts share traces."""
    condition = {"ForAllValues:StringEquals": {"oam:ResourceTypes": TRACES}}
    statement = {"Effect": "Allow", "Principal": {"AWS": list(accounts)}, "Resource": "*", "Condition": condition}
    return policy(statement | {"Action": ["oam:CreateLink", "oam:UpdateLink"]} | more)
