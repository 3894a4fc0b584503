"""A document as columns: the tree of subsegments becomes parallel lists, annotations one object."""

from __future__ import annotations

from typing import TypeAlias

import msgspec
from msgspec import structs

from radiograph.model.document import HttpRequest, HttpResponse, SegmentDocument, Subsegment
from radiograph.model.rows import COMPLETE, StoredSegment

from .clean import MAX_NAME, acceptable_annotations, clean
from .derive import IN_PROGRESS_CLASS, OK_CLASS, Outcome, class_of, inferred_node, outcome, waits_for_callee
from .links import received

__all__ = ["flatten", "read_document"]

_US = 1_000_000
_LATEST_S = 4_102_444_800.0  # 2100: an embedded subsegment's times are not checked at the door
_TRACE_EPOCH_SLACK_S = (7 * 86_400, 300)
_decode = msgspec.json.Decoder(SegmentDocument).decode
_decode_any = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
Annotation: TypeAlias = str | int | float | bool
_from_hex, _to_int, _NO_ID = bytes.fromhex, int.from_bytes, bytes(8)
_NO_REQUEST = HttpRequest()
_NO_RESPONSE = HttpResponse()
_NOTHING: Outcome = (False, False, False)
_IN_PROGRESS = 8


def read_document(document: bytes) -> SegmentDocument:
    """Give a document that :func:`decode` accepted, without what does not follow the schema."""
    try:
        return _decode(document)
    except msgspec.ValidationError:
        # Some optional member has a wrong type: read the document without it.
        return _decode(_encode(clean(_decode_any(document))))


def flatten(document: bytes, sequence: int, source: str = "") -> StoredSegment:
    """Give the columns of a document that :func:`decode` accepted, stored under a journal sequence.

    ``source`` is the account that shares it, of a copy.
    """
    segment = read_document(document)
    start_us = _us(segment.start_time)
    complete = segment.end_time is not None
    end_us = start_us if segment.end_time is None else _end_us(segment.end_time, start_us)
    annotations = acceptable_annotations(segment.annotations) if segment.annotations else {}
    walk = _Walk(end_us, partial=not complete, annotations=annotations)
    if segment.subsegments:
        walk.visit(segment.subsegments)
    error, throttle, fault = outcome(segment)
    http, aws = segment.http, segment.aws
    request = (http.request if http is not None else None) or _NO_REQUEST
    response = (http.response if http is not None else None) or _NO_RESPONSE
    ec2 = aws.ec2 if aws is not None else None
    tracer = aws.xray if aws is not None else None
    is_segment = segment.type != "subsegment"
    if not is_segment:
        # A subsegment sent alone is itself a call, or work, inside its owner.
        walk.visit([structs.replace(segment, subsegments=None, annotations=None)])
    return StoredSegment(
        trace_id=segment.trace_id.lower(),
        id=int(segment.id, 16),
        version=sequence + COMPLETE if complete else sequence,
        trace_time=_trace_time(segment.trace_id, start_us),
        segment=is_segment,
        parent_id=int(segment.parent_id, 16) if segment.parent_id else 0,
        name=segment.name,
        type=segment.origin or "",
        start_us=start_us,
        duration_us=end_us - start_us,
        span_us=walk.latest_us - start_us,
        complete=complete,
        partial=walk.partial,
        error=error,
        throttle=throttle,
        fault=fault,
        http_method=request.method or "",
        http_url=request.url or "",
        http_status=min(max(response.status or 0, 0), 65_535),
        user_agent=request.user_agent or "",
        client_ip=request.client_ip or "",
        user=segment.user or "",
        instance_id=(ec2.instance_id or "") if ec2 is not None else "",
        availability_zone=(ec2.availability_zone or "") if ec2 is not None else "",
        resource_arns=_resource_arns(segment),
        sampling_rule=(tracer.sampling_rule_name or "") if tracer is not None else "",
        annotations=_encode(walk.annotations).decode() if walk.annotations else "",
        sub_id=walk.ids,
        sub_name=walk.names,
        sub_type=walk.types,
        sub_duration_us=walk.durations_us,
        sub_class=walk.classes,
        sub_traced=walk.traced,
        sub_flags=walk.flags,
        sub_status=walk.statuses,
        source=source,
        links=() if segment.links is None or not is_segment else received(segment.links),
    )


class _Walk:
    """What a walk over all subsegments gathers."""

    __slots__ = (
        *("annotations", "classes", "durations_us", "flags", "ids", "latest_us", "names", "partial", "statuses"),
        *("traced", "types"),
    )

    def __init__(self, latest_us: int, partial: bool, annotations: dict[str, Annotation]) -> None:
        self.latest_us, self.partial = latest_us, partial
        self.annotations: dict[str, Annotation | list[Annotation]] = {**annotations}
        self.ids: list[int] = []
        self.names: list[str] = []
        self.types: list[str] = []
        self.durations_us: list[int] = []
        self.classes: list[int] = []
        self.traced: list[bool] = []
        self.flags: list[int] = []
        self.statuses: list[int] = []

    def visit(self, subsegments: list[Subsegment]) -> None:
        """Add subsegments and all inside them, parents first.

        The ingest's hottest loop: what is usual is decided here, without a call; the rest has functions.
        """
        ids, names, types = self.ids.append, self.names.append, self.types.append
        durations_us, classes, traced = self.durations_us.append, self.classes.append, self.traced.append
        flags, statuses = self.flags.append, self.statuses.append
        latest_us = self.latest_us
        stack = subsegments[::-1]
        while stack:
            subsegment = stack.pop()
            try:
                entity_id = _from_hex(subsegment.id)
            except ValueError:
                continue
            if len(entity_id) != 8 or len(subsegment.id) != 16 or entity_id == _NO_ID:
                continue
            ids(_to_int(entity_id))
            start, end, http = subsegment.start_time, subsegment.end_time, subsegment.http
            start_us = int(start * _US) if 0.0 <= start <= _LATEST_S else _us(start)
            response = http.response if http is not None else None
            status = response.status or 0 if response is not None else 0
            statuses(status if 0 <= status <= 65_535 else 65_535 if status > 0 else 0)
            plain = (
                status < 400 and subsegment.error is None and subsegment.fault is None and subsegment.throttle is None
            )
            outcomes = _NOTHING if plain else outcome(subsegment)
            if end is None:
                self.partial = True
                durations_us(0)
                classes(IN_PROGRESS_CLASS)
                flags(_bits(outcomes) | _IN_PROGRESS)
                end_us = start_us
            else:
                end_us = int(end * _US) if 0.0 <= end <= _LATEST_S else _us(end)
                if end_us < start_us:
                    end_us = start_us
                durations_us(end_us - start_us)
                if plain:
                    classes(OK_CLASS)
                    flags(0)
                else:
                    classes(class_of(outcomes))
                    flags(_bits(outcomes))
            if end_us > latest_us:
                latest_us = end_us
            name, type_ = subsegment.name, ""
            if len(name) > MAX_NAME:
                name = name[:MAX_NAME]
            if subsegment.namespace is not None:
                node = inferred_node(name, subsegment.namespace, subsegment.aws, bool(subsegment.sql))
                if node is not None:
                    name, type_ = node
            names(name)
            types(type_)
            traced(waits_for_callee(http, subsegment.traced) if http is not None else bool(subsegment.traced))
            if subsegment.annotations:
                self.annotate(acceptable_annotations(subsegment.annotations))
            if subsegment.subsegments:
                stack.extend(reversed(subsegment.subsegments))
        self.latest_us = latest_us

    def annotate(self, annotations: dict[str, Annotation]) -> None:
        """Add annotations; a key that has several values gets a list of them."""
        for key, value in annotations.items():
            known = self.annotations.setdefault(key, value)
            if known is value or (known == value and type(known) is type(value)):
                continue
            values = known if isinstance(known, list) else [known]
            if not any(one == value and type(one) is type(value) for one in values):
                self.annotations[key] = [*values, value]


def _bits(flags: Outcome) -> int:
    error, throttle, fault = flags
    return error + 2 * throttle + 4 * fault


def _end_us(end_time: float, start_us: int) -> int:
    end_us = int(end_time * _US) if 0.0 <= end_time <= _LATEST_S else _us(end_time)
    return end_us if end_us >= start_us else start_us


def _us(seconds: float) -> int:
    if 0.0 <= seconds <= _LATEST_S:
        return int(seconds * _US)
    return 0 if seconds < 0.0 else int(_LATEST_S * _US)


def _trace_time(trace_id: str, start_us: int) -> int:
    epoch, start = int(trace_id[2:10], 16), start_us // _US
    before, after = _TRACE_EPOCH_SLACK_S
    return epoch if -after <= start - epoch <= before else start


def _resource_arns(segment: SegmentDocument) -> list[str]:
    arns = (segment.resource_arn, segment.aws.function_arn if segment.aws is not None else None)
    return [arn for arn in arns if arn]
