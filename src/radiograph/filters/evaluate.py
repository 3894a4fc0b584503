"""Whether a trace satisfies a filter expression, by its documents: the second step, after a store chose candidates.

    documents, callees = opened(stored)                      # radiograph.segments.opened
    trace = TraceFacts(documents, callees, root_causes(stored, account))
    matches(expression, trace, account)

``expression`` has no group left in it (:func:`~radiograph.filters.substitute.substitute`). A ``TraceFacts`` is made
once for a trace and can be asked many expressions; causes are needed only for ``rootcause.*``, and the trace's summary
will do for them.

What is absent satisfies no comparison, ``!=`` included; of several values one that compares is enough; a value of
another type than the literal does not compare. All terms in braces are asked of the same element.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from . import tree
from .entity import seen, where
from .facts import Call, Members, TraceFacts, Visit
from .origins import has_cause, has_causes

__all__ = ["TraceFacts", "matches"]

_Subject: TypeAlias = tree.Field | tree.Annotation | tree.Attribute
_Values: TypeAlias = Iterable[Any]
_PLACES = frozenset({"user", "availabilityzone", "instance.id", "resource.arn"})
_COMPARES: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "CONTAINS": operator.contains,
    "BEGINSWITH": str.startswith,
    "ENDSWITH": str.endswith,
}


def matches(expression: tree.Expression, trace: TraceFacts, account: str) -> bool:
    """Whether a trace, kept for this account, satisfies the expression."""
    match expression:
        case tree.Everything():
            return True
        case tree.And(terms):
            return all(matches(term, trace, account) for term in terms)
        case tree.Or(terms):
            return any(matches(term, trace, account) for term in terms)
        case tree.Not(term):
            return not matches(term, trace, account)
        case tree.Present() | tree.Compare():
            return _test(expression, _of_trace(expression.subject, trace))
        case tree.Service():
            return any(_is_visit(visit, expression, trace, account) for visit in trace.visits)
        case tree.Edge():
            return any(_is_call(call, expression, account) for call in trace.calls)
        case tree.Path():
            return _has_path(expression, trace, account)
        case tree.RootCause(kind, part, block):
            return has_cause(trace.causes, kind, part, lambda ask: block is None or _within(block, ask))
        case tree.RootCauseJson(patterns, kind):
            return has_causes(trace.causes, kind, patterns)
    raise TypeError(f"{type(expression).__name__} is not answered by a trace")


def _of_trace(subject: _Subject, trace: TraceFacts) -> _Values:
    match subject:
        case tree.Annotation(key, most) if most and key not in trace.annotated[:most]:
            return ()
        case tree.Annotation(key):
            return (one["annotations"].get(key) for one in trace.entities if "annotations" in one)
        case tree.Attribute(path):
            return _at(trace.entities, path)
        case tree.Field("traceid"):
            return (trace.documents[0]["trace_id"].lower(),)
        case tree.Field("duration"):
            return (trace.duration_s,)
        case tree.Field("partial"):
            return (trace.partial,)
        case tree.Field("inferred"):
            return (any(visit.inferred for visit in trace.visits),)
        case tree.Field(name) if name in _PLACES:
            return (value for one in trace.documents for value in where(one, name))
    return (seen(trace.root, subject.name),)


# Services, calls and paths


def _is_visit(visit: Visit, service: tree.Service, trace: TraceFacts, account: str) -> bool:
    if not _like(service.node, visit.name, visit.type, _account(visit, account)):
        return False
    return service.block is None or _within(service.block, lambda subject: _of_visit(subject, visit, trace))


def _of_visit(subject: _Subject, visit: Visit, trace: TraceFacts) -> _Values:
    match subject:
        case tree.Attribute(path):
            return _at(trace.parts(visit), path)
        case tree.Field("name"):
            return (visit.name,)
        case tree.Field("type"):
            return (visit.type or None,)
        case tree.Field("root"):
            return (visit.root,)
        case tree.Field(name) if name in _PLACES:
            # What an inferred segment ran on is not its caller's place.
            return () if visit.inferred else where(visit.entity, name)
        case tree.Field(name):
            return (seen(visit.entity, name),)
    raise TypeError("annotations are asked of traces")


def _is_call(call: Call, edge: tree.Edge, account: str) -> bool:
    caller, callee = call.caller, call.callee
    if not _like(edge.callee, callee.name, callee.type, _account(callee, account)):
        return False
    if caller is not None:
        from_caller = _like(edge.caller, caller.name, caller.type, _account(caller, account))
    else:
        # The client bears the name of the node it calls: only a pattern that asks for clients means it.
        asked = edge.caller
        from_caller = asked is None or (asked.type == "client" and _like(asked, callee.name, "client", None))
    return from_caller and (edge.block is None or _within(edge.block, lambda subject: _of_call(subject, call.entity)))


def _of_call(subject: _Subject, entity: Members) -> _Values:
    match subject:
        case tree.Attribute(path):
            return _at([entity], path)
        case tree.Field(name):
            return (seen(entity, name),)
    raise TypeError("annotations are asked of traces")


def _has_path(path: tree.Path, trace: TraceFacts, account: str) -> bool:
    """Whether some visit is where the hops lead, going forward from all visits that the path can begin with."""
    here = [visit for visit in trace.visits if _is_visit(visit, path.first, trace, account)]
    for hop in path.hops:
        next_ = dict[Visit, None]()
        steps = here[:]
        while steps:
            for callee in trace.callees.get(steps.pop(), ()):
                if callee not in next_:
                    next_[callee] = None
                    if hop.relation == "reaches":
                        steps.append(callee)
        here = [visit for visit in next_ if _is_visit(visit, hop.service, trace, account)]
    return bool(here)


def _account(visit: Visit, account: str) -> str | None:
    """Give whose a node is; None of one that sent nothing."""
    return None if visit.inferred else visit.source or account


def _like(pattern: tree.NodePattern | None, name: str, type_: str, account: str | None) -> bool:
    return pattern is None or (
        pattern.name in (None, name) and pattern.type in (None, type_) and pattern.account_id in (None, account)
    )


# Braces and values


def _within(expression: tree.Expression, ask: Callable[[_Subject], _Values]) -> bool:
    """Whether an expression in braces holds for the element whose values these are."""
    match expression:
        case tree.And(terms):
            return all(_within(term, ask) for term in terms)
        case tree.Or(terms):
            return any(_within(term, ask) for term in terms)
        case tree.Not(term):
            return not _within(term, ask)
        case tree.Present() | tree.Compare():
            return _test(expression, ask(expression.subject))
        case tree.Everything():
            return True
    raise TypeError(f"{type(expression).__name__} does not stand in braces")


def _at(values: Sequence[Any], path: tuple[str, ...]) -> list[Any]:
    """Give every value at a path of member names, looking through lists on the way and at its end."""
    here = _through(values)
    for name in path:
        here = _through([value[name] for value in here if isinstance(value, dict) and name in value])
    return here


def _through(values: Sequence[Any]) -> list[Any]:
    found: list[Any] = []
    stack = list(values)
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += value
        else:
            found.append(value)
    return found


def _test(expression: tree.Present | tree.Compare, values: _Values) -> bool:
    if isinstance(expression, tree.Present):
        return any(value is not None for value in values)
    compare, literal = _COMPARES[expression.operator], expression.value
    if isinstance(literal, str | bool):
        type_ = type(literal)
        return any(type(value) is type_ and compare(value, literal) for value in values)
    return any(type(value) in (int, float) and compare(value, literal) for value in values)
