"""Documents travel at most fifty together, bounded in bytes, in order; spans travel alone."""

from __future__ import annotations

import base64
import json
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.daemon.relay.consignment import (
    Consignment,
    NoSpans,
    encode_segments,
    next_consignment,
    spans_of,
    unwanted,
)
from radiograph.journal import Record


def waiting(*documents: bytes) -> deque[Record]:
    return deque(Record(n + 1, "000000000000", document) for n, document in enumerate(documents))


def all_of(waiting: deque[Record]) -> list[Consignment]:
    found = []
    while waiting:
        found.append(next_consignment(waiting))
    return found


kinds = st.sampled_from([b"{}", b"{" + b" " * 60_000 + b"}", b"T1Sabc", b"not json"])


@given(st.lists(kinds, min_size=1, max_size=200))
def test_every_document_travels_once_and_in_order(documents: list[bytes]) -> None:
    found = all_of(waiting(*documents))
    assert [document for one in found for document in one.documents] == documents
    assert found[-1].last == len(documents)
    for one in found:
        assert 1 <= len(one.documents) <= 50
        assert len(one.documents) == 1 or sum(map(len, one.documents)) <= 512 << 10
        assert one.spans == one.documents[0].startswith(b"T1S")
        assert not one.spans or len(one.documents) == 1


def test_consignments_are_as_full_as_they_may_be() -> None:
    assert [len(one.documents) for one in all_of(waiting(*[b"{}"] * 120))] == [50, 50, 20]
    assert [len(one.documents) for one in all_of(waiting(*[b"x" * 65_000] * 9))] == [8, 1]
    assert [len(one.documents) for one in all_of(waiting(b"{}", b"T1S", b"{}", b"{}"))] == [1, 1, 2]


@given(st.lists(st.binary(max_size=100), max_size=5))
def test_the_body_has_the_documents_as_they_came_but_for_what_is_no_utf_8(documents: list[bytes]) -> None:
    body = json.loads(encode_segments(documents))
    assert body == {"TraceSegmentDocuments": [document.decode("utf-8", "replace") for document in documents]}


def test_spans_are_what_is_behind_the_prefix() -> None:
    message = bytes(range(256))
    assert spans_of(b"T1S" + base64.b64encode(message)) == message
    assert spans_of(b"T1S" + base64.b64encode(message) + b"\n") == message
    for wrong in (b"T1S!", b"T1Sabc", b"T1S\xff"):
        with pytest.raises(NoSpans, match="is no base64"):
            spans_of(wrong)


def test_metrics_and_unsampled_spans_are_told_from_what_is_forwarded() -> None:
    assert "metrics" in (unwanted(b"M1abc") or "")
    assert "nobody sampled" in (unwanted(b"T1Uabc") or "")
    assert unwanted(b"{}") is unwanted(b"T1Sabc") is unwanted(b"not json") is None
