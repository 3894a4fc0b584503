"""The segment document, as far as Radiograph indexes it; what is not named here stays in the stored JSON.

Source: "AWS X-Ray segment documents" (developer guide) and what the SDKs send.
"""

from __future__ import annotations

from typing import Any

import msgspec

__all__ = [
    "ApiCall",
    "Ec2",
    "Http",
    "HttpRequest",
    "HttpResponse",
    "SegmentDocument",
    "Subsegment",
    "Tracer",
]


class HttpRequest(msgspec.Struct, frozen=True, gc=False):
    """``http.request``: what was asked."""

    method: str | None = None
    url: str | None = None
    user_agent: str | None = None
    client_ip: str | None = None
    traced: bool | None = None


class HttpResponse(msgspec.Struct, frozen=True, gc=False):
    """``http.response``: what was answered."""

    status: int | None = None


class Http(msgspec.Struct, frozen=True, gc=False):
    """``http`` of a segment (the request served) or of a subsegment (the call made)."""

    request: HttpRequest | None = None
    response: HttpResponse | None = None


class Ec2(msgspec.Struct, frozen=True, gc=False):
    """``aws.ec2``: the instance the code runs on."""

    instance_id: str | None = None
    availability_zone: str | None = None


class Tracer(msgspec.Struct, frozen=True, gc=False):
    """``aws.xray``: who recorded the segment, and which sampling rule kept it."""

    sampling_rule_name: str | None = None


class ApiCall(msgspec.Struct, frozen=True, gc=False):
    """``aws``: where the code runs (segment) or which AWS resource is called (subsegment)."""

    ec2: Ec2 | None = None
    xray: Tracer | None = None
    function_arn: str | None = None
    operation: str | None = None
    table_name: str | None = None
    bucket_name: str | None = None
    queue_url: str | None = None
    queue_name: str | None = None
    topic_arn: str | None = None
    function_name: str | None = None
    resource_names: list[str] | None = None


class Subsegment(msgspec.Struct, frozen=True, gc=False):
    """Work inside a segment: a call to something else, or a named piece of code."""

    id: str
    name: str
    start_time: float
    end_time: float | None = None
    in_progress: bool | None = None
    namespace: str | None = None
    http: Http | None = None
    aws: ApiCall | None = None
    sql: dict[str, msgspec.Raw] | None = None
    error: bool | None = None
    throttle: bool | None = None
    fault: bool | None = None
    traced: bool | None = None
    annotations: dict[str, str | int | float | bool] | None = None
    subsegments: list[Subsegment] | None = None


class SegmentDocument(Subsegment, frozen=True, gc=False, kw_only=True):
    """A document as it is sent: a segment, or a subsegment on its own (``type`` is ``subsegment``)."""

    trace_id: str
    type: str | None = None
    parent_id: str | None = None
    origin: str | None = None
    user: str | None = None
    resource_arn: str | None = None
    links: Any = None
    """Any JSON: most documents have none, and what is wrong with them must not cost the others anything."""
