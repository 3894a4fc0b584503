"""Whether a trace satisfies a filter expression, in plain Python: what SQL(expression) must agree with.

Takes the tree, and a trace as decoded JSON documents in the order they were taken. Slow and obvious. It shares nothing
with the server but the tree's Structs.

How the specification's gaps are read here:

- **No value, no match.** What is absent satisfies no comparison, ``!=`` included; for keywords an empty string and a
  status of 0 are absent. ``!`` is plain negation: of a trace without users ``!(user = "x")`` is true.
- **Any value.** Where there are several values, one that matches is enough, for ``!=`` too.
- **Types.** A value of another type than the literal satisfies no comparison, ``!=`` included. true is not 1.
- **Trace level** is the root segment: the first by start without a parent, else the first whose parent is not here.
  ``throttle`` too, though a summary's HasThrottle looks at every segment. Without a root every flag is false.
  ``user``, ``availabilityzone``, ``instance.id``, ``resource.arn`` and annotations are of all documents; annotations of
  their subsegments too, and all of them, unless the expression knows only the first keys: first by their documents'
  starts (then ids), then by their places in them, a segment's own before its subsegments'.
- **ok** needs a complete response: an entity in progress is not ok, nor has it a response time.
- **429** is an error and a throttle, unless the flags say otherwise.
- **service()** asks every segment, sent or inferred, by itself: the block's terms must all hold for the same one.
  It is never the client. An inferred segment has the flags, times and ``http`` of its call, and neither user, zone,
  instance nor ARN.
- **edge()** asks every call, with what its caller saw (flags, response time, ``http``). The client's call to a root
  counts, but its caller is only found by patterns with the type ``client``, or none.
- **account.id** of a segment that was sent is the account the trace is kept for; nothing else has one.
- **->** is a call between two segments, **=>** a chain of them: of segments, not of nodes, so that calls of two
  different segments of a service do not make a path.
- **Root causes** are given, as the summary has them. The entities of one are those of all its services in one list, its
  exceptions those of all entities in one list: ``first``, ``last`` and ``index`` (from 0) mean places in these.
- **rootcause.json**: each pattern of the list fits some root cause; lists inside fit element by element, with the same
  length. An empty text fits what is absent.
- **attribute** looks in every segment and subsegment of the trace; in the braces of service() in that segment and all
  its subsegments, in those of edge() in the document of the call alone. Lists on the way are looked through.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from radiograph.filters import tree
from tests.oracle.graph import _inferred, _latest_us, _survivors, _Trace, _us, _waits

__all__ = ["matches"]

Json = dict[str, Any]
ACCOUNT = "000000000000"
KINDS = {"fault": "FaultRootCauses", "error": "ErrorRootCauses", "responsetime": "ResponseTimeRootCauses"}


def matches(
    expression: tree.Expression, documents: Iterable[Json], causes: Json | None = None, account: str = ACCOUNT
) -> bool:
    """Whether the trace these documents are of satisfies the expression, in which every group was replaced.

    ``causes`` are FaultRootCauses, ErrorRootCauses and ResponseTimeRootCauses as in the trace's summary.
    """
    return _Question(documents, causes or {}, account).holds(expression)


@dataclass(eq=False)
class Visit:
    """A segment, sent or inferred: one visit of a node."""

    entity: Json
    name: str
    type: str
    account: str | None
    inferred: bool
    parts: list[Json]
    """The segment and all its subsegments."""
    root: bool = False
    caller: Visit | None = None


@dataclass
class Call:
    """One call along an edge: ``entity`` is what its caller saw."""

    caller: Visit | None
    """None is the client."""
    callee: Visit
    entity: Json


class _Question:
    def __init__(self, documents: Iterable[Json], causes: Json, account: str) -> None:
        self.documents, self.causes = _survivors(documents), causes
        self.trace = _Trace(self.documents)
        self.entities = [*self.trace.segments, *(u for u, _ in self.trace.subsegments)]
        self.visits = {s["id"]: self.sent(s, account) for s in self.trace.segments}
        self.calls: list[Call] = []
        for s in self.trace.segments:
            self.called_by(self.visits[s["id"]], s)
        for u, document in self.trace.subsegments:
            if u.get("namespace") in ("aws", "remote") and u["id"] not in self.trace.called and not _waits(u):
                self.infer(u, document)
        self.root = self.root_segment()

    # How the documents hang together

    def sent(self, s: Json, account: str) -> Visit:
        parts = [s, *(u for u, document in self.trace.subsegments if self.trace._owner(document) is s)]
        return Visit(s, s["name"], s.get("origin", ""), account, False, parts)

    def called_by(self, visit: Visit, s: Json) -> None:
        parent = self.trace.document_of.get(s.get("parent_id", ""))
        if parent is None:
            visit.root = True
            self.calls.append(Call(None, visit, s))
            return
        owner = self.trace._owner(parent)
        if owner is not None:
            visit.caller = self.visits[owner["id"]]
            self.calls.append(Call(visit.caller, visit, self.trace.subsegment.get(s["parent_id"], s)))

    def infer(self, u: Json, document: Json) -> None:
        name, type_ = _inferred(u)
        visit = self.visits[u["id"]] = Visit(u, name, type_, None, True, [u])
        owner = self.trace._owner(document)
        if owner is not None:
            visit.caller = self.visits[owner["id"]]
            self.calls.append(Call(visit.caller, visit, u))

    def root_segment(self) -> Json | None:
        ordered = sorted(self.trace.segments, key=lambda s: _us(s["start_time"]))
        entries = [s for s in ordered if s.get("parent_id", "") not in self.trace.document_of]
        return next((s for s in entries if not s.get("parent_id")), entries[0] if entries else None)

    # The expression, one arm a Struct

    def holds(self, expression: tree.Expression) -> bool:
        match expression:
            case tree.Everything():
                return True
            case tree.And(terms):
                return all(self.holds(term) for term in terms)
            case tree.Or(terms):
                return any(self.holds(term) for term in terms)
            case tree.Not(term):
                return not self.holds(term)
            case tree.Present() | tree.Compare():
                return _test(expression, self.of_trace(expression.subject))
            case tree.Service():
                return any(self.is_visit(visit, expression) for visit in self.visits.values())
            case tree.Edge():
                return any(self.is_call(call, expression) for call in self.calls)
            case tree.Path(first, hops):
                return any(self.ends_path(visit, first, list(hops)) for visit in self.visits.values())
            case tree.RootCause(kind, part, block):
                return any(
                    block is None or _within(block, element)
                    for cause in self.causes.get(KINDS[kind], [])
                    for element in _places(_elements(cause, part))
                )
            case tree.RootCauseJson(patterns, kind):
                found = [
                    one for name in ([KINDS[kind]] if kind else KINDS.values()) for one in self.causes.get(name, [])
                ]
                return all(any(_fits(pattern, cause) for cause in found) for pattern in patterns)
        raise TypeError(f"{type(expression).__name__} is not answered by a trace")

    def is_visit(self, visit: Visit, service: tree.Service) -> bool:
        return _like(service.node, visit.name, visit.type, visit.account) and (
            service.block is None or _within(service.block, _of_visit(visit))
        )

    def is_call(self, call: Call, edge: tree.Edge) -> bool:
        if call.caller is None:
            asked = edge.caller
            from_caller = asked is None or (asked.type == "client" and _like(asked, call.callee.name, "client", None))
        else:
            from_caller = _like(edge.caller, call.caller.name, call.caller.type, call.caller.account)
        to_callee = _like(edge.callee, call.callee.name, call.callee.type, call.callee.account)
        return (
            from_caller
            and to_callee
            and (edge.block is None or _within(edge.block, Values(_seen(call.entity), [call.entity])))
        )

    def ends_path(self, visit: Visit, first: tree.Service, hops: list[tree.Hop]) -> bool:
        """Whether a path that these hops tell ends with this visit."""
        if not hops:
            return self.is_visit(visit, first)
        *before, last = hops
        if not self.is_visit(visit, last.service):
            return False
        callers = list(_callers(visit))
        return any(
            self.ends_path(one, first, before) for one in (callers if last.relation == "reaches" else callers[:1])
        )

    def annotated(self) -> list[str]:
        """The keys of all annotations, in the order that counts where not all are known."""
        ordered = sorted(self.documents, key=lambda one: (_us(one["start_time"]), one["id"]))
        return list(dict.fromkeys(key for one in ordered for key in _keys(one)))

    def of_trace(self, subject: tree.Subject) -> Sequence[Any]:
        match subject:
            case tree.Annotation(key, most) if most and key not in self.annotated()[:most]:
                return []
            case tree.Annotation(key):
                return [one["annotations"][key] for one in self.entities if key in one.get("annotations", {})]
            case tree.Attribute(path):
                return [value for one in self.entities for value in _at(one, path)]
            case tree.Field("traceid"):
                return [self.documents[0]["trace_id"].lower()]
            case tree.Field("duration"):
                ends = [max(_us(one["start_time"]), _latest_us(one)) for one in self.documents]
                return [(max(ends) - min(_us(one["start_time"]) for one in self.documents)) / 1e6]
            case tree.Field("partial"):
                return [self.is_partial()]
            case tree.Field("inferred"):
                return [any(visit.inferred for visit in self.visits.values())]
            case tree.Field("user" | "availabilityzone" | "instance.id" | "resource.arn" as name):
                return [value for one in self.documents for value in _where(one)[name]]
            case tree.Field(name):
                return _seen(self.root)[name]

    def is_partial(self) -> bool:
        return (
            any("end_time" not in one for one in self.entities)
            or any(
                one.get("parent_id") not in self.trace.document_of
                for one in self.documents
                if one not in self.trace.segments
            )
            or any(_waits(u) and u["id"] not in self.trace.called for u, _ in self.trace.subsegments)
        )


def _within(expression: tree.Expression, values: Values) -> bool:
    """Whether an expression in braces holds for the element that has these values."""
    match expression:
        case tree.And(terms):
            return all(_within(term, values) for term in terms)
        case tree.Or(terms):
            return any(_within(term, values) for term in terms)
        case tree.Not(term):
            return not _within(term, values)
        case tree.Present() | tree.Compare():
            return _test(expression, values.of(expression.subject))
    raise TypeError(f"{type(expression).__name__} does not stand in braces")


@dataclass
class Values:
    """What the keywords mean for one element, and the documents its attributes are in."""

    fields: Mapping[str, Sequence[Any]]
    parts: list[Json]

    def of(self, subject: tree.Subject) -> Sequence[Any]:
        match subject:
            case tree.Attribute(path):
                return [value for part in self.parts for value in _at(part, path)]
            case tree.Field(name):
                return self.fields[name]
        raise TypeError("annotations are asked of traces")


def _of_visit(visit: Visit) -> Values:
    where = _where({} if visit.inferred else visit.entity)
    node: dict[str, list[Any]] = {"name": [visit.name], "type": [visit.type or None], "root": [visit.root]}
    return Values(_seen(visit.entity) | where | node, visit.parts)


def _seen(entity: Json | None) -> dict[str, list[Any]]:
    """Flags, times and the request of one entity; of none, no flag is up and nothing has a value."""
    entity = entity or {}
    http = entity.get("http", {})
    request, status = http.get("request", {}), http.get("response", {}).get("status", 0)
    error = entity.get("error", 400 <= status < 500)
    throttle = entity.get("throttle", status == 429)
    fault = entity.get("fault", status >= 500)
    complete = "end_time" in entity
    return {
        "ok": [complete and not (error or throttle or fault)],
        "error": [error],
        "throttle": [throttle],
        "fault": [fault],
        "responsetime": [(_us(entity["end_time"]) - _us(entity["start_time"])) / 1e6] if complete else [],
        "duration": [(_latest_us(entity) - _us(entity["start_time"])) / 1e6] if complete else [],
        "http.status": [status or None],
        "http.url": [request.get("url") or None],
        "http.method": [request.get("method") or None],
        "http.useragent": [request.get("user_agent") or None],
        "http.clientip": [request.get("client_ip") or None],
    }


def _where(document: Json) -> dict[str, list[Any]]:
    """Who asked, and what it ran on."""
    aws = document.get("aws", {})
    return {
        "user": [document.get("user") or None],
        "availabilityzone": [aws.get("ec2", {}).get("availability_zone") or None],
        "instance.id": [aws.get("ec2", {}).get("instance_id") or None],
        "resource.arn": [document.get("resource_arn") or None, aws.get("function_arn") or None],
    }


def _callers(visit: Visit) -> Iterator[Visit]:
    """Who called it, who called that, and so on until the first or one that was told already."""
    told: list[Visit] = []
    caller = visit.caller
    while caller is not None and caller not in told:
        told.append(caller)
        yield caller
        caller = caller.caller


def _keys(entity: Json) -> Iterator[str]:
    yield from entity.get("annotations", {})
    for child in entity.get("subsegments", ()):
        yield from _keys(child)


def _like(pattern: tree.NodePattern | None, name: str, type_: str, account: str | None) -> bool:
    if pattern is None:
        return True
    asked = (pattern.name, name), (pattern.type, type_), (pattern.account_id, account)
    return all(wanted is None or wanted == actual for wanted, actual in asked)


# Root causes


def _elements(cause: Json, part: str) -> list[Json]:
    services = cause["Services"]
    entities = [entity for service in services for entity in service["EntityPath"]]
    if part == "exception":
        return [exception for entity in entities for exception in entity.get("Exceptions", [])]
    return list(services if part == "service" else entities)


def _places(elements: list[Json]) -> Iterator[Values]:
    for index, element in enumerate(elements):
        members: Json = {
            "name": element.get("Name"),
            "type": element.get("Type"),
            "message": element.get("Message"),
            "coverage": element.get("Coverage"),
            "inferred": element.get("Inferred", False),
            "remote": element.get("Remote", False),
            "first": index == 0,
            "last": index == len(elements) - 1,
            "index": index,
        }
        yield Values({name: [value] for name, value in members.items()}, [])


def _fits(pattern: Any, actual: Any) -> bool:
    if pattern is None or (pattern == "" and actual is None):
        return True
    if isinstance(pattern, tuple):
        return (
            isinstance(actual, list)
            and len(pattern) == len(actual)
            and all(_fits(one, other) for one, other in zip(pattern, actual, strict=True))
        )
    if isinstance(pattern, msgspec.Struct):
        members = msgspec.structs.fields(pattern)
        return all(_fits(getattr(pattern, one.name), actual.get(one.encode_name)) for one in members)
    return bool(pattern == actual)


# Values


def _at(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(value, list):
        for element in value:
            yield from _at(element, path)
    elif not path:
        yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from _at(value[path[0]], path[1:])


COMPARES: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "CONTAINS": str.__contains__,
    "BEGINSWITH": str.startswith,
    "ENDSWITH": str.endswith,
}


def _test(expression: tree.Present | tree.Compare, values: Iterable[Any]) -> bool:
    there = [value for value in values if value is not None]
    if isinstance(expression, tree.Present):
        return bool(there)
    return any(_compare(value, expression.operator, expression.value) for value in there)


def _compare(value: Any, comparator: str, literal: tree.Value) -> bool:
    return _type(value) is _type(literal) and COMPARES[comparator](value, literal)


def _type(value: Any) -> type:
    """bool, str or float; dicts keep their own type, which no literal has."""
    return float if type(value) is int else type(value)
