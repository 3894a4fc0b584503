"""Telemetry goes to X-Ray ten records at a time; what cannot go waits, and the kernel's drops are counted."""

from __future__ import annotations

import asyncio

from radiograph.daemon.relay.reports import Reports, Whoami
from radiograph.daemon.relay.tally import Tally

from .upstream import NOW_S, Told, Upstream, as_json, service_at


class Desk:
    def __init__(self, upstream: Upstream) -> None:
        self.tally, self.drops, self.now = Tally(), 0, NOW_S
        self.asked_who = 0
        self.reports = Reports(
            service_at(upstream.url), self.tally, self._who, lambda: 0, lambda: self.drops, lambda: self.now
        )

    def _who(self) -> Whoami:
        self.asked_who += 1
        return Whoami("i-1", "here", "arn:x")

    def minutes(self, count: int) -> None:
        for _ in range(count):
            self.now += 60
            self.reports.close_minute()

    def send(self) -> None:
        asyncio.run(self.reports.send(5.0))


def test_records_are_sent_as_aws_s_daemon_sends_them(upstream: Upstream) -> None:
    upstream.answer = lambda asked: Told(200, b"{}")
    desk = Desk(upstream)
    desk.tally.add("received", 3)
    desk.tally.add("sent", 2)
    desk.minutes(1)
    desk.send()
    (asked,) = upstream.at("/TelemetryRecords")
    assert as_json(asked) == {
        "TelemetryRecords": [
            {
                "Timestamp": NOW_S + 60,
                "SegmentsReceivedCount": 3,
                "SegmentsSentCount": 2,
                "SegmentsSpilloverCount": 0,
                "SegmentsRejectedCount": 0,
                "BackendConnectionErrors": {
                    "TimeoutCount": 0,
                    "ConnectionRefusedCount": 0,
                    "HTTPCode4XXCount": 0,
                    "HTTPCode5XXCount": 0,
                    "UnknownHostCount": 0,
                    "OtherCount": 0,
                },
            }
        ],
        "EC2InstanceId": "i-1",
        "Hostname": "here",
        "ResourceARN": "arn:x",
    }


def test_before_the_first_datagram_nothing_is_sent(upstream: Upstream) -> None:
    desk = Desk(upstream)
    desk.minutes(3)
    desk.send()
    assert upstream.asked == []


def test_what_cannot_be_sent_waits_and_goes_ten_at_a_time(upstream: Upstream) -> None:
    upstream.answer = lambda asked: Told(503)
    desk = Desk(upstream)
    desk.tally.add("received")
    desk.minutes(12)

    async def scene() -> None:
        await desk.reports.send(5.0)
        assert len(upstream.asked) == 1
        upstream.answer = lambda asked: Told(200, b"{}")
        desk.minutes(1)
        await desk.reports.send(5.0)

    asyncio.run(scene())
    sent = [record["Timestamp"] for asked in upstream.asked[1:] for record in as_json(asked)["TelemetryRecords"]]
    assert [len(as_json(asked)["TelemetryRecords"]) for asked in upstream.asked] == [10, 10, 3]
    assert sent == [NOW_S + 60 * n for n in range(1, 14)]
    assert desk.asked_who == 1


def test_what_the_kernel_dropped_counts_as_received_and_lost(upstream: Upstream) -> None:
    desk = Desk(upstream)
    desk.tally.add("received", 10)
    desk.drops = 4
    desk.minutes(2)
    desk.drops = 5
    desk.minutes(1)
    records = desk.tally.take_records(10)
    assert [record.segments_received_count for record in records] == [14, 0, 1]
    assert [record.segments_spillover_count for record in records] == [4, 0, 1]
