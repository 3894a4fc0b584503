"""From X-Ray's header to W3C's and back; beside it, the propagators of OpenTelemetry."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry import trace
from opentelemetry.propagators.aws import AwsXRayPropagator
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from radiograph.propagation import TraceHeader, TraceParent, TraceState, to_w3c, to_xray
from tests.propagation.test_header import HEADERS
from tests.propagation.test_w3c import PARENTS

ROOT, PARENT = "1-5759e988-bd862e3fe1be46a994272793", "53995c3f42cd8ad8"
TRACE = "5759e988bd862e3fe1be46a994272793"
LINEAGE = ("Lineage", "a87bd80c:1|68fd508a:5")


def there_and_back(header: TraceHeader, sampled: bool = False) -> TraceHeader | None:
    """Send a header as W3C's, and make it X-Ray's again."""
    sent = to_w3c(header, sampled)
    if sent is None:
        return None
    parent = TraceParent.parse(sent[0].format())
    assert parent is not None
    return to_xray(parent, TraceState.parse(sent[1].format()))


@pytest.mark.parametrize(("sampled", "flags"), [("1", "01"), ("0", "00")])
def test_ids_and_decision_are_the_same(sampled: Any, flags: str) -> None:
    sent = to_w3c(TraceHeader(ROOT, PARENT, sampled), sampled=sampled == "0")
    assert sent is not None
    assert (sent[0].format(), sent[1].format()) == (f"00-{TRACE}-{PARENT}-{flags}", "")


def test_lineage_and_other_extras_travel_in_tracestate_before_what_is_there() -> None:
    header = TraceHeader(ROOT, PARENT, "1", (LINEAGE, ("Foo", "a,b=c;%")))
    sent = to_w3c(header, False, TraceState.parse("congo=t61rcWkgMzE,xray=old"))
    assert sent is not None
    assert sent[1].format() == "xray=Lineage:a87bd80c:1|68fd508a:5;Foo:a%2Cb%3Dc%3B%25,congo=t61rcWkgMzE"


@pytest.mark.parametrize("sampled", ["?", None])
@pytest.mark.parametrize("flag", [True, False])
def test_a_decision_that_is_open_is_open_for_the_next_and_settled_once_somebody_called_on(
    sampled: Any, flag: bool
) -> None:
    header = TraceHeader(ROOT, PARENT, sampled, (LINEAGE,))
    sent = to_w3c(header, flag)
    assert sent is not None
    assert sent[0].sampled is flag
    assert to_xray(*sent) == header
    called_on = TraceParent(sent[0].trace_id, "00f067aa0ba902b7", sampled=not flag)
    assert to_xray(called_on, sent[1]).decided is (not flag)


@pytest.mark.parametrize(
    "header",
    [
        TraceHeader(sampled="1"),
        TraceHeader(ROOT),
        TraceHeader(None, PARENT),
        TraceHeader(f"1-00000000-{'0' * 24}", PARENT),
        TraceHeader(ROOT, "0" * 16),
    ],
)
def test_without_a_trace_or_a_caller_there_is_no_traceparent(header: TraceHeader) -> None:
    assert to_w3c(header, True) is None


def test_ids_in_capitals_become_small() -> None:
    sent = to_w3c(TraceHeader(ROOT.upper(), PARENT.upper(), "1"), False)
    assert sent is not None
    assert TraceParent.parse(sent[0].format()) == TraceParent(TRACE, PARENT, sampled=True)


def test_extras_that_do_not_fit_are_left_out_from_the_first_on_that_does_not() -> None:
    header = TraceHeader(ROOT, PARENT, "1", (LINEAGE, ("Big", "x" * 300), ("Small", "y")))
    assert there_and_back(header) == TraceHeader(ROOT, PARENT, "1", (LINEAGE,))


@pytest.mark.parametrize(
    "entry", ["", "nonsense", ";;;", ":", "Root:x;Self:y;Parent:z", "a:%0d%0aX", "a:%ff", "Sampled:1/", "ü:1", "a b:1"]
)
def test_an_entry_that_somebody_spoilt_adds_nothing(entry: str) -> None:
    state = TraceState((("xray", entry),))
    assert to_xray(TraceParent(TRACE, PARENT, sampled=True), state) == TraceHeader(ROOT, PARENT, "1")


@given(HEADERS, st.booleans())
def test_a_header_that_has_a_caller_comes_back_as_it_was(header: TraceHeader, sampled: bool) -> None:
    back = there_and_back(header, sampled)
    if back is not None:
        root, parent = (header.root or "").lower(), (header.parent or "").lower()
        assert (back.root, back.parent, back.sampled) == (root, parent, header.sampled)
        assert back.extras == header.extras[: len(back.extras)]
        if len(header.format()) < 130:
            assert back.extras == header.extras


@given(PARENTS)
def test_a_traceparent_comes_back_as_it_was_but_for_the_random_flag(parent: TraceParent) -> None:
    sent = to_w3c(to_xray(parent), sampled=not parent.sampled)
    assert sent == (TraceParent(parent.trace_id, parent.parent_id, parent.sampled), TraceState())


@given(PARENTS)
def test_opentelemetry_s_propagators_convert_alike(parent: TraceParent) -> None:
    context = TraceContextTextMapPropagator().extract({"traceparent": parent.format()})
    carrier: dict[str, str] = {}
    AwsXRayPropagator().inject(carrier, context)
    assert TraceHeader.parse(carrier["X-Amzn-Trace-Id"]) == to_xray(parent)


@given(HEADERS.filter(lambda header: header.decided is not None and header.parent is not None))
def test_opentelemetry_reads_the_header_alike(header: TraceHeader) -> None:
    # It refuses values with an equals sign, and open decisions as a whole.
    plain = TraceHeader(header.root, header.parent, header.sampled, (LINEAGE,))
    read = AwsXRayPropagator().extract({"X-Amzn-Trace-Id": plain.format()})
    carrier: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(carrier, read)
    sent = to_w3c(plain, sampled=False)
    assert carrier.get("traceparent") == (None if sent is None else sent[0].format())


@pytest.mark.parametrize("text", [f"Root={ROOT};Parent={PARENT};Sampled=?", f"Root={ROOT};Parent={PARENT};A=b=c"])
def test_what_opentelemetry_refuses_as_a_whole_is_read_here_as_the_x_ray_sdks_do(text: str) -> None:
    read = AwsXRayPropagator().extract({"X-Amzn-Trace-Id": text})
    assert not trace.get_current_span(read).get_span_context().is_valid
    assert TraceHeader.parse(text) is not None
