"""The hops between an application and an answer, each checked by itself; what fails says why and what to do."""

from __future__ import annotations

import random
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import click
import msgspec

from radiograph import model
from radiograph.cli.address import Address
from radiograph.cli.client import ApiRefusal, Client, ServerAbsent
from radiograph.clock import Clock
from radiograph.model.new_ids import entity_id, trace_id
from radiograph.transfer.signing import HOW

__all__ = ["Hop", "Probe", "check", "probe"]

_SKEW_S = 30.0
_POLL_S = 0.2
_REFUSAL_S = 0.3
"""A refusal of UDP comes back by itself, as long after the datagram as the way is long."""
_UDP_HEADER = b'{"format":"json","version":1}\n'


class Hop(msgspec.Struct, frozen=True, kw_only=True):
    """One check: ``passed`` is None when an earlier failure made it pointless."""

    name: str
    passed: bool | None
    detail: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """A segment sent to be found again."""

    way: str
    trace_id: str
    document: str


def probe(rng: random.Random, now_s: float, way: str) -> Probe:
    """Return a one-segment trace that says which way it was sent."""
    identifier = trace_id(rng, now_s)
    document = {
        "trace_id": identifier,
        "id": entity_id(rng),
        "name": "radiograph-doctor",
        "start_time": round(now_s - 0.005, 6),
        "end_time": round(now_s, 6),
        "annotations": {"probe": True, "way": way},
    }
    return Probe(way, identifier, msgspec.json.encode(document).decode())


def check(
    client: Client,
    udp: Address,
    *,
    clock: Clock,
    pause: Callable[[float], None],
    rng: random.Random,
    within_s: float,
) -> list[Hop]:
    """Return every hop in the order a segment takes them."""
    hops = [_reachable(client)]
    if not hops[0].passed:
        names = ("health", "readiness", "clock", "PutTraceSegments", "UDP datagram", "query (HTTP)", "query (UDP)")
        return hops + [Hop(name=name, passed=None, detail="not tried") for name in (*names, "sampling rules")]
    hops += _health(client, clock)
    over_http, over_udp = (probe(rng, clock(), way) for way in ("http", "udp"))
    accepted, sent = _accepted(client, over_http), _sent(udp, over_udp)
    hops += [accepted, sent]
    wanted = [each for each, hop in ((over_http, accepted), (over_udp, sent)) if hop.passed]
    found_after_s = _found(client, wanted, clock, pause, within_s)
    hops += [_queryable(each, each in wanted, found_after_s, within_s, udp) for each in (over_http, over_udp)]
    return [*hops, _sampling_rules(client)]


def _reachable(client: Client) -> Hop:
    try:
        socket.create_connection((client.host, client.port), timeout=5).close()
    except OSError as error:
        return Hop(
            name="TCP",
            passed=False,
            detail=f"{client.host}:{client.port}: {error}",
            fix="start the server with 'radiograph serve', or name another with --endpoint; is a firewall between?",
        )
    return Hop(name="TCP", passed=True, detail=f"{client.host}:{client.port} accepts connections")


def _health(client: Client, clock: Clock) -> list[Hop]:
    health, date = _answers(client, "health", "/healthz", "is it a Radiograph server that listens here? See its log")
    ready, _ = _answers(
        client, "readiness", "/readyz", "it may still be starting, or its disk is full: the server's log says which"
    )
    return [health, ready, _clock_skew(date, clock())]


def _answers(client: Client, name: str, path: str, fix: str) -> tuple[Hop, str | None]:
    """Return whether a page answers 200, and the server's ``Date``."""
    try:
        answer = client.exchange("GET", path)
    except ServerAbsent as absent:
        return Hop(name=name, passed=False, detail=absent.message, fix=fix), None
    text = answer.body[:120].decode(errors="replace").strip()
    good = answer.status == 200
    hop = Hop(name=name, passed=good, detail=f"{path}: {answer.status} {text}".strip(), fix="" if good else fix)
    return hop, answer.headers.get("Date")


def _clock_skew(date: str | None, now_s: float) -> Hop:
    if date is None:
        return Hop(name="clock", passed=None, detail="the server sends no Date header")
    try:
        ahead_s = now_s - parsedate_to_datetime(date).timestamp()
    except ValueError:
        return Hop(name="clock", passed=None, detail=f"the server's Date header is no date: {date}")
    word = "ahead of" if ahead_s > 0 else "behind"
    detail = f"this machine is {abs(ahead_s):.0f} s {word} the server"
    if abs(ahead_s) <= _SKEW_S:
        return Hop(name="clock", passed=True, detail=detail)
    return Hop(
        name="clock",
        passed=False,
        detail=detail,
        fix="synchronise both clocks (NTP): traces are found by time, and segments from the future are rejected",
    )


def _accepted(client: Client, sent: Probe) -> Hop:
    name = "PutTraceSegments"
    try:
        result = client.put_trace_segments(model.PutTraceSegmentsRequest(trace_segment_documents=[sent.document]))
    except ApiRefusal as refusal:
        fix = (
            f"{HOW}, and allow this caller xray:PutTraceSegments"
            if refusal.status == 403
            else "the request id is in the server's log"
        )
        return Hop(name=name, passed=False, detail=refusal.message, fix=fix)
    except click.ClickException as absent:
        return Hop(name=name, passed=False, detail=absent.message, fix="see the server's log")
    for rejected in result.unprocessed_trace_segments:
        return Hop(
            name=name,
            passed=False,
            detail=f"rejected: {rejected.error_code}: {rejected.message}",
            fix="compare the clocks: a start time too far off is rejected",
        )
    return Hop(name=name, passed=True, detail="the journal has the segment")


def _sent(udp: Address, sent: Probe) -> Hop:
    name = "UDP datagram"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(udp.host, udp.port, type=socket.SOCK_DGRAM)[0]
        with socket.socket(family, kind, protocol) as opened:
            opened.connect(address)
            opened.send(_UDP_HEADER + sent.document.encode())
            opened.settimeout(_REFUSAL_S)
            with suppress(TimeoutError):
                opened.recv(1)  # a refusal, where one comes back, comes back here
    except ConnectionRefusedError:
        return Hop(
            name=name,
            passed=False,
            detail=f"nobody listens on UDP {udp}",
            fix="start the server with its UDP port on, or name the address with --udp",
        )
    except OSError as error:
        return Hop(name=name, passed=False, detail=f"UDP {udp}: {error}", fix="name another address with --udp")
    return Hop(name=name, passed=True, detail=f"sent to {udp} (UDP acknowledges nothing; the query below tells)")


def _found(
    client: Client, wanted: list[Probe], clock: Clock, pause: Callable[[float], None], within_s: float
) -> dict[str, float]:
    """Return, for each probe found by its trace id, the seconds that took."""
    found: dict[str, float] = {}
    begun_s = clock()
    while len(found) < len(wanted):
        missing = [each.trace_id for each in wanted if each.trace_id not in found]
        try:
            result = client.batch_get_traces(model.BatchGetTracesRequest(trace_ids=missing))
        except click.ClickException:
            return found
        waited_s = clock() - begun_s
        found |= {trace.id: waited_s for trace in result.traces}
        if waited_s >= within_s:
            break
        if len(found) < len(wanted):
            pause(_POLL_S)
    return found


def _queryable(sent: Probe, was_sent: bool, found_after_s: dict[str, float], within_s: float, udp: Address) -> Hop:
    name = f"query ({sent.way.upper()})"
    if not was_sent:
        return Hop(name=name, passed=None, detail="not tried")
    if sent.trace_id in found_after_s:
        return Hop(name=name, passed=True, detail=f"{sent.trace_id} found after {found_after_s[sent.trace_id]:.1f} s")
    fix = (
        f"is UDP {udp} this server's port? Containers and firewalls often pass TCP but not UDP"
        if sent.way == "udp"
        else "the segment is in the journal but not in the store: the server's log says why"
    )
    return Hop(name=name, passed=False, detail=f"{sent.trace_id} not found within {within_s:.0f} s", fix=fix)


def _sampling_rules(client: Client) -> Hop:
    name = "sampling rules"
    fix = (
        "SDKs ask without a signature: run `radiograph daemon` for them where everybody signs; and for this check, "
        f"{HOW} read"
    )
    try:
        answer = client.exchange("POST", "/GetSamplingRules")
    except ServerAbsent as absent:
        return Hop(name=name, passed=False, detail=absent.message, fix=fix)
    if answer.status != 200:
        return Hop(name=name, passed=False, detail=f"GetSamplingRules: {answer.status}", fix=fix)
    try:
        records = msgspec.json.decode(answer.body, type=dict[str, msgspec.Raw]).get("SamplingRuleRecords")
    except msgspec.DecodeError:
        records = None
    if records is None:
        return Hop(name=name, passed=False, detail="the answer has no SamplingRuleRecords", fix=fix)
    rules = len(msgspec.json.decode(records, type=list[msgspec.Raw]))
    return Hop(name=name, passed=True, detail="1 rule" if rules == 1 else f"{rules} rules")
