"""The filter expression as a frozen tree; what a store turns into SQL, one ``match`` arm a Struct.

Every name is as the vocabulary spells it, every number a double, every ``column`` 1-based (0: not from a text).
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

__all__ = [
    "And",
    "Annotation",
    "Attribute",
    "CauseEntity",
    "CauseException",
    "CauseKind",
    "CausePart",
    "CausePattern",
    "CauseService",
    "Comparator",
    "Compare",
    "Edge",
    "Everything",
    "Expression",
    "Field",
    "Group",
    "Hop",
    "NodePattern",
    "Not",
    "Or",
    "Path",
    "Present",
    "RootCause",
    "RootCauseJson",
    "Service",
    "Subject",
    "Value",
]

Comparator: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">=", "CONTAINS", "BEGINSWITH", "ENDSWITH"]
CauseKind: TypeAlias = Literal["fault", "error", "responsetime"]
CausePart: TypeAlias = Literal["service", "entity", "exception"]
Value: TypeAlias = str | float | bool
"""A literal: its Python type is its type in the language."""


class _Node(Struct, frozen=True, tag=True, kw_only=True):
    column: int = 0
    """Where in the text this begins."""


class Everything(_Node, frozen=True):
    """True of every trace: the empty expression, and what a group without an expression stands for."""


class And(_Node, frozen=True):
    """All of at least two terms."""

    terms: tuple[Expression, ...]


class Or(_Node, frozen=True):
    """Any of at least two terms."""

    terms: tuple[Expression, ...]


class Not(_Node, frozen=True):
    """The opposite. What has no value satisfies no comparison, so it satisfies every negated one."""

    term: Expression


class Field(Struct, frozen=True, tag=True):
    """A keyword of the vocabulary, in the scope of the block it stands in."""

    name: str


class Annotation(Struct, frozen=True, tag=True):
    """Every value of an annotation in the trace."""

    key: str
    most: int = 0
    """Unless 0: of a trace that has more annotations, only so many, the first, are known."""


class Attribute(Struct, frozen=True, tag=True):
    """Every value at a path of member names in a segment's or subsegment's document; ``metadata.a.b`` is one too.

    Lists on the way are looked through: any of their elements counts.
    """

    path: tuple[str, ...]


Subject: TypeAlias = Field | Annotation | Attribute


class Present(_Node, frozen=True):
    """The subject has a value: a string, number, annotation or attribute standing alone."""

    subject: Subject


class Compare(_Node, frozen=True):
    """Any value of the subject compares so with the literal; a boolean keyword standing alone is ``= true``."""

    subject: Subject
    operator: Comparator
    value: Value
    operator_column: int = 0
    value_column: int = 0


class NodePattern(Struct, frozen=True):
    """Which nodes: those equal in every member that is not None; at least one member is not."""

    name: str | None = None
    type: str | None = None
    account_id: str | None = None


class Service(_Node, frozen=True):
    """Some segment, sent or inferred, of a node like this satisfies the block; ``node`` None is any node."""

    node: NodePattern | None = None
    block: Expression | None = None


class Edge(_Node, frozen=True):
    """Some call from a node like ``caller`` to a node like ``callee`` satisfies the block; None is any node."""

    caller: NodePattern | None = None
    callee: NodePattern | None = None
    block: Expression | None = None


class Hop(Struct, frozen=True):
    """One step of a path: the service before ``calls`` this one itself, or ``reaches`` it through one call or more."""

    relation: Literal["calls", "reaches"]
    service: Service


class Path(_Node, frozen=True):
    """Segments, one for each service named, that lead from one to the next (at least one hop). Not AWS's."""

    first: Service
    hops: tuple[Hop, ...]


class Group(_Node, frozen=True):
    """The trace belongs to a group; :func:`~radiograph.filters.substitute.substitute` replaces this."""

    by: Literal["name", "arn"]
    value: str


class RootCause(_Node, frozen=True):
    """Some element of a root cause's path satisfies the block; without one, there is such an element."""

    kind: CauseKind
    part: CausePart
    block: Expression | None = None


class _Pattern(Struct, frozen=True, rename="pascal", omit_defaults=True, forbid_unknown_fields=True):
    """A part of a root cause as a summary writes it; what is left out (None) may be anything."""


class CauseException(_Pattern, frozen=True):
    """An exception: its type and message."""

    name: str | None = None
    message: str | None = None


class CauseEntity(_Pattern, frozen=True):
    """A segment or subsegment; ``coverage`` only in causes of response time, exceptions only in the others."""

    name: str | None = None
    coverage: float | None = None
    remote: bool | None = None
    exceptions: tuple[CauseException, ...] | None = None


class CauseService(_Pattern, frozen=True):
    """A service on the path, and its entities."""

    name: str | None = None
    names: tuple[str, ...] | None = None
    type: str | None = None
    account_id: str | None = None
    inferred: bool | None = None
    entity_path: tuple[CauseEntity, ...] | None = None


class CausePattern(_Pattern, frozen=True):
    """One root cause. Lists inside match element by element, and only lists of their length."""

    services: tuple[CauseService, ...] | None = None
    client_impacting: bool | None = None


class RootCauseJson(_Node, frozen=True):
    """Each of the patterns (at least one) fits some root cause of this kind; of any kind when None."""

    causes: tuple[CausePattern, ...]
    kind: CauseKind | None = None


Expression: TypeAlias = (
    Everything | And | Or | Not | Present | Compare | Service | Edge | Path | Group | RootCause | RootCauseJson
)
