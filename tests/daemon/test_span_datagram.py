"""Spans in datagrams, as the AWS distributions of OpenTelemetry send them from Lambda."""

from __future__ import annotations

import base64

import pytest

from radiograph.daemon.datagram import BadDatagram
from radiograph.daemon.span_datagram import holds_telemetry, spans_in
from tests.segments.otlp import request

OTLP = base64.b64encode(request({}).SerializeToString())


def test_sampled_spans_are_read():
    assert [one.span_id for one in spans_in(b"T1S" + OTLP).spans] == ["0000000000000001"]


@pytest.mark.parametrize("document", [b"T1S" + OTLP, b"T1U" + OTLP, b"M1" + OTLP])
def test_telemetry_is_told_by_its_prefix(document: bytes):
    assert holds_telemetry(document)


@pytest.mark.parametrize("document", [b"{}", b" {}", b"[]", b"True", b"M2"])
def test_anything_else_is_no_telemetry(document: bytes):
    assert not holds_telemetry(document)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b"T1U" + OTLP, "unsampled"),
        (b"M1" + OTLP, "metrics"),
        (b"T1S!", "otlp"),
        (b"T1S" + base64.b64encode(b"garbage"), "otlp"),
    ],
)
def test_what_is_not_kept_is_counted_by_its_reason(document: bytes, reason: str):
    with pytest.raises(BadDatagram) as bad:
        spans_in(document)
    assert bad.value.reason == reason
