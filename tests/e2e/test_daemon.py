"""``radiograph daemon`` between the official SDKs and a server: nothing is lost while the server is away.

``python -m tests.e2e.test_daemon --seconds 120 --away 60`` lets the outage take as long as an outage does.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from radiograph.journal import JournalFiles, JournalReader
from radiograph.telemetry import Counters
from tests.conftest import RunningServer, eventually
from tests.daemon.running import RunningDaemon
from tests.e2e.conftest import client
from tests.e2e.documents import ask, segment

_READ_AT_ONCE = 100


class Sender:
    """A process under the official SDK that ends segments at a steady rate, until it is told to pause or to end."""

    def __init__(self, address: str, rate: float) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.test_daemon", "--send", address, "--rate", str(rate)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._said() == "ready"

    def _said(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def _tell(self, word: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        return self._said()

    def send(self, count: int) -> int:
        """Return once it has sent so many more; give how many in all."""
        until = int(self._tell("count")) + count
        eventually(lambda: int(self._tell("count")) >= until, within_s=600.0)
        return int(self._tell("count"))

    def pause(self) -> int:
        """Stop sending; give how many were sent."""
        return int(self._tell("pause"))

    def go_on(self) -> None:
        assert self._tell("on") == "on"

    def end(self) -> list[str]:
        """Give the trace id of each segment that was sent."""
        ids = json.loads(self._tell("end"))
        self.process.communicate()
        return ids


def _send(address: str, rate: float) -> None:
    import select

    from aws_xray_sdk.core import xray_recorder

    xray_recorder.configure(service="steady", daemon_address=address, sampling=False, context_missing="LOG_ERROR")
    ids: list[str] = []
    print("ready", flush=True)
    began, paused_s, number = time.monotonic(), 0.0, 0
    while True:
        told = select.select([sys.stdin], [], [], 0.002)[0]
        word = sys.stdin.readline().strip() if told else ""
        if word == "count":
            print(len(ids), flush=True)
        elif word == "pause":
            print(len(ids), flush=True)
            since = time.monotonic()
            sys.stdin.readline()
            print("on", flush=True)
            paused_s += time.monotonic() - since
        elif word == "end":
            print(json.dumps(ids), flush=True)
            return
        while number < (time.monotonic() - began - paused_s) * rate:
            number += 1
            one = xray_recorder.begin_segment(f"steady-{number % 7}")
            with xray_recorder.in_subsegment("work"):
                xray_recorder.put_annotation("number", number)
            ids.append(one.trace_id)
            xray_recorder.end_segment()


@dataclass
class Verdict:
    """What an outage showed."""

    sent: int
    kept_while_away: int
    lost: list[str]
    exit_code: int

    def __str__(self) -> str:
        return (
            f"{self.sent} segments sent, {self.kept_while_away} of them while the server was away and the daemon was "
            f"killed in between: {len(self.lost)} lost; the daemon ended with {self.exit_code}"
        )


def outage(directory: Path, seconds: float, away_s: float, rate: float) -> Verdict:
    """Send for so long; the server is away in the middle of it, and in the middle of that the daemon is killed."""
    server = RunningServer(directory / "server")
    daemon = RunningDaemon(server.url, directory / "daemon")
    ports = (daemon.udp_port, daemon.tcp_port)
    sender = Sender(f"127.0.0.1:{daemon.udp_port}", rate)
    here, gone = int((seconds - away_s) / 2 * rate), int(away_s / 2 * rate)
    try:
        sender.send(here)
        server.stop(signal.SIGKILL)
        before = sender.send(gone) - gone
        sent = sender.pause()
        eventually(lambda: _durable(directory / "daemon") == sent)
        daemon.end(signal.SIGKILL)
        daemon = RunningDaemon(server.url, directory / "daemon", ports=ports)
        sender.go_on()
        kept = sender.send(gone) - before
        server = RunningServer(directory / "server", "--port", str(server.port))
        sender.send(here)
        ids = sender.end()
        eventually(lambda: server.counters().get("api.accepted", 0) >= kept)
        code = daemon.end()
        eventually(lambda: server.counters()["applier.behind"] == 0)
        found = _stored(server, ids)
        server.stop()
    finally:
        for process in (daemon.process, server.process, sender.process):
            _end(process)
    return Verdict(len(ids), kept, [one for one in ids if one not in found], code)


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.kill()
        process.communicate()


def _durable(data: Path) -> int:
    """Give how many documents a daemon has ever written into its journal: the last one's number."""
    reader, last = JournalReader(JournalFiles(data / "journal", 0), 0, Counters()), 0
    while records := reader.read(1 << 60, 1000, 1 << 24):
        last = records[-1].sequence
    return last


def _stored(server: RunningServer, trace_ids: list[str]) -> set[str]:
    """Give those of the traces that the server has, with their segment."""
    found: set[str] = set()
    for first in range(0, len(trace_ids), _READ_AT_ONCE):
        answer = ask(server.url, "/Traces", {"TraceIds": trace_ids[first : first + _READ_AT_ONCE]})
        assert answer.status == 200, answer
        found |= {trace["Id"] for trace in answer.body["Traces"] if len(trace["Segments"]) == 1}
    return found


def test_nothing_is_lost_while_the_server_is_away_and_the_daemon_is_killed(tmp_path: Path) -> None:
    verdict = outage(tmp_path, seconds=8.0, away_s=4.0, rate=300.0)
    print(verdict)
    assert verdict.kept_while_away >= 1200, "an outage without load would prove nothing"
    assert verdict.lost == []
    assert verdict.exit_code == 0


@pytest.fixture
def relayed(
    start_server: Callable[..., RunningServer], tmp_path: Path
) -> Iterator[tuple[RunningServer, RunningDaemon]]:
    """A server, and a daemon in front of it."""
    server = start_server()
    daemon = RunningDaemon(server.url, tmp_path / "daemon")
    yield server, daemon
    _end(daemon.process)


def test_boto3_works_through_the_daemon(relayed: tuple[RunningServer, RunningDaemon]) -> None:
    _, daemon = relayed
    xray = client(daemon.url)
    sent = segment("through-the-proxy")
    assert xray.put_trace_segments(TraceSegmentDocuments=[json.dumps(sent)])["UnprocessedTraceSegments"] == []
    (trace,) = eventually(lambda: xray.batch_get_traces(TraceIds=[sent["trace_id"]])["Traces"])  # type: ignore[misc]
    assert json.loads(trace["Segments"][0]["Document"]) == sent
    with pytest.raises(xray.exceptions.InvalidRequestException):
        xray.get_group()


def test_the_sdk_s_sampler_polls_through_the_daemon_while_the_server_is_away(
    relayed: tuple[RunningServer, RunningDaemon],
) -> None:
    from aws_xray_sdk.core.sampling.connector import ServiceConnector

    server, daemon = relayed
    rule = {
        **{"RuleName": "shop", "ResourceARN": "*", "Priority": 5, "FixedRate": 0.25, "ReservoirSize": 40, "Version": 1},
        **{"ServiceName": "*", "ServiceType": "*", "Host": "*", "HTTPMethod": "*", "URLPath": "*"},
    }
    client(daemon.url).create_sampling_rule(SamplingRule=rule)
    polling, other = ServiceConnector(), ServiceConnector()
    for one in (polling, other):
        one.setup_xray_client("127.0.0.1", daemon.tcp_port, None)

    def poll(connector: Any) -> tuple[dict[str, tuple[float, int]], dict[str, Any], int]:
        rules = connector.fetch_sampling_rules()
        for one in rules:
            one.increment_request_count()
        targets, changed = connector.fetch_sampling_target(rules)
        return {one.name: (one.rate, one.priority) for one in rules}, targets, changed

    rules, targets, changed = poll(polling)
    assert rules["shop"] == (0.25, 5)
    assert targets["shop"]["quota"] == 40
    assert changed > 0
    server.stop()
    assert poll(polling) == (rules, targets, changed), "all as it was, the moment included at which the quota ends"
    _, told, _ = poll(other)
    assert (told["shop"]["rate"], told["shop"]["quota"]) == (0.25, None), "who has no quota gets none"


def test_spans_in_datagrams_reach_the_server(relayed: tuple[RunningServer, RunningDaemon]) -> None:
    from amazon.opentelemetry.distro.otlp_udp_exporter import OTLPUdpSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor

    server, daemon = relayed
    provider = TracerProvider(resource=Resource({"service.name": "charge"}))
    provider.add_span_processor(SimpleSpanProcessor(OTLPUdpSpanExporter(f"127.0.0.1:{daemon.udp_port}")))
    with provider.get_tracer("test").start_as_current_span("pay") as span:
        hexadecimal = f"{span.get_span_context().trace_id:032x}"
    wanted = f"1-{hexadecimal[:8]}-{hexadecimal[8:]}"
    daemon.send(b"M1AAAA", b"T1S!", json.dumps(segment("neighbour")).encode())
    (trace,) = eventually(lambda: ask(server.url, "/Traces", {"TraceIds": [wanted]}).body["Traces"])  # type: ignore[misc]
    assert json.loads(trace["Segments"][0]["Document"])["name"] == "charge"
    assert daemon.end() == 0
    counters = server.counters()
    assert counters["daemon.segments.received"] == 4
    assert counters["daemon.segments.rejected"] == 2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--away", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--rate", type=float, default=300.0, metavar="SEGMENTS_A_SECOND")
    parser.add_argument("--send", metavar="ADDRESS", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.send:
        _send(options.send, options.rate)
        return 0
    with tempfile.TemporaryDirectory() as directory:
        verdict = outage(Path(directory), options.seconds, options.away, options.rate)
    print(verdict)
    return 1 if verdict.lost or verdict.exit_code else 0


if __name__ == "__main__":
    sys.exit(main())
