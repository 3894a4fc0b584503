"""traceparent and tracestate, read and written; beside it, what OpenTelemetry makes of the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry import trace
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from radiograph.propagation import TraceParent, TraceState

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


def otel(parent: str, state: str | None = None) -> trace.SpanContext:
    carrier = {"traceparent": parent} | ({} if state is None else {"tracestate": state})
    return trace.get_current_span(TraceContextTextMapPropagator().extract(carrier)).get_span_context()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"00-{TRACE}-{SPAN}-01", TraceParent(TRACE, SPAN, sampled=True)),
        (f"00-{TRACE}-{SPAN}-00", TraceParent(TRACE, SPAN)),
        (f"00-{TRACE}-{SPAN}-02", TraceParent(TRACE, SPAN, random=True)),
        (f"00-{TRACE}-{SPAN}-03", TraceParent(TRACE, SPAN, sampled=True, random=True)),
        (f"00-{TRACE}-{SPAN}-ff", TraceParent(TRACE, SPAN, sampled=True, random=True)),
        (f"00-{TRACE}-{SPAN}-fc", TraceParent(TRACE, SPAN)),
        (f" \t00-{TRACE}-{SPAN}-01 ", TraceParent(TRACE, SPAN, sampled=True)),
        (f"cc-{TRACE}-{SPAN}-01", TraceParent(TRACE, SPAN, sampled=True)),
        (f"cc-{TRACE}-{SPAN}-01-what-the-future-will-be-like", TraceParent(TRACE, SPAN, sampled=True)),
        (f"01-{TRACE}-{SPAN}-01-", TraceParent(TRACE, SPAN, sampled=True)),
        (f"cc-{TRACE}-{SPAN}-01.what", None),
        (f"cc-{TRACE}-{SPAN}-0", None),
        (f"00-{TRACE}-{SPAN}-01-more", None),
        (f"00-{TRACE}-{SPAN}-01-", None),
        (f"00-{TRACE}-{SPAN}-1", None),
        (f"00-{TRACE}-{SPAN}", None),
        (f"ff-{TRACE}-{SPAN}-01", None),
        (f"0-{TRACE}-{SPAN}-01", None),
        (f"0x-{TRACE}-{SPAN}-01", None),
        (f"00-{'0' * 32}-{SPAN}-01", None),
        (f"00-{TRACE}-{'0' * 16}-01", None),
        (f"00-{TRACE.upper()}-{SPAN}-01", None),
        (f"00-{TRACE}-{SPAN.upper()}-01", None),
        (f"00-{TRACE}-{SPAN}-0A", None),
        (f"00-{TRACE[:-1]}-{SPAN}-01", None),
        (f"00-{TRACE}٠-{SPAN[1:]}-01", None),
        ("", None),
        ("garbage", None),
    ],
)
def test_a_traceparent_is_read_as_opentelemetry_reads_it(text: str, expected: TraceParent | None) -> None:
    found = TraceParent.parse(text)
    assert found == expected
    theirs = otel(text)
    assert theirs.is_valid is (found is not None)
    if found is not None:
        assert (f"{theirs.trace_id:032x}", f"{theirs.span_id:016x}") == (found.trace_id, found.parent_id)
        assert theirs.trace_flags.sampled is found.sampled
        assert theirs.trace_flags.random_trace_id is found.random


def test_no_traceparent_and_one_of_a_megabyte_are_none() -> None:
    assert TraceParent.parse(None) is None
    assert TraceParent.parse(f"01-{TRACE}-{SPAN}-01-" + "x" * 1_000_000) is None


def test_one_of_a_version_to_come_is_sent_on_in_the_version_that_is_known() -> None:
    parent = TraceParent.parse(f"cc-{TRACE}-{SPAN}-fb-more")
    assert parent is not None
    assert parent.format() == f"00-{TRACE}-{SPAN}-03"


HEX = "0123456789abcdef"
PARENTS = st.builds(
    TraceParent,
    st.text(HEX, min_size=32, max_size=32).filter(lambda id_: id_.strip("0")),
    st.text(HEX, min_size=16, max_size=16).filter(lambda id_: id_.strip("0")),
    st.booleans(),
    st.booleans(),
)


@given(PARENTS)
def test_what_was_written_is_read_as_it_was_here_and_by_opentelemetry(parent: TraceParent) -> None:
    assert TraceParent.parse(parent.format()) == parent
    assert f"{otel(parent.format()).trace_id:032x}" == parent.trace_id


@given(st.text(max_size=100) | st.text("0123456789abcdef-", max_size=80))
def test_no_traceparent_raises(text: str) -> None:
    parent = TraceParent.parse(text)
    assert parent is None or TraceParent.parse(parent.format()) == parent


# tracestate


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("vendorname1=opaqueValue1,vendorname2=opaqueValue2", ["vendorname1", "vendorname2"]),
        ("a=1 ,\t b=2", ["a", "b"]),
        ("a=1,,b=2,", ["a", "b"]),
        (" , ", []),
        ("", []),
        ("fw529a3039@dt=FfAAAA", ["fw529a3039@dt"]),
        ("a_-*/b=1", ["a_-*/b"]),
        ("a=:;!~ x", ["a"]),
        ("a=" + "v" * 256, ["a"]),
        ("k" * 256 + "=1", ["k" * 256]),
        (",".join(f"k{n}=1" for n in range(32)), [f"k{n}" for n in range(32)]),
        (",".join(f"k{n}=1" for n in range(33)), []),
        ("a=1,a=2", []),
        ("A=1", []),
        ("a=1,b", []),
        ("a=", []),
        ("=1", []),
        ("a=b=c", []),
        ("a=" + "v" * 257, []),
        ("k" * 257 + "=1", []),
        ("a=ü", []),
        ("a=\x00", []),
        ("_a=1", []),
    ],
)
def test_a_tracestate_is_read_as_opentelemetry_reads_it_or_not_at_all(text: str, entries: list[str]) -> None:
    assert [key for key, _ in TraceState.parse(text).entries] == entries
    assert list(otel(f"00-{TRACE}-{SPAN}-01", text).trace_state) == entries


@pytest.mark.parametrize("text", ["1a=1", "a@b@c=1", "a@=1"])
def test_keys_that_level_2_of_the_standard_has_added_are_read_which_opentelemetry_does_not_yet(text: str) -> None:
    assert TraceState.parse(text).format() == text
    assert not otel(f"00-{TRACE}-{SPAN}-01", text).trace_state


def test_a_value_keeps_the_spaces_before_it() -> None:
    assert TraceState.parse("a=  x  ,b=1").entries == (("a", "  x"), ("b", "1"))


def test_an_entry_that_is_written_comes_first_and_the_thirty_third_is_dropped() -> None:
    state = TraceState.parse("a=1,b=2")
    assert state.put("b", "3").format() == "b=3,a=1"
    assert state.get("b") == "2"
    assert state.get("c") is None
    assert state.without("a").format() == "b=2"
    full = TraceState.parse(",".join(f"k{n}=1" for n in range(32))).put("new", "1")
    assert (len(full.entries), full.entries[0][0], full.entries[-1][0]) == (32, "new", "k30")


@pytest.mark.parametrize(("key", "value"), [("A", "1"), ("a", ""), ("a", "x,y"), ("a", "x "), ("", "1")])
def test_an_entry_that_no_header_could_carry_is_left_out(key: str, value: str) -> None:
    assert TraceState.parse("b=1").put(key, value).format() == "b=1"


def test_no_tracestate_and_one_of_a_megabyte_have_no_entries() -> None:
    assert TraceState.parse(None) == TraceState.parse("a=1," * 250_000) == TraceState()


@given(st.text(max_size=100) | st.text("ab=,12 @\t", max_size=60))
def test_no_tracestate_raises_and_what_is_read_can_be_sent(text: str) -> None:
    state = TraceState.parse(text)
    assert TraceState.parse(state.format()) == state
