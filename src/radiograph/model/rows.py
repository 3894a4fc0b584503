"""One stored document as the store keeps and gives it: columns for questions, beside the JSON itself."""

from __future__ import annotations

import msgspec

__all__ = ["COMPLETE", "EncodedSegments", "Link", "Origin", "StoredDocument", "StoredSegment"]

COMPLETE = 1 << 62
"""Added to the version of a complete document, so that it outranks every in-progress one of its id."""


class Link(msgspec.Struct, frozen=True, gc=False):
    """A segment or subsegment of another trace that sent an event."""

    trace_id: str
    """Lower-case ``1-8hex-24hex``."""
    id: int


class Origin(msgspec.Struct, frozen=True, gc=False):
    """Where an event was sent: the node that it came from, and when."""

    name: str
    type: str
    sent_us: int
    source: str = ""
    """The account that shares the node, if it is not the account's own."""


class StoredSegment(msgspec.Struct, frozen=True, gc=False):
    """The columns of one document (a segment, or a subsegment sent alone).

    Times are microseconds since the epoch, durations microseconds, ids integers of their hexadecimal digits.
    The ``sub_…`` lists run in parallel over every subsegment inside the document, parents first.
    """

    trace_id: str
    """Lower-case ``1-8hex-24hex``."""
    id: int
    version: int
    """Journal sequence, plus 2⁶² when the document is complete: the highest version of an id is the truth."""
    trace_time: int
    """Seconds: when the trace began as its id tells, or this document's start when the id tells nothing."""
    segment: bool
    """False for a subsegment sent alone."""
    parent_id: int
    """0 when there is none."""
    name: str
    type: str
    """Origin; empty when unknown."""
    start_us: int
    duration_us: int
    """End − start; 0 while in progress."""
    span_us: int
    """Latest end of anything inside − start."""
    complete: bool
    partial: bool
    """The document, or something inside, is in progress."""
    error: bool
    throttle: bool
    fault: bool
    http_method: str
    http_url: str
    http_status: int
    """0 when there is none."""
    user_agent: str
    client_ip: str
    user: str
    instance_id: str
    availability_zone: str
    resource_arns: list[str]
    sampling_rule: str
    annotations: str
    """JSON object of every annotation in the document, subsegments' included: to its value, or to a list where values
    differ. Empty when there is none."""
    sub_id: list[int]
    sub_name: list[str]
    """Node name for a call to something outside, else the subsegment's own name."""
    sub_type: list[str]
    """Node type for a call to something outside; empty for work inside."""
    sub_duration_us: list[int]
    sub_class: list[int]
    """0 ok, 1 error, 2 throttle, 3 fault, 4 in progress."""
    sub_traced: list[bool]
    """The callee sends its own segment: nothing is inferred meanwhile."""
    sub_flags: list[int]
    """1 error, 2 throttle, 4 fault, 8 in progress, added up."""
    sub_status: list[int]
    """HTTP status; 0 when there is none."""
    source: str = ""
    """The account that shares it, of a copy; empty for the account's own."""
    links: tuple[Link, ...] = ()
    """What sent the events that a segment has received. Only written: nobody reads them back with the rest."""


class StoredDocument(msgspec.Struct, frozen=True, gc=False):
    """The JSON of one document, as sent; or sealed."""

    trace_id: str
    id: int
    version: int
    start_us: int
    document: bytes
    key: int = 0
    """The number of the data key that it came under; 0 for none."""
    source: str = ""
    """The account that shares it, of a copy; empty for the account's own."""


class EncodedSegments(msgspec.Struct, frozen=True):
    """Documents of one account as a store's own bytes, ready to be written."""

    count: int
    segments: bytes
    documents: bytes
    minutes: frozenset[int]
    """The minutes (epoch seconds) they begin in."""
    first: int
    """Their lowest journal sequence."""
    links: bytes = b""
    """Empty when none of them has any."""
    linked: frozenset[int] = frozenset()
    """The minutes of those that have links."""
