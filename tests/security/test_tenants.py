"""Two accounts in one installation: whatever the one asks, it hears nothing of the other.

TENANT_EXAMPLES=2000 lets it run as long as a release needs.
"""

from __future__ import annotations

import itertools
import json
import os
import time
from typing import Any

import pytest
from botocore.credentials import Credentials
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import RunningServer, eventually
from tests.fuzz.requests import Request, Requests
from tests.model.constraints import XRAY
from tests.security.asking import Asker
from tests.security.conftest import ACCOUNT, OTHER, People

EXAMPLES = int(os.environ.get("TENANT_EXAMPLES", "150"))
MARK = "marked-as-the-first-accounts"


@pytest.fixture(scope="module")
def theirs(guarded: RunningServer, people: People, asker: Asker) -> list[Any]:
    """Fill the first account, and give every answer about it: names, ids, ARNs, tokens."""

    def ask(operation: str, **members: Any) -> Any:
        path = XRAY.operation_model(operation).http["requestUri"]
        answer = asker.ask(path, json.dumps(members).encode(), people.admin)
        assert answer.status == 200, (operation, answer)
        return json.loads(answer.body)

    now = time.time()
    ids = [f"1-{int(now):08x}-{os.urandom(12).hex()}" for _ in range(5)]
    for id_ in ids:
        segment = {"trace_id": id_, "id": os.urandom(8).hex(), "name": MARK, "start_time": now - 1, "end_time": now}
        segment |= {"annotations": {"mark": MARK}, "metadata": {"default": {"mark": MARK}}, "fault": True}
        ask("PutTraceSegments", TraceSegmentDocuments=[json.dumps(segment)])
    group = ask("CreateGroup", GroupName=MARK[:30], FilterExpression=f'service("{MARK}")')["Group"]
    rule = {"RuleName": MARK[:30], "ResourceARN": "*", "Priority": 1, "FixedRate": 0.5, "ReservoirSize": 1}
    rule |= {"ServiceName": MARK, "ServiceType": "*", "Host": MARK, "HTTPMethod": "*", "URLPath": "*", "Version": 1}
    made = ask("CreateSamplingRule", SamplingRule=rule)["SamplingRuleRecord"]["SamplingRule"]
    ask("TagResource", ResourceARN=group["GroupARN"], Tags=[{"Key": "mark", "Value": MARK}])
    policy = {"Effect": "Allow", "Principal": "*", "Action": "xray:*", "Resource": "*", "Sid": MARK.replace("-", "")}
    text = json.dumps({"Version": "2012-10-17", "Statement": [policy]})
    ask("PutResourcePolicy", PolicyName=MARK[:30], PolicyDocument=text, BypassPolicyLockoutCheck=True)
    window = {"StartTime": now - 300, "EndTime": now + 60}
    eventually(lambda: len(ask("BatchGetTraces", TraceIds=ids)["Traces"]) == len(ids))
    told = [
        group,
        made,
        {"TraceIds": ids},
        ask("BatchGetTraces", TraceIds=ids),
        ask("GetTraceSummaries", **window),
        ask("GetServiceGraph", **window),
        ask("GetGroups"),
        ask("StartTraceRetrieval", TraceIds=ids, **window),
    ]
    assert MARK in json.dumps(told)
    return told


@settings(max_examples=EXAMPLES)
@given(seed=st.integers(0, 2**32), data=st.data())
def test_no_operation_tells_one_account_of_another(
    asker: Asker, people: People, theirs: list[Any], seed: int, data: st.DataObject
) -> None:
    requests = Requests(seed, time.time())
    for one in theirs:
        requests.learn(one)
    operation = data.draw(st.sampled_from(sorted(XRAY.operation_names)))
    request = wanted(requests, operation)
    body = request.body
    for own, other in zip(requests.documents.trace_ids, itertools.cycle(theirs[2]["TraceIds"]), strict=False):
        body = body.replace(own.encode(), other.encode())
    if operation.startswith(("Create", "Put", "Tag")):
        # What the other account itself is called by these names it may be told of later.
        for mark in (MARK, MARK[:30], MARK.replace("-", "")):
            body = body.replace(mark.encode(), b"its-own")
    answer = asker.ask(request.path, body, people.other)
    assert answer.status < 500 or answer.status == 501
    said = body.decode(errors="replace")
    for mark in (MARK, MARK[:30], MARK.replace("-", ""), ACCOUNT, *theirs[2]["TraceIds"]):
        if mark not in said:
            assert mark not in answer.body.decode(), f"{operation} {body!r}"
    if operation in ("BatchGetTraces", "GetTraceSummaries", "ListRetrievedTraces"):
        assert b'"Document"' not in answer.body
        assert b'"ResponseTime"' not in answer.body


def wanted(requests: Requests, operation: str) -> Request:
    requests._random.choice = _always(operation, requests._random.choice)  # type: ignore[method-assign]
    while (request := requests.next()).operation != operation:
        pass
    return request


def _always(operation: str, choice: Any) -> Any:
    return lambda listed: operation if listed is XRAY.operation_names else choice(listed)


def test_identities_of_one_account_are_nobody_to_another(people: People) -> None:
    theirs = people.client("iam", people.other)
    assert [one["UserName"] for one in theirs.list_users()["Users"]] == ["administrator"]
    assert theirs.list_roles()["Roles"] == []
    for arn in (f"arn:aws:iam::{ACCOUNT}:role/anything",):
        with pytest.raises(theirs.exceptions.ClientError, match="not authorized to perform: sts:AssumeRole"):
            people.client("sts", people.other).assume_role(RoleArn=arn, RoleSessionName="from-outside")
    assert people.client("sts", people.other).get_caller_identity()["Account"] == OTHER


def test_counters_are_of_every_account_and_for_the_server_s_own_only(asker: Asker, people: People) -> None:
    def status(credentials: Credentials) -> int:
        return asker.send("/counters", b"", asker.sign("/counters", b"", credentials, method="GET"), "GET").status

    assert status(people.admin) == 200
    assert status(people.other) == 403
