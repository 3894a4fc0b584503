"""A datagram is one header line and one document, cut at the first newline, the document untouched."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.daemon.datagram import BadDatagram, split

HEADER = b'{"format":"json","version":1}'


@given(st.binary(min_size=1).filter(lambda body: body.strip()))
def test_what_follows_the_first_newline_is_untouched(body: bytes) -> None:
    assert split(HEADER + b"\n" + body) == body


@given(st.binary(max_size=300))
def test_any_bytes_are_split_or_refused_with_a_reason(datagram: bytes) -> None:
    try:
        outcome: bytes | str = split(datagram)
    except BadDatagram as bad:
        outcome = bad.reason
    assert outcome in ("header", "incomplete") or datagram.endswith(b"\n" + outcome)  # type: ignore[operator]


members = st.dictionaries(st.text(max_size=10), st.none() | st.integers() | st.text(max_size=10), max_size=4)


@given(members, st.sampled_from(["json", "JSON", "Json"]), st.booleans())
def test_a_header_may_have_any_order_spacing_and_further_members(
    further: dict[str, object], kind: str, spaced: bool
) -> None:
    header = {"version": 1} | further | {"format": kind, "version": 1}
    text = json.dumps(header, separators=(" , ", " : ") if spaced else (",", ":"))
    assert split(text.encode() + b"\n{}") == b"{}"


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"json",
        b'{"format":"json"}',
        b'{"version":1}',
        b'{"format":"json","version":2}',
        b'{"format":"json","version":"1"}',
        b'{"format":"json","version":true}',
        b'{"format":"otlp","version":1}',
        b'{"format":1,"version":1}',
        b'{"format":"json","version":1',
        b'\xff{"format":"json","version":1}',
        b"[" * 10_000,
    ],
)
def test_another_header_is_refused_as_a_header(header: bytes) -> None:
    with pytest.raises(BadDatagram) as refused:
        split(header + b"\n{}")
    assert refused.value.reason == "header"


@pytest.mark.parametrize("datagram", [b"", b"\n", HEADER, HEADER + b"\n", HEADER + b"\n \n\t", b"{}"])
def test_a_datagram_without_a_document_is_incomplete(datagram: bytes) -> None:
    with pytest.raises(BadDatagram) as refused:
        split(datagram)
    assert refused.value.reason == "incomplete"
