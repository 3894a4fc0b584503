"""What is typed: durations, moments, windows, addresses, trace ids."""

from __future__ import annotations

from itertools import pairwise

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.cli.address import Address, read_address
from radiograph.cli.references import trace_id
from radiograph.cli.window import Window, duration_s, moment_s

XRAY_ID = "1-5759e988-bd862e3fe1be46a994272793"
HEX = XRAY_ID.replace("-", "")[1:]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90s", 90),
        ("15m", 900),
        ("6h", 21_600),
        ("2d", 172_800),
        ("1w", 604_800),
        ("1h30m", 5400),
        ("500ms", 0.5),
        ("1.5h", 5400),
    ],
)
def test_a_duration_is_a_number_and_a_unit_or_a_sum_of_them(text: str, seconds: float) -> None:
    assert duration_s(text) == seconds


@pytest.mark.parametrize("text", ["", "15", "m", "-5m", "15 m", "5y", "1h-", "h1"])
def test_what_is_no_duration_is_told_what_is_one(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration; write a number and a unit, such as 90s"):
        duration_s(text)


@given(st.integers(0, 10**6), st.sampled_from("smhd"))
def test_every_whole_number_with_a_unit_is_a_duration(number: int, unit: str) -> None:
    assert duration_s(f"{number}{unit}") == number * {"s": 1, "m": 60, "h": 3600, "d": 86_400}[unit]


@pytest.mark.parametrize(
    "text", ["1790000000", "2026-09-21T14:13:20", "2026-09-21T16:13:20+02:00", "2026-09-21T14:13:20Z"]
)
def test_a_moment_is_epoch_seconds_or_iso_8601_in_utc(text: str) -> None:
    assert moment_s(text) == 1_790_000_000


def test_what_is_no_moment_is_told_what_is_one() -> None:
    with pytest.raises(ValueError, match="'yesterday' is not a moment"):
        moment_s("yesterday")


def test_a_window_reaches_back_from_its_end() -> None:
    assert Window.asked(1000, 60, None, None) == Window(940, 1000)
    assert Window.asked(1000, 60, None, 500) == Window(440, 500)
    assert Window.asked(1000, 60, 100, None) == Window(100, 1000)


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(click.UsageError, match="--from must be earlier than --to"):
        Window.asked(1000, 60, 900, 800)


@given(st.floats(0, 1e6), st.floats(1, 1e6), st.floats(1e3, 1e5))
def test_slices_of_a_window_cover_it_without_overlap_newest_first(
    start_s: float, length_s: float, most_s: float
) -> None:
    window = Window(start_s, start_s + length_s)
    slices = list(window.slices(most_s))
    assert slices[0].end_s == window.end_s
    assert slices[-1].start_s == window.start_s
    assert all(later.start_s == earlier.end_s for later, earlier in pairwise(slices))
    assert all(part.end_s - part.start_s <= most_s * (1 + 1e-9) for part in slices)


@pytest.mark.parametrize(
    "text",
    [
        XRAY_ID,
        XRAY_ID.upper(),
        f"  {XRAY_ID}\n",
        HEX,
        f"Root={XRAY_ID}",
        f"Root={XRAY_ID};Parent=53995c3f42cd8ad8;Sampled=1",
        f"Self=1-67891234-12456789abcdef012345678a;Root={XRAY_ID}",
        f"X-Amzn-Trace-Id: Root={XRAY_ID};Sampled=1",
        f"00-{HEX}-53995c3f42cd8ad8-01",
        f"traceparent: 00-{HEX}-53995c3f42cd8ad8-01",
    ],
)
def test_a_trace_is_named_by_its_id_or_by_a_header(text: str) -> None:
    assert trace_id(text) == XRAY_ID


@pytest.mark.parametrize("text", ["", "1-5759e988", HEX[:-1], "Root=1-5759e988", "00-xyz-53995c3f42cd8ad8-01"])
def test_what_names_no_trace_is_told_what_does(text: str) -> None:
    with pytest.raises(ValueError, match="is not a trace id; accepted are 1-<8 hex>-<24 hex>"):
        trace_id(text)


def test_an_address_is_a_host_and_a_port() -> None:
    assert read_address("127.0.0.1:2000") == Address("127.0.0.1", 2000)
    assert read_address("[::1]:2000") == Address("::1", 2000)
    assert str(Address("::1", 2000)) == "[::1]:2000"


@pytest.mark.parametrize("text", ["", "localhost", ":2000", "localhost:", "localhost:0", "localhost:70000", "a:b"])
def test_what_is_no_address_is_told_what_is_one(text: str) -> None:
    with pytest.raises(ValueError, match="is not an address; write HOST:PORT"):
        read_address(text)
