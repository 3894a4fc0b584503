"""A filter expression as SQL over the documents of one trace, grouped: one match arm a Struct of the tree.

A trace's atoms are aggregates: a maximum over rows, the root's values, or whether identifiers found in some rows are
among those found in others (``hasAll``, ``hasAny``): that joins calls with callees without a join.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from radiograph.filters.tree import (
    And,
    Annotation,
    Attribute,
    Compare,
    Edge,
    Everything,
    Expression,
    Field,
    NodePattern,
    Not,
    Or,
    Path,
    Present,
    RootCause,
    RootCauseJson,
    Service,
)
from radiograph.model.rows import StoredSegment

from .comparisons import Parameters, annotated, number
from .elements import CALL, SEGMENT, SUBSEGMENTS, element, like
from .truths import FALSE, TRUE, UNKNOWN, Need, Truth, all_of, any_of, exactly, negated

__all__ = ["Condition", "compile_condition"]

_WORD = re.compile(r"\w+")
_COLUMNS = frozenset(one.name for one in msgspec.structs.fields(StoredSegment))
_OF_ANY_DOCUMENT = {"user", "availabilityzone", "instance.id", "resource.arn"}
_KEYS = """sum(countSubstrings(annotations, '":'))"""
_ALL = "groupArrayArray(arrayPushFront(sub_id, id))"
_CALLED = "groupUniqArrayIf(parent_id, segment)"
_INFERRED = exactly("sub_type_ != '' AND NOT sub_traced_")
_OWN, _LONE = exactly("segment"), exactly("NOT segment")
_ACCOUNT = "if(source = '', {account:String}, source)"
_FLAGS = {"fault": 4, "error": 1}
_START = "(start_us, id)"


class Condition(NamedTuple):
    """An expression compiled: aggregates by their names, what must be true of them, and what is to be bound."""

    aggregates: dict[str, str]
    truth: Truth
    parameters: dict[str, object]
    columns: frozenset[str]
    """Of the table, those that the aggregates read."""
    all_ids: str
    """The aggregate that holds every identifier of the trace, where there is one."""
    others: tuple[Truth, ...] = ()
    """Of the other expressions, by the same aggregates."""


def compile_condition(expression: Expression, *others: Expression) -> Condition:
    """Give an expression, in which every group was replaced, as a condition on a trace's rows; others beside it."""
    compiler = _Compiler()
    truth = compiler.trace(expression)
    beside = tuple(compiler.trace(other) for other in others)
    aggregates = compiler.aggregates
    columns = frozenset(_WORD.findall(" ".join(aggregates.values()))) & _COLUMNS
    return Condition(aggregates, truth, dict(compiler.values.values), columns, compiler.all_ids, beside)


class _Compiler:
    def __init__(self) -> None:
        self.values = Parameters()
        self._names: dict[str, str] = {}
        self._root: list[str] = []

    @property
    def all_ids(self) -> str:
        return self._names.get(_ALL, "")

    @property
    def aggregates(self) -> dict[str, str]:
        """Every aggregate in use, by its name."""
        found = {name: sql for sql, name in self._names.items()}
        if self._root:
            values = f"tuple(1, {', '.join(self._root)})"
            found["root_sent"] = f"argMinIf({values}, {_START}, segment AND parent_id = 0)"
            found["below"] = f"groupArrayIf((start_us, id, parent_id, {values}), segment AND parent_id != 0)"
        return found

    def trace(self, expression: Expression) -> Truth:
        """Give what is asked of a whole trace."""
        match expression:
            case Everything():
                return TRUE
            case And(terms):
                return all_of(map(self.trace, terms))
            case Or(terms):
                return any_of(map(self.trace, terms))
            case Not(term):
                return negated(self.trace(term))
            case Present(Annotation(key, most)) | Compare(Annotation(key, most)):
                sql, hint = annotated(key, expression, self.values)
                found = self._any_row(exactly(sql), 1 if hint == "1" else 0, hint)
                return self._of_first(found, most) if most else found
            case Present(Attribute()) | Compare(Attribute()):
                return UNKNOWN
            case Present(Field(name)) | Compare(Field(name)):
                return self._field(name, expression)
            case Service():
                return any_of([self._sent(expression), self._inferred(expression)])
            case Edge():
                return any_of([self._called_inside(expression), self._called(expression), self._entered(expression)])
            case Path(first, hops):
                services = all_of(map(self.trace, (first, *(hop.service for hop in hops))))
                return Truth("0", services.upper, services.needs)
            case RootCause(kind) | RootCauseJson(_, kind):
                return self._caused(kind)
        raise TypeError(f"{type(expression).__name__} is not answered by a trace")

    def _of_first(self, found: Truth, most: int) -> Truth:
        """Certain where all keys of a trace are few, as far as quotes and colons tell; else its documents are asked."""
        few = f"{self._name(_KEYS)} <= {most}"
        return Truth(all_of([found, exactly(few)]).lower, found.upper, found.needs)

    # Keywords of the trace

    def _field(self, name: str, asked: Present | Compare) -> Truth:
        if name == "traceid":
            return self._trace_id(asked)
        if name == "duration":
            took = "(max(start_us + span_us) - min(start_us)) / 1e6"
            return exactly(number("1", self._name(took), asked, self.values))
        if name == "partial":
            return self._flag(self._partial(), asked)
        if name == "inferred":
            return self._flag(self._inferred(Service()), asked)
        if name in _OF_ANY_DOCUMENT:
            indexed = name == "user" and isinstance(asked, Compare) and asked.operator == "="
            return self._any_row(element(asked, SEGMENT, self.values), rank=0 if indexed else 1)
        meaning = SEGMENT[name]
        if meaning.kind == "flag":
            return self._flag(self._of_root(meaning.sql), asked)
        return self._of_root(element(asked, SEGMENT, self.values).lower)

    def _flag(self, truth: Truth, asked: Present | Compare) -> Truth:
        wanted = isinstance(asked, Present) or asked.value is (asked.operator == "=")
        return truth if wanted else negated(truth)

    def _trace_id(self, asked: Present | Compare) -> Truth:
        if isinstance(asked, Present):
            return TRUE
        digits = self.values.text(str(asked.value).removeprefix("1-").replace("-", ""))
        same = f"trace_id = CAST(unhex({digits}) AS FixedString(16))"
        return exactly(same, Need(0, same)) if asked.operator == "=" else negated(exactly(same))

    def _partial(self) -> Truth:
        waiting = self._subs(all_of([exactly("sub_traced_")]), exactly("1"))
        return any_of(
            [
                self._any_row(exactly("partial")),
                self._outside(_ALL, self._ids("parent_id", _LONE)),
                self._outside(_CALLED, waiting),
            ]
        )

    def _caused(self, kind: str | None) -> Truth:
        if kind not in _FLAGS:
            return UNKNOWN
        bit = _FLAGS[kind]
        found = self._any_row(exactly(f"({kind} OR arrayExists(flags -> bitAnd(flags, {bit}) != 0, sub_flags))"))
        return Truth("0", found.upper, found.needs)

    # Services and edges

    def _sent(self, service: Service) -> Truth:
        """Some segment of this service."""
        node = all_of([_OWN, self._like(service.node)])
        block = {root: all_of([node, element(service.block, SEGMENT, self.values, root)]) for root in (True, False)}
        if block[True] == block[False]:
            return self._any_row(block[True])
        entries = self._outside(_ALL, self._ids("parent_id", block[True]))
        others = self._inside(_ALL, self._ids("parent_id", block[False]))
        return any_of([entries, others])

    def _inferred(self, service: Service) -> Truth:
        """Some call to this service, which sent no segment."""
        call = all_of([_INFERRED, self._like_call(service.node), element(service.block, CALL, self.values)])
        return self._outside(_CALLED, self._subs(call, exactly("1")))

    def _called_inside(self, edge: Edge) -> Truth:
        """Some call to what sent no segment."""
        call = all_of([_INFERRED, self._like_call(edge.callee), element(edge.block, CALL, self.values)])
        return self._outside(_CALLED, self._subs(call, self._caller(edge.caller)))

    def _called(self, edge: Edge) -> Truth:
        """Some call to a segment, from a subsegment (which tells what its caller saw) or from a segment itself."""
        callee = all_of([_OWN, self._like(edge.callee)])
        calls = self._subs(element(edge.block, CALL, self.values), self._caller(edge.caller))
        seen = self._both(calls, self._ids("parent_id", callee))
        itself = all_of([callee, element(edge.block, SEGMENT, self.values)])
        callers = self._ids("id", all_of([_OWN, self._like(edge.caller)]))
        return any_of([seen, self._both(self._ids("parent_id", itself), callers)])

    def _entered(self, edge: Edge) -> Truth:
        """Some call of the client."""
        asked = edge.caller
        if asked is not None and (asked.type != "client" or asked.account_id is not None):
            return FALSE
        named = self._like(NodePattern(name=asked.name) if asked is not None and asked.name is not None else None)
        entry = all_of([_OWN, named, self._like(edge.callee), element(edge.block, SEGMENT, self.values)])
        return self._outside(_ALL, self._ids("parent_id", entry))

    def _caller(self, pattern: NodePattern | None) -> Truth:
        """Whose calls a row holds: its own segment's, or, sent alone, those of a segment that is not looked for."""
        own = all_of([_OWN, self._like(pattern)])
        return Truth(own.lower, any_of([own, _LONE]).upper)

    def _like(self, pattern: NodePattern | None) -> Truth:
        return exactly(like(pattern, "name", "type", _ACCOUNT, self.values))

    def _like_call(self, pattern: NodePattern | None) -> Truth:
        return exactly(like(pattern, "sub_name_", "sub_type_", None, self.values))

    # Aggregates

    def _name(self, sql: str) -> str:
        return self._names.setdefault(sql, f"a{len(self._names)}")

    def _any_row(self, row: Truth, rank: int = 1, hint: str = "1") -> Truth:
        lower, upper = (sql if sql in "01" else f"{self._name(f'max({sql})')} = 1" for sql in (row.lower, row.upper))
        return Truth(lower, upper, () if row.upper in "01" else (Need(rank, row.upper, hint),))

    def _of_root(self, sql: str) -> Truth:
        """A condition on the root segment; false when there is none."""
        if sql not in self._root:
            self._root.append(sql)
            self._name(_ALL)
        return exactly(f"root.{self._root.index(sql) + 2} = 1", Need(1, f"(segment AND {sql})"))

    def _ids(self, column: str, row: Truth) -> Truth:
        """Identifiers in a column of such rows, as the SQL of a list; what is needed for any."""
        lower, upper = (f"groupArrayIf({column}, {sql})" if sql != "0" else "0" for sql in (row.lower, row.upper))
        return Truth(lower, upper, (Need(1, row.upper),))

    def _subs(self, call: Truth, row: Truth) -> Truth:
        """Identifiers of such calls in such rows, as the SQL of a list; what is needed for any."""
        lower, upper = (_picked(one, of) for one, of in ((call.lower, row.lower), (call.upper, row.upper)))
        return Truth(lower, upper, (Need(1, f"({row.upper} AND notEmpty({_filtered(call.upper)}))"),))

    def _outside(self, all_: str, found: Truth) -> Truth:
        """Some of these identifiers are not among all of those."""
        name = self._name(all_)
        return self._list(found, lambda ids: f"NOT hasAll({name}, {ids})")

    def _inside(self, all_: str, found: Truth) -> Truth:
        """Some of these identifiers are among those."""
        name = self._name(all_)
        return self._list(found, lambda ids: f"hasAny({name}, {ids})")

    def _list(self, found: Truth, asks: Callable[[str], str]) -> Truth:
        lower, upper = ("0" if sql == "0" else asks(self._name(sql)) for sql in (found.lower, found.upper))
        return Truth(lower, upper, found.needs)

    def _both(self, rarer: Truth, other: Truth) -> Truth:
        """Some identifiers are in both lists: rows of either kind are needed."""
        lower, upper = (
            "0" if "0" in pair else f"hasAny({self._name(pair[0])}, {self._name(pair[1])})"
            for pair in ((rarer.lower, other.lower), (rarer.upper, other.upper))
        )
        return Truth(lower, upper, (*rarer.needs, *other.needs))


def _filtered(call: str) -> str:
    if call == "1":
        return "sub_id"
    used = {column: one for column, one in SUBSEGMENTS.items() if column == "sub_id" or one in call}
    return f"arrayFilter(({', '.join(used.values())}) -> {call}, {', '.join(used)})"


def _picked(call: str, row: str) -> str:
    if "0" in (call, row):
        return "0"
    return f"groupArrayArrayIf({_filtered(call)}, {row})" if row != "1" else f"groupArrayArray({_filtered(call)})"
