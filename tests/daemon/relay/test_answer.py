"""Answers of HTTP servers, however they are cut into pieces."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.daemon.relay.answer import Answer, BadAnswer

WHOLE = (
    b"HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
)
CHUNKED = b"HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\nRetry-After: 3\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"


def fed(data: bytes, cuts: list[int], method: str = "POST") -> Answer:
    answer = Answer(method)
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    for start, end in zip(edges, edges[1:], strict=False):
        if end > start:
            answer.feed(data[start:end])
    return answer


cuts = st.lists(st.integers(0, 200), max_size=8)


@given(cuts)
def test_an_answer_is_whole_with_its_last_byte_and_what_came_before_it_is_not_part_of_it(cuts: list[int]) -> None:
    answer = fed(WHOLE, cuts)
    assert answer.is_complete
    assert answer.keeps_open
    reply = answer.reply()
    assert (reply.status, reply.body, reply.header("content-type")) == (200, b"{}", "application/json")
    assert reply.header("x-early") is None
    assert not fed(WHOLE[:-1], cuts).is_complete


@given(cuts)
def test_chunks_are_put_together(cuts: list[int]) -> None:
    reply = fed(CHUNKED, cuts).reply()
    assert (reply.status, reply.body, reply.header("retry-after")) == (503, b"abcde", "3")


def test_an_answer_without_a_length_ends_with_the_connection() -> None:
    answer = fed(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nsome", [])
    assert not answer.is_complete
    assert answer.ends_with_the_connection
    assert answer.reply().body == b"some"
    assert not fed(WHOLE[:-1], []).ends_with_the_connection
    assert not fed(b"HTTP/1.1 200", []).ends_with_the_connection


def test_the_answer_to_head_ends_with_its_head() -> None:
    assert fed(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", [], "HEAD").is_complete


def test_a_connection_that_is_to_be_closed_is_not_kept_open() -> None:
    assert not fed(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", []).keeps_open


@pytest.mark.parametrize(
    "data",
    [
        b"<html>",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * (70 << 10) + b"\r\n\r\n",
        WHOLE + WHOLE,
    ],
)
def test_what_is_no_answer_or_more_than_one_is_refused(data: bytes) -> None:
    with pytest.raises(BadAnswer):
        fed(data, [])


@given(st.binary(max_size=300), cuts)
def test_any_bytes_are_an_answer_or_refused(data: bytes, cuts: list[int]) -> None:
    with suppress(BadAnswer):
        assert fed(data, cuts).reply().status >= 0
