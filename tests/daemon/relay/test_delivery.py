"""Every document is taken, refused by name, or tried again; a bad one never harms its neighbours."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
from collections.abc import Callable, Iterator

import msgspec
import pytest

from radiograph.daemon.relay.answer import Reply
from radiograph.daemon.relay.connection import Connection
from radiograph.daemon.relay.consignment import Consignment
from radiograph.daemon.relay.delivery import Delivery
from radiograph.daemon.relay.outage import Outage
from radiograph.daemon.relay.patience import Patience
from radiograph.daemon.relay.service import Service
from radiograph.daemon.relay.signing import Keys
from radiograph.daemon.relay.tally import Tally
from radiograph.telemetry import log

from .upstream import HANG_UP, KEYS, NOW_S, Asked, Given, Told, Upstream, refusal, service_at


def document(number: int, **members: object) -> bytes:
    names = {"id": f"{number:016x}", "trace_id": f"1-{number:08x}-{0:024x}", "name": "shop"}
    return json.dumps(names | members).encode()


class Desk:
    """A delivery without waits, and what it counts."""

    def __init__(self, service: Service, patient_s: float = 30.0) -> None:
        self.service, self.tally, self.outage = service, Tally(), Outage()
        self.pauses: list[tuple[int, float]] = []
        desk = self

        class Unhurried(Patience):
            async def wait(self, attempt: int, at_least_s: float = 0.0) -> None:
                desk.pauses.append((attempt, at_least_s))
                await asyncio.sleep(0.001)

        self.delivery = Delivery(service, Unhurried(), self.outage, self.tally, patient_s)

    def deliver(self, *documents: bytes, spans: bool = False) -> None:
        async def scene() -> None:
            async with asyncio.timeout(30):
                await self.delivery.deliver(Consignment(list(documents), len(documents), spans))
            self.delivery.close()

        asyncio.run(scene())

    def counts(self, *names: str) -> list[int]:
        return [self.tally.get(name) for name in names]


@pytest.fixture
def desk(upstream: Upstream) -> Desk:
    return Desk(service_at(upstream.url))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What is logged."""
    told: list[str] = []

    class Notes(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())

    notes = Notes()
    log.addHandler(notes)
    yield told
    log.removeHandler(notes)


def in_turn(*answers: Told) -> Callable[[Asked], Told]:
    left = list(answers)
    return lambda asked: left.pop(0) if left else Told()


def test_documents_go_in_one_request_with_the_headers_of_aws_s_daemon(desk: Desk, upstream: Upstream) -> None:
    desk.deliver(document(1), document(2))
    (asked,) = upstream.asked
    assert (asked.method, asked.path) == ("POST", "/TraceSegments")
    assert asked.documents == [document(1).decode(), document(2).decode()]
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["user-agent"] == "radiograph/test"
    assert asked.headers["x-amzn-xray-timestamp"] == f"{NOW_S:.9f}"
    assert "authorization" not in asked.headers
    assert desk.counts("sent", "rejected") == [2, 0]


def test_with_keys_requests_are_signed(upstream: Upstream) -> None:
    Desk(service_at(upstream.url, KEYS)).deliver(document(1))
    assert (
        upstream.asked[0]
        .headers["authorization"]
        .startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260921/eu-west-1/xray/aws4_request")
    )


def test_documents_that_are_named_as_unprocessed_are_counted_and_logged_with_their_trace(
    desk: Desk, upstream: Upstream, lines: list[str]
) -> None:
    refused = [{"Id": f"{2:016x}", "ErrorCode": "MissingName", "Message": "Invalid segment"}, {"Id": None}]
    upstream.answer = in_turn(Told(body=json.dumps({"UnprocessedTraceSegments": refused}).encode()))
    desk.deliver(document(1), document(2), b"no json")
    assert desk.counts("sent", "rejected") == [3, 2]
    assert len(upstream.asked) == 1
    told = [line for line in lines if "Unprocessed trace" in line]
    assert f"Unprocessed trace 1-00000002-{0:024x}, segment {2:016x}: MissingName Invalid segment" in told[0]
    assert "Unprocessed trace unknown" in told[1]


@pytest.mark.parametrize(
    "trouble",
    [
        HANG_UP,
        refusal(429, "ThrottledException"),
        refusal(503, "ServiceUnavailable"),
        refusal(500, "InternalFailure"),
        Told(502, b"<html>"),
        refusal(403, "ExpiredTokenException"),
        refusal(404, "UnknownOperationException"),
        Told(200, b"<html>please log in</html>"),
    ],
)
def test_what_may_pass_is_waited_out_and_the_same_documents_are_sent_again(
    desk: Desk, upstream: Upstream, trouble: Told
) -> None:
    upstream.answer = in_turn(trouble, trouble, trouble)
    desk.deliver(document(1), document(2))
    assert desk.counts("sent", "rejected") == [2, 0]
    assert len({asked.body for asked in upstream.asked}) == 1
    assert [attempt for attempt, _ in desk.pauses] == [1, 2, 3]
    assert not desk.outage.is_on


def test_how_long_the_service_wants_to_be_left_alone_is_heeded(desk: Desk, upstream: Upstream) -> None:
    upstream.answer = in_turn(refusal(429, "ThrottledException", **{"Retry-After": "5"}))
    desk.deliver(document(1))
    assert desk.pauses == [(1, 5.0)]


def test_refused_keys_are_said_to_be_so(upstream: Upstream, lines: list[str]) -> None:
    service = service_at(upstream.url, KEYS)
    upstream.answer = in_turn(refusal(403, "InvalidSignatureException", "The signature does not match"))
    Desk(service).deliver(document(1))
    assert isinstance(service.credentials, Given)
    assert service.credentials.refusals == 1
    assert any("NOTHING IS TAKEN" in line and "The signature does not match" in line for line in lines)


@pytest.mark.parametrize("status", [400, 413])
@pytest.mark.parametrize("bad", [{3}, {0, 49}, set(range(50)), set()])
def test_the_bad_documents_of_a_request_that_is_refused_are_found_and_no_other_is_lost(
    desk: Desk, upstream: Upstream, status: int, bad: set[int]
) -> None:
    taken: list[str] = []

    def answer(asked: Asked) -> Told:
        if any("poison" in one for one in asked.documents):
            return refusal(status, "InvalidRequestException")
        taken.extend(asked.documents)
        return Told()

    upstream.answer = answer
    documents = [document(n, poison=True) if n in bad else document(n) for n in range(50)]
    desk.deliver(*documents)
    assert taken == [documents[n].decode() for n in range(50) if n not in bad]
    assert desk.counts("sent", "rejected") == [50 - len(bad), len(bad)]
    assert desk.pauses == []


def test_a_single_document_that_breaks_a_service_that_is_well_is_given_up_in_the_end(upstream: Upstream) -> None:
    desk = Desk(service_at(upstream.url), patient_s=0.0)
    upstream.answer = lambda asked: refusal(500, "InternalFailure") if b"poison" in asked.body else Told()
    desk.deliver(document(1), document(2, poison=True), document(3))
    assert desk.counts("sent", "rejected") == [2, 1]


def test_as_long_as_the_service_breaks_on_everything_nothing_is_given_up(upstream: Upstream) -> None:
    desk = Desk(service_at(upstream.url), patient_s=0.0)
    upstream.answer = in_turn(*[refusal(500, "InternalFailure")] * 40)
    desk.deliver(document(1), document(2))
    assert desk.counts("sent", "rejected") == [2, 0]


def test_spans_are_posted_as_otlp(desk: Desk, upstream: Upstream) -> None:
    upstream.answer = in_turn(Told(200, b"", {"Content-Type": "application/x-protobuf"}))
    desk.deliver(b"T1S" + base64.b64encode(b"\x0a\x03abc"), spans=True)
    (asked,) = upstream.asked
    assert (asked.path, asked.body) == ("/v1/traces", b"\x0a\x03abc")
    assert asked.headers["content-type"] == "application/x-protobuf"
    assert desk.counts("sent", "rejected") == [1, 0]


@pytest.mark.parametrize("body", [b"T1Snot base64!", b"T1S" + base64.b64encode(b"refused")])
def test_spans_that_are_none_are_rejected(desk: Desk, upstream: Upstream, body: bytes) -> None:
    upstream.answer = in_turn(Told(400, b"\x08\x03", {"Content-Type": "application/x-protobuf"}))
    desk.deliver(body, spans=True)
    assert desk.counts("sent", "rejected") == [0, 1]


def test_failed_requests_are_counted_by_kind(upstream: Upstream) -> None:
    desk = Desk(service_at(upstream.url))
    upstream.answer = in_turn(refusal(429, "ThrottledException"), refusal(503, "ServiceUnavailable"), HANG_UP, HANG_UP)
    desk.deliver(document(1))
    assert desk.counts("4xx", "5xx", "other") == [1, 1, 1]


class Odd(Service):
    """Breaks over a word, in a way that nobody thought of."""

    async def post(self, connection: Connection, path: str, kind: str, body: bytes, timeout_s: float) -> Reply:
        if b"poison" in body:
            raise RuntimeError("nobody thought of this")
        return await super().post(connection, path, kind, body, timeout_s)


def test_a_fault_of_ours_over_one_document_harms_no_other(upstream: Upstream) -> None:
    usual = service_at(upstream.url)
    desk = Desk(Odd(**{name: getattr(usual, name) for name in usual.__struct_fields__}), patient_s=0.0)
    desk.deliver(document(1), document(2, poison=True), document(3))
    assert [one for one in upstream.documents() if one] == [document(1).decode(), document(3).decode()]
    assert desk.counts("sent", "rejected") == [2, 1]


class Failing(Given):
    """Keys that cannot be had at first, in a way that nobody thought of."""

    def __init__(self) -> None:
        super().__init__(KEYS)
        self.left = 20

    async def keys(self) -> Keys | None:
        self.left -= 1
        if self.left > 0:
            raise RuntimeError("nobody thought of this")
        return await super().keys()


def test_a_fault_of_ours_over_everything_loses_nothing(upstream: Upstream) -> None:
    service = msgspec.structs.replace(service_at(upstream.url), credentials=Failing())
    desk = Desk(service, patient_s=0.0)
    desk.deliver(document(1), document(2))
    assert upstream.documents() == [document(1).decode(), document(2).decode()]
    assert desk.counts("sent", "rejected") == [2, 0]
