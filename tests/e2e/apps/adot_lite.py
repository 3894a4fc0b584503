"""A function under the AWS distribution's small SDK, which writes protobuf itself: ``adot_lite.py HEADER URL``."""

from __future__ import annotations

import contextlib
import sys

import requests
from amazon.opentelemetry.distro.opentelemetry_lite_sdk import configure_lite_mode
from opentelemetry import trace
from opentelemetry.propagate import extract
from opentelemetry.trace import SpanKind

header, url = sys.argv[1:]
configure_lite_mode()
tracer = trace.get_tracer("function")
context = extract({"X-Amzn-Trace-Id": header})
with (
    contextlib.suppress(ValueError),
    tracer.start_as_current_span("handler", context=context, kind=SpanKind.SERVER) as span,
):
    span.set_attribute("tier", "gold")
    span.set_attribute("items", 3)
    span.set_attribute("aws.xray.annotations", ["tier", "items"])
    requests.get(f"{url}/status/404", timeout=30)
    raise ValueError("the card is declined")
trace.get_tracer_provider().force_flush()  # type: ignore[attr-defined]
