"""Minutes are closed from the first datagram on, the newest thirty are kept, and what is given back goes first."""

from __future__ import annotations

import socket
import ssl

import pytest

from radiograph.daemon.relay.tally import Tally, kind_of_error


def timestamps(tally: Tally, most: int = 100) -> list[object]:
    return [record.timestamp for record in tally.take_records(most)]


def test_there_is_no_record_before_the_first_datagram_and_one_a_minute_after_it() -> None:
    tally = Tally()
    tally.add("timeout")
    tally.close_minute(60.0)
    assert timestamps(tally) == []
    tally.add("received", 3)
    tally.close_minute(120.0)
    tally.close_minute(180.0)
    assert timestamps(tally) == [120.0, 180.0]


def test_a_record_has_what_was_counted_in_its_minute() -> None:
    tally = Tally()
    for name, count in [("received", 10), ("sent", 6), ("rejected", 2), ("spillover", 1), ("refused", 3), ("5xx", 4)]:
        tally.add(name, count)
    tally.close_minute(60.0)
    tally.add("received", 5)
    tally.add("4xx")
    tally.close_minute(120.0)
    first, second = tally.take_records(2)
    assert (first.segments_received_count, first.segments_sent_count) == (10, 6)
    assert (first.segments_rejected_count, first.segments_spillover_count) == (2, 1)
    assert first.backend_connection_errors is not None
    assert first.backend_connection_errors.connection_refused_count == 3
    assert first.backend_connection_errors.http_code_5xx_count == 4
    assert (second.segments_received_count, second.segments_sent_count) == (5, 0)
    assert tally.get("received") == 15


def test_thirty_records_wait_at_most_and_the_oldest_go() -> None:
    tally = Tally()
    tally.add("received")
    for minute in range(35):
        tally.close_minute(float(minute))
    taken = tally.take_records(10)
    assert [record.timestamp for record in taken] == [float(n) for n in range(5, 15)]
    tally.close_minute(35.0)
    tally.give_back(taken)
    assert timestamps(tally) == [float(n) for n in range(6, 36)]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (TimeoutError(), "timeout"),
        (ConnectionRefusedError(), "refused"),
        (socket.gaierror(), "unknown_host"),
        (ssl.SSLError(), "other"),
        (ConnectionResetError(), "other"),
    ],
)
def test_failures_to_reach_the_service_are_told_apart(error: Exception, kind: str) -> None:
    assert kind_of_error(error) == kind
