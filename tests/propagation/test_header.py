"""X-Amzn-Trace-Id, read and written; beside it, what the X-Ray SDK makes of the same."""

from __future__ import annotations

from typing import Any

import pytest
from aws_xray_sdk.core.models.trace_header import TraceHeader as SdkHeader
from hypothesis import given
from hypothesis import strategies as st

from radiograph.propagation import TraceHeader

ROOT = "1-5759e988-bd862e3fe1be46a994272793"
PARENT = "53995c3f42cd8ad8"
LINEAGE = "a87bd80c:1|68fd508a:5|c512fbe3:2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Root={ROOT};Sampled=1", TraceHeader(ROOT, sampled="1")),
        (f"Root={ROOT};Parent={PARENT};Sampled=0", TraceHeader(ROOT, PARENT, "0")),
        (f"Self=1-67891234-12456789abcdef012345678;Root={ROOT};Foo=bar", TraceHeader(ROOT, extras=(("Foo", "bar"),))),
        (f"Root={ROOT};Sampled=?", TraceHeader(ROOT, sampled="?")),
        (f"Root={ROOT};Sampled=1;Lineage={LINEAGE}", TraceHeader(ROOT, sampled="1", extras=(("Lineage", LINEAGE),))),
        ("garbage", None),
    ],
)
def test_the_vectors_of_the_specification(text: str, expected: TraceHeader | None) -> None:
    found = TraceHeader.parse(text)
    assert found == expected
    sdk = SdkHeader.from_header_str(text)
    told = (sdk.root, sdk.parent, None if sdk.sampled is None else str(sdk.sampled), dict(sdk.data or {}))
    assert told == (found.root, found.parent, found.sampled, dict(found.extras)) if found else (None,) * 3 + ({},)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "  ",
        ";",
        "=",
        "=x",
        "Root",
        f"Root={ROOT};garbage",
        "Root=1-5759e988-bd862e3fe1be46a99427279",
        "Root=1-5759e988-bd862e3fe1be46a9942727933",
        "Root=2-5759e988-bd862e3fe1be46a994272793",
        "Root=1-5759e98g-bd862e3fe1be46a994272793",
        "Root=1-٥759e988-bd862e3fe1be46a994272793",
        "Root=5759e988bd862e3fe1be46a994272793",
        f"Root={ROOT};Parent=53995c3f42cd8ad",
        f"Root={ROOT};Parent=53995c3f42cd8adx",
        f"Root={ROOT};X=a\r\nSet-Cookie: b",
        f"Root={ROOT};X\x00=a",
        f"Root={ROOT};naïve=a",
        f"Root={ROOT};X=ä",
        "Self=1-67891234-12456789abcdef012345678",
        "Sampled=maybe",
    ],
)
def test_what_is_malformed_or_says_nothing_is_no_header(text: str | None) -> None:
    assert TraceHeader.parse(text) is None


@pytest.mark.parametrize(
    ("text", "formatted"),
    [
        (f"Sampled=1;Parent={PARENT};Root={ROOT}", f"Root={ROOT};Parent={PARENT};Sampled=1"),
        (f" Root={ROOT} ;\tParent={PARENT}; Sampled=1 ;", f"Root={ROOT};Parent={PARENT};Sampled=1"),
        (f"Root = {ROOT}", f"Root={ROOT}"),
        (f"Root={ROOT};Sampled=true", f"Root={ROOT}"),
        (f"Root={ROOT};Parent=;Sampled=", f"Root={ROOT}"),
        (f"B=2;Root={ROOT};A=1", f"Root={ROOT};B=2;A=1"),
        (f"Root={ROOT};A=b=c;D=", f"Root={ROOT};A=b=c;D="),
        (f"Root={ROOT};A=1;B=2;A=3", f"Root={ROOT};A=3;B=2"),
        (f"Root=1-00000000-{'0' * 24};Root={ROOT}", f"Root={ROOT}"),
        (f"root={ROOT};Sampled=1", f"Sampled=1;root={ROOT}"),
        ("Sampled=0", "Sampled=0"),
        (f"Root={ROOT.upper()}", f"Root={ROOT.upper()}"),
        (f"Root=1-00000000-{'0' * 24};Parent={'0' * 16};Sampled=0",) * 2,
    ],
)
def test_it_is_written_as_root_parent_sampled_and_extras_in_their_order(text: str, formatted: str) -> None:
    header = TraceHeader.parse(text)
    assert header is not None
    assert header.format() == formatted
    assert TraceHeader.parse(formatted) == header


@pytest.mark.parametrize(("sampled", "decided"), [("1", True), ("0", False), ("?", None), (None, None)])
def test_only_0_and_1_are_decisions(sampled: Any, decided: bool | None) -> None:
    assert TraceHeader(ROOT, sampled=sampled).decided is decided


def test_a_call_onward_carries_the_extras_and_not_the_load_balancer_s_self() -> None:
    header = TraceHeader.parse(f"Self=1-67891234-12456789abcdef012345678;Root={ROOT};Lineage={LINEAGE};Foo=bar")
    assert header is not None
    assert header.lineage == LINEAGE
    assert (
        header.onward(ROOT, PARENT, True).format() == f"Root={ROOT};Parent={PARENT};Sampled=1;Lineage={LINEAGE};Foo=bar"
    )


@pytest.mark.parametrize(
    ("sampled", "answer"),
    [("?", f"Root={ROOT};Sampled=0"), ("1", f"Root={ROOT}"), ("0", f"Root={ROOT}"), (None, f"Root={ROOT}")],
)
def test_the_answer_tells_the_decision_to_who_asked_for_it(sampled: Any, answer: str) -> None:
    assert TraceHeader(ROOT, PARENT, sampled).answer(ROOT, sampled=False).format() == answer


IDS = st.text("0123456789abcdefABCDEF", min_size=24, max_size=24)
ROOTS = IDS.map(lambda id_: f"1-{id_[:8]}-{id_}")
EXTRAS = st.dictionaries(
    st.text("abcXYZ-_.", min_size=1, max_size=8).filter(lambda key: key not in ("Root", "Parent", "Sampled", "Self")),
    st.text("abc:|,= %?", max_size=20).map(str.strip),
    max_size=5,
)
HEADERS = st.builds(
    TraceHeader,
    ROOTS,
    st.none() | IDS.map(lambda id_: id_[:16]),
    st.sampled_from([None, "0", "1", "?"]),
    EXTRAS.map(lambda extras: tuple(extras.items())),
)


@given(HEADERS)
def test_what_was_written_is_read_as_it_was(header: TraceHeader) -> None:
    assert TraceHeader.parse(header.format()) == header


@given(HEADERS)
def test_the_x_ray_sdk_reads_what_is_written_but_for_equals_signs_in_values(header: TraceHeader) -> None:
    sdk = SdkHeader.from_header_str(header.format())
    assert (sdk.root, sdk.parent) == (header.root, header.parent)
    assert sdk.sampled == (int(header.sampled) if header.decided is not None else header.sampled)
    assert list(sdk.data.items()) == [(key, value.partition("=")[0]) for key, value in header.extras]


@given(HEADERS)
def test_what_the_x_ray_sdk_writes_is_read(header: TraceHeader) -> None:
    sampled = header.sampled if header.decided is None else header.decided
    text = SdkHeader(header.root, header.parent, sampled, dict(header.extras)).to_header_str()
    assert TraceHeader.parse(text) == header


@given(st.text(max_size=200) | st.text("Root=1-5;Samplednt ?09af", max_size=120))
def test_nothing_raises_and_whatever_is_read_can_be_sent(text: str) -> None:
    header = TraceHeader.parse(text)
    if header is not None:
        sent = header.format()
        assert sent.isascii()
        assert sent.isprintable()
        assert TraceHeader.parse(sent) == header


@pytest.mark.parametrize(
    "text", [";" * 1_000_000, "a=b;" * 250_000, f"Root={ROOT};X=" + "a" * 1_000_000, " " * 1_000_000, "é" * 1_000_000]
)
def test_a_megabyte_is_refused_unread(text: str) -> None:
    for _ in range(10_000):
        assert TraceHeader.parse(text) is None
