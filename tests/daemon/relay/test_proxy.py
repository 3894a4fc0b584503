"""The TCP side: requests go on signed, sampling is answered from memory in an outage, browsers are refused."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
import uvloop
from botocore import UNSIGNED
from botocore.config import Config

from radiograph.daemon.relay.proxy import SigningProxy
from radiograph.daemon.relay.service import Service
from tests.daemon.relay.test_signing import by_botocore
from tests.e2e.documents import Answer, ask

from .upstream import HANG_UP, KEYS, NOW_S, Asked, Told, Upstream, refusal, service_at

RULES = {
    "SamplingRuleRecords": [
        {
            "SamplingRule": {
                "RuleName": "Default",
                "RuleARN": "arn:aws:xray:eu-west-1:000000000000:sampling-rule/Default",
                "ResourceARN": "*",
                "Priority": 10000,
                "FixedRate": 0.05,
                "ReservoirSize": 1,
                "ServiceName": "*",
                "ServiceType": "*",
                "Host": "*",
                "HTTPMethod": "*",
                "URLPath": "*",
                "Version": 1,
                "Attributes": {},
            },
            "CreatedAt": 0.0,
            "ModifiedAt": 0.0,
        }
    ]
}
CLIENT = "ABCDEF1234567890ABCDEF10"
REPORT = {"RuleName": "Default", "ClientID": CLIENT, "Timestamp": NOW_S, "RequestCount": 3, "SampledCount": 1}
TARGETS = {
    "SamplingTargetDocuments": [
        {
            "RuleName": "Default",
            "FixedRate": 0.05,
            "ReservoirQuota": 1,
            "ReservoirQuotaTTL": NOW_S + 300,
            "Interval": 10,
        }
    ],
    "LastRuleModification": 1.0,
    "UnprocessedStatistics": [],
}


class Proxy:
    """A proxy on a loop of its own, at a moment of the test's."""

    def __init__(self, service: Service, host: str = "127.0.0.1") -> None:
        self.now = NOW_S
        listening = socket.create_server((host, 0), family=socket.AF_INET)
        self.port: int = listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._ready, self._loop = threading.Event(), uvloop.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._run(service, listening),))
        self._thread.start()
        assert self._ready.wait(10)

    async def _run(self, service: Service, listening: socket.socket) -> None:
        self._leaving = asyncio.Event()
        proxy = SigningProxy(service, listening, lambda: self.now)
        await proxy.start()
        self._ready.set()
        await self._leaving.wait()
        await proxy.stop()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._leaving.set)
        self._thread.join()
        self._loop.close()

    def raw(self, request: bytes) -> bytes:
        """Give all that comes back for bytes, up to the end of the connection."""
        with socket.create_connection(("127.0.0.1", self.port)) as one:
            one.sendall(request)
            one.settimeout(20)
            parts = []
            while part := one.recv(65_536):
                parts.append(part)
            return b"".join(parts)


@pytest.fixture
def start_proxy() -> Iterator[Callable[..., Proxy]]:
    started: list[Proxy] = []

    def start(*arguments: Any, **named: Any) -> Proxy:
        started.append(Proxy(*arguments, **named))
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.fixture
def proxy(start_proxy: Callable[..., Proxy], upstream: Upstream) -> Proxy:
    upstream.answer = as_x_ray
    return start_proxy(service_at(upstream.url, KEYS))


def as_x_ray(asked: Asked) -> Told:
    answers: dict[str, object] = {"/GetSamplingRules": RULES, "/SamplingTargets": TARGETS}
    if asked.path not in answers:
        return Told(200, json.dumps({"Path": asked.path}).encode())
    return Told(200, json.dumps(answers[asked.path]).encode())


def poll_targets(proxy: Proxy) -> Answer:
    return ask(proxy.url, "/SamplingTargets", {"SamplingStatisticsDocuments": [REPORT]})


def test_a_request_goes_on_with_our_signature_which_botocore_verifies(proxy: Proxy, upstream: Upstream) -> None:
    answer = ask(proxy.url, "/TraceSummaries?a=b&A=%20", {"StartTime": 1})
    assert (answer.status, answer.body) == (200, {"Path": "/TraceSummaries?a=b&A=%20"})
    (asked,) = upstream.asked
    names = asked.headers["authorization"].split("SignedHeaders=")[1].split(",")[0].split(";")
    assert {"host", "x-amz-date", "content-type"} <= set(names)
    assert asked.headers["authorization"] == by_botocore(
        "POST",
        upstream.url + asked.path,
        {name: asked.headers[name] for name in names},
        asked.body,
        KEYS,
        "eu-west-1",
        asked.headers["x-amz-date"],
    )


def test_a_signature_of_the_client_s_own_is_replaced(proxy: Proxy, upstream: Upstream) -> None:
    client = boto3.client(
        "xray",
        endpoint_url=proxy.url,
        region_name="us-west-2",
        aws_access_key_id="theirs",
        aws_secret_access_key="theirs",
        aws_session_token="theirs",
    )
    assert client.get_sampling_rules()["SamplingRuleRecords"][0]["SamplingRule"]["RuleName"] == "Default"
    (asked,) = upstream.asked
    assert "Credential=AKIDEXAMPLE/20260921/eu-west-1/xray" in asked.headers["authorization"]
    assert "x-amz-security-token" not in asked.headers
    assert asked.headers["host"] == f"127.0.0.1:{upstream.port}"
    assert asked.headers["user-agent"].startswith("Boto3/")


def test_without_keys_a_request_goes_on_as_it_came(start_proxy: Callable[..., Proxy], upstream: Upstream) -> None:
    upstream.answer = as_x_ray
    proxy = start_proxy(service_at(upstream.url))
    client = boto3.client(
        "xray", endpoint_url=proxy.url, region_name="us-west-2", config=Config(signature_version=UNSIGNED)
    )
    client.get_sampling_rules()
    assert "authorization" not in upstream.asked[0].headers


def test_errors_of_the_service_are_told_as_they_are(proxy: Proxy, upstream: Upstream) -> None:
    upstream.answer = lambda asked: refusal(400, "InvalidRequestException", "too long a window", **{"X-Other": "1"})
    answer = ask(proxy.url, "/TraceSummaries", {})
    assert (answer.status, answer.body) == (400, {"message": "too long a window"})
    assert answer.headers["x-amzn-errortype"] == "InvalidRequestException"
    assert answer.headers["x-other"] == "1"


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE", "PUT"])
def test_any_method_goes_on(proxy: Proxy, upstream: Upstream, method: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=20)
    for _ in range(2):
        connection.request(method, "/anything")
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.read() == (b"" if method == "HEAD" else b'{"Path": "/anything"}')
        assert answer.headers["content-length"] == "21"
    connection.close()
    assert [asked.method for asked in upstream.asked] == [method] * 2


def test_headers_about_the_connection_stay_here(proxy: Proxy, upstream: Upstream) -> None:
    told = proxy.raw(
        b"POST /x HTTP/1.1\r\nHost: localhost\r\nConnection: close, X-Mine\r\nX-Mine: 1\r\nKeep-Alive: 5\r\n"
        b"TE: gzip\r\nProxy-Authorization: secret\r\n"
        b"Transfer-Encoding: chunked\r\nX-Kept: 2\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    )
    assert told.startswith(b"HTTP/1.1 200 OK\r\n")
    (asked,) = upstream.asked
    assert asked.body == b"abcde"
    assert asked.headers["content-length"] == "5"
    assert asked.headers["x-kept"] == "2"
    for name in ("connection", "x-mine", "keep-alive", "te", "proxy-authorization", "transfer-encoding"):
        assert name not in asked.headers


def test_requests_that_come_at_once_are_answered_in_order(proxy: Proxy) -> None:
    one = b"POST /%d HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
    last = one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    told = proxy.raw(one % 1 + one % 2 + last % 3)
    first, second, third = (told.find(b'{"Path": "/%d"}' % n) for n in (1, 2, 3))
    assert 0 < first < second < third


def test_who_waits_to_be_told_to_go_on_is_told(proxy: Proxy, upstream: Upstream) -> None:
    with socket.create_connection(("127.0.0.1", proxy.port)) as one:
        one.sendall(b"POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        one.settimeout(20)
        assert one.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        one.sendall(b"{}")
        assert one.recv(1000).startswith(b"HTTP/1.1 200 OK")
    assert upstream.asked[0].body == b"{}"
    assert "expect" not in upstream.asked[0].headers


@pytest.mark.parametrize("trouble", [HANG_UP, Told(503), Told(500), refusal(429, "ThrottledException")])
def test_rules_are_answered_from_memory_while_the_service_is_away(
    proxy: Proxy, upstream: Upstream, trouble: Told
) -> None:
    first = ask(proxy.url, "/GetSamplingRules")
    upstream.answer = lambda asked: trouble
    again = ask(proxy.url, "/GetSamplingRules")
    assert (again.status, again.body) == (200, first.body)
    assert again.headers["x-amzn-requestid"]


def test_targets_are_answered_from_memory_until_they_expire(proxy: Proxy, upstream: Upstream) -> None:
    assert poll_targets(proxy).body == TARGETS
    upstream.answer = lambda asked: HANG_UP
    proxy.now += 100
    assert poll_targets(proxy).body["SamplingTargetDocuments"] == TARGETS["SamplingTargetDocuments"]
    proxy.now += 200
    assert poll_targets(proxy).body["SamplingTargetDocuments"] == [
        {"RuleName": "Default", "FixedRate": 0.05, "Interval": 10}
    ]


def test_right_after_a_failure_the_service_is_left_alone_for_a_moment(proxy: Proxy, upstream: Upstream) -> None:
    ask(proxy.url, "/GetSamplingRules")
    upstream.answer = lambda asked: HANG_UP
    ask(proxy.url, "/GetSamplingRules")
    asked = len(upstream.asked)
    for _ in range(5):
        assert ask(proxy.url, "/GetSamplingRules").status == 200
    assert len(upstream.asked) == asked
    upstream.answer = as_x_ray
    proxy.now += 6
    assert ask(proxy.url, "/GetSamplingRules").status == 200
    assert len(upstream.asked) == asked + 1


def test_without_a_memory_the_caller_is_told_that_the_service_is_away(proxy: Proxy, upstream: Upstream) -> None:
    upstream.answer = lambda asked: HANG_UP
    for path in ("/GetSamplingRules", "/SamplingTargets", "/TraceSummaries"):
        answer = ask(proxy.url, path, {"SamplingStatisticsDocuments": [REPORT]})
        assert answer.status == 503
        assert answer.headers["x-amzn-errortype"] == "ServiceUnavailable"
        assert upstream.url in answer.body["Message"]


def test_other_calls_are_never_answered_from_memory(proxy: Proxy, upstream: Upstream) -> None:
    assert ask(proxy.url, "/Groups", {}).status == 200
    upstream.answer = lambda asked: HANG_UP
    assert ask(proxy.url, "/Groups", {}).status == 503


def test_what_the_service_refuses_is_not_covered_up_by_memory(proxy: Proxy, upstream: Upstream) -> None:
    ask(proxy.url, "/GetSamplingRules")
    upstream.answer = lambda asked: refusal(403, "AccessDeniedException")
    assert ask(proxy.url, "/GetSamplingRules").status == 403


def headers(**named: str) -> bytes:
    lines = {"Host": "127.0.0.1", "Connection": "close", "Content-Length": "0"} | {
        name.replace("_", "-"): value for name, value in named.items()
    }
    return (
        b"POST /GetSamplingRules HTTP/1.1\r\n"
        + b"".join(f"{name}: {value}\r\n".encode() for name, value in lines.items())
        + b"\r\n"
    )


@pytest.mark.parametrize(
    "request_",
    [
        headers(Origin="http://evil.example"),
        headers(Origin="null"),
        headers(Origin="http://127.0.0.1"),
        headers(Sec_Fetch_Site="cross-site"),
        headers(Host="evil.example"),
        headers(Host="evil.example:2000"),
        headers(Host="127.0.0.1.evil.example"),
        headers(Host=""),
    ],
)
def test_pages_and_names_of_other_sites_are_kept_out(proxy: Proxy, upstream: Upstream, request_: bytes) -> None:
    told = proxy.raw(request_)
    assert told.startswith(b"HTTP/1.1 403 ")
    assert b"AccessDeniedException" in told
    assert upstream.asked == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:2000", "[::1]:2000", "[::1]", "LOCALHOST:2000"])
def test_names_of_this_machine_are_served(proxy: Proxy, host: str) -> None:
    assert proxy.raw(headers(Host=host)).startswith(b"HTTP/1.1 200 ")


def test_bound_to_every_interface_any_name_is_served_but_no_browser(
    start_proxy: Callable[..., Proxy], upstream: Upstream
) -> None:
    upstream.answer = as_x_ray
    proxy = start_proxy(service_at(upstream.url), host="0.0.0.0")
    assert proxy.raw(headers(Host="xray-daemon.internal:2000")).startswith(b"HTTP/1.1 200 ")
    assert proxy.raw(headers(Origin="http://evil.example")).startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400),
        (
            b"POST http://evil.example/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
            400,
        ),
        (b"GET /x HTTP/1.1\r\nHost: localhost\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n", 400),
        (b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        (b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
        (b"POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6000000\r\n\r\n", 413),
        (b"POST /x HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", 431),
        (b"POST /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n", 431),
        (b"POST /x HTTP/1.1\r\n" + b"X: 1\r\n" * 200 + b"\r\n", 431),
    ],
)
def test_what_is_no_request_or_too_large_is_refused(
    proxy: Proxy, upstream: Upstream, request_: bytes, status: int
) -> None:
    assert proxy.raw(request_).startswith(b"HTTP/1.1 %d " % status)
    assert upstream.asked == []


def test_a_body_in_chunks_is_bounded_too(proxy: Proxy, upstream: Upstream) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    told = proxy.raw(b"POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk * 90)
    assert told.startswith(b"HTTP/1.1 413 ")
    assert upstream.asked == []


def test_the_service_s_headers_cannot_split_our_answer(proxy: Proxy, upstream: Upstream) -> None:
    upstream.answer = lambda asked: Told(
        200, b"{}", {"X-A": "1", "Transfer-Encoding-X": "2", "Keep-Alive": "timeout=5"}
    )
    told = proxy.raw(headers())
    assert told.count(b"HTTP/1.1") == 1
    assert b"Keep-Alive" not in told


def test_it_stops_although_a_client_stays_connected_and_another_waits(
    start_upstream: Callable[..., Upstream],
) -> None:
    upstream, held = start_upstream(), threading.Event()

    def answer(asked: Asked) -> Told:
        held.wait(20)
        return Told()

    upstream.answer = answer
    proxy = Proxy(service_at(upstream.url))
    with (
        socket.create_connection(("127.0.0.1", proxy.port)) as idle,
        socket.create_connection(("127.0.0.1", proxy.port)) as waits,
    ):
        waits.sendall(b"POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
        while not upstream.asked:
            pass
        proxy.stop()
        idle.settimeout(20)
        assert idle.recv(10) == b""
    held.set()
