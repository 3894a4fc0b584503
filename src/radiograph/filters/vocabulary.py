"""The words of the filter expression: keywords, operators, functions. Plain data; one list for everyone who needs it.

The parser and the checker read it, the documentation and the console's completion are made from it. ``ours`` marks what
AWS X-Ray does not have.

Source: "Use filter expressions" of the X-Ray developer guide.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

__all__ = [
    "CONNECTIVES",
    "FUNCTIONS",
    "KEYWORDS",
    "OPERATORS",
    "RELATIONS",
    "Connective",
    "Function",
    "Keyword",
    "Operator",
    "Scope",
    "Type",
]

Scope: TypeAlias = Literal["trace", "service", "edge", "cause service", "cause entity", "slow entity", "exception"]
"""Where a word stands: at trace level, or in the braces of service(), edge() or rootcause.*.

``slow entity`` is ``rootcause.responsetime.entity``, ``cause entity`` an entity of the two other kinds.
"""

Type: TypeAlias = Literal["boolean", "number", "string", "trace id"]


class Keyword(Struct, frozen=True):
    """A simple keyword; ``several``: a trace can have more than one value, and any of them may match."""

    name: str
    type: Type
    scopes: tuple[Scope, ...]
    sentence: str
    several: bool = False
    ours: bool = False


class Operator(Struct, frozen=True):
    """A comparison, and the types it compares."""

    name: str
    types: tuple[Type, ...]
    sentence: str
    ours: bool = False


class Connective(Struct, frozen=True):
    """What stands between or before expressions or services; a lower rank binds tighter."""

    name: str
    rank: int
    sentence: str
    ours: bool = False


class Function(Struct, frozen=True):
    """A complex keyword: how it is written, where, and the scope of its braces when it has any."""

    name: str
    form: str
    scopes: tuple[Scope, ...]
    sentence: str
    block: Scope | None = None
    ours: bool = False


_CALLS: tuple[Scope, ...] = ("trace", "service", "edge")
_NODES: tuple[Scope, ...] = ("trace", "service")
_ENTITIES: tuple[Scope, ...] = ("cause entity", "slow entity")
_PATHS: tuple[Scope, ...] = ("cause service", *_ENTITIES, "exception")

KEYWORDS = (
    Keyword("ok", "boolean", _CALLS, "The response is complete, and neither an error, a throttle nor a fault."),
    Keyword("error", "boolean", _CALLS, "The response was a client error (4XX)."),
    Keyword("throttle", "boolean", _CALLS, "The response was 429, too many requests."),
    Keyword("fault", "boolean", _CALLS, "The response was a server fault (5XX)."),
    Keyword("partial", "boolean", ("trace",), "The trace is incomplete: something is in progress or missing."),
    Keyword(
        "inferred", "boolean", ("trace", "cause service"), "Something sent no segment and was inferred from a call."
    ),
    Keyword("root", "boolean", ("service",), "The service is where the trace enters."),
    Keyword("first", "boolean", _PATHS, "The element is the first of its root cause."),
    Keyword("last", "boolean", _PATHS, "The element is the last of its root cause: the one responsible."),
    Keyword("remote", "boolean", _ENTITIES, "The entity is a call to something that sent no segment."),
    Keyword("responsetime", "number", _CALLS, "Seconds until the response."),
    Keyword("duration", "number", _NODES, "Seconds until all work was over, what outlasts the response included."),
    Keyword("http.status", "number", _CALLS, "Status code of the response."),
    Keyword("index", "number", _PATHS, "Position of the element in its root cause; 0 is the first."),
    Keyword("coverage", "number", ("slow entity",), "The entity's share of the response time, 0 to 1."),
    Keyword("http.url", "string", _CALLS, "URL of the request."),
    Keyword("http.method", "string", _CALLS, "Method of the request."),
    Keyword("http.useragent", "string", _NODES, "User agent of the request."),
    Keyword("http.clientip", "string", _NODES, "Address the request came from."),
    Keyword("user", "string", _NODES, "A user named in a segment.", several=True),
    Keyword("name", "string", ("service", *_PATHS), "Name of the service or entity; type of the exception."),
    Keyword("type", "string", ("service", "cause service"), "Type of the service, such as AWS::Lambda::Function."),
    Keyword("message", "string", ("exception",), "Message of the exception."),
    Keyword("availabilityzone", "string", _NODES, "Availability zone of an EC2 instance.", several=True),
    Keyword("instance.id", "string", _NODES, "Identifier of an EC2 instance.", several=True),
    Keyword("resource.arn", "string", _NODES, "ARN of an AWS resource that took part.", several=True),
    Keyword("traceid", "trace id", ("trace",), "Identifier of the trace; a trace id standing alone means the same."),
)

OPERATORS = (
    Operator("=", ("boolean", "number", "string", "trace id"), "Equal."),
    Operator("!=", ("boolean", "number", "string", "trace id"), "Has a value, and a different one."),
    Operator("<", ("number",), "Less."),
    Operator("<=", ("number",), "Less or equal."),
    Operator(">", ("number",), "Greater."),
    Operator(">=", ("number",), "Greater or equal."),
    Operator("CONTAINS", ("string",), 'Has this inside; CONTAINS "" asks whether there is a value.'),
    Operator("BEGINSWITH", ("string",), "Begins with this."),
    Operator("ENDSWITH", ("string",), "Ends with this."),
)

CONNECTIVES = (
    Connective("->", 0, "The service on the left calls the one on the right itself.", ours=True),
    Connective("=>", 0, "The service on the left reaches the one on the right through one call or more.", ours=True),
    Connective("!", 1, "The opposite of what follows."),
    Connective("NOT", 1, "The same as !.", ours=True),
    Connective("AND", 2, "Both; two expressions side by side mean the same."),
    Connective("OR", 3, "Either."),
)

RELATIONS: dict[str, Literal["calls", "reaches"]] = {"->": "calls", "=>": "reaches"}
"""The connectives that stand between services."""

_TRACE: tuple[Scope, ...] = ("trace",)

FUNCTIONS = (
    Function("service", 'service("name") { … }', _TRACE, "The trace has a segment of this service.", "service"),
    Function("edge", 'edge("caller", "callee") { … }', _TRACE, "The trace has a call between these services.", "edge"),
    Function("id", 'id(name: "…", type: "…", account.id: "…")', (), "A service by name, type or account."),
    Function("annotation", "annotation.key or annotation[key]", _TRACE, "An annotation of any segment."),
    Function("group.name", 'group.name = "…"', _TRACE, "The trace satisfies this group's filter expression."),
    Function("group.arn", 'group.arn = "…"', _TRACE, "The trace satisfies this group's filter expression."),
    Function(
        "rootcause.fault.service",
        "rootcause.fault.service { … }",
        _TRACE,
        "Service on a path to a fault.",
        "cause service",
    ),
    Function(
        "rootcause.fault.entity", "rootcause.fault.entity { … }", _TRACE, "Entity on a path to a fault.", "cause entity"
    ),
    Function(
        "rootcause.fault.exception",
        "rootcause.fault.exception { … }",
        _TRACE,
        "Exception on a path to a fault.",
        "exception",
    ),
    Function(
        "rootcause.error.service",
        "rootcause.error.service { … }",
        _TRACE,
        "Service on a path to an error.",
        "cause service",
    ),
    Function(
        "rootcause.error.entity",
        "rootcause.error.entity { … }",
        _TRACE,
        "Entity on a path to an error.",
        "cause entity",
    ),
    Function(
        "rootcause.error.exception",
        "rootcause.error.exception { … }",
        _TRACE,
        "Exception on a path to an error.",
        "exception",
    ),
    Function(
        "rootcause.responsetime.service",
        "rootcause.responsetime.service { … }",
        _TRACE,
        "Service on a path to slowness.",
        "cause service",
    ),
    Function(
        "rootcause.responsetime.entity",
        "rootcause.responsetime.entity { … }",
        _TRACE,
        "Entity on a path to slowness.",
        "slow entity",
    ),
    Function("rootcause.json", "rootcause.json = #[{…}]", _TRACE, "A root cause of any kind fits this JSON."),
    Function(
        "rootcause.fault.json", "rootcause.fault.json = #[{…}]", _TRACE, "A root cause of a fault fits this JSON."
    ),
    Function(
        "rootcause.error.json", "rootcause.error.json = #[{…}]", _TRACE, "A root cause of an error fits this JSON."
    ),
    Function(
        "rootcause.responsetime.json",
        "rootcause.responsetime.json = #[{…}]",
        _TRACE,
        "A root cause of slowness fits this JSON.",
    ),
    Function("metadata", "metadata.namespace.key", _CALLS, "Metadata of a segment or subsegment.", ours=True),
    Function("attribute", "attribute.any.path", _CALLS, "Anything in a segment's or subsegment's document.", ours=True),
)
