"""What a reader of the language needs beside its words: how values compare, and an example of every word.

Plain data, like ``vocabulary``: the reference is made from both.
"""

from __future__ import annotations

from msgspec import Struct

from .tokens import tokenise

__all__ = ["EXAMPLES", "RULES", "Example"]


class Example(Struct, frozen=True):
    """An expression, and what it finds."""

    expression: str
    finds: str

    def uses(self, name: str) -> bool:
        """Whether a word or mark of the vocabulary stands in the expression."""
        texts = [token.text.lower() for token in tokenise(self.expression)]
        return any(text == name.lower() or text.startswith(f"{name}.") for text in texts)


RULES = (
    "**The trace's own words** (`ok`, `fault`, `responsetime`, `http.…`) are asked of its root: the first segment "
    "without a parent, else the first whose parent never came. `user`, `availabilityzone`, `instance.id`, "
    "`resource.arn` and annotations are asked of all its documents.",
    "**In braces** all terms are asked of one and the same segment, call, service, entity or exception.",
    "**Nothing compares with what is absent**, not even by `!=`. `!` and `NOT` are plain negation: of a trace without "
    'a user, `!(user = "x")` is true and `user != "x"` is not.',
    "**Of several values any may match**, for `!=` too.",
    '**A value of another type does not compare**: an annotation that is the text `"1"` is not the number 1.',
    "**A keyword alone** asks for true, where it is a boolean, and otherwise whether there is a value.",
    "**Words are read in any case**; values, annotation keys, metadata and attributes as they are written. A text of "
    "one plain word needs no quotes; within quotes, `\\` comes before a quote or itself.",
    "**An answer of 429** is an error and a throttle, unless the segment's flags say otherwise.",
    "**Calls** are between segments; the client's to a root counts too, where the caller is asked for by the type "
    "`client` or not at all. What sent no segment is known by the calls to it.",
    "**Attributes and metadata** are looked for in every segment and subsegment, lists on their way looked through. "
    "The documents themselves are read for them: other words beside them make a question faster.",
)
"""How an expression is read."""

EXAMPLES = (
    Example("fault", "Traces whose root failed by the server's doing."),
    Example("error AND !throttle", "Those that failed by the caller's, but not for their number."),
    Example("NOT ok", "Those that did not end well, or have not ended."),
    Example("partial OR inferred", "Those with something missing, or with a node that sent no segment."),
    Example("responsetime > 2.5", "Answers that took more than two and a half seconds."),
    Example("duration >= 5 responsetime < 1", "Quick answers with slow work behind them; AND may be left out."),
    Example("http.status = 503 OR http.status <= 399", "By the status of the answer."),
    Example('http.url CONTAINS "/cart" AND http.method = POST', "By the request."),
    Example('http.useragent BEGINSWITH "curl/" AND http.clientip != "10.0.0.1"', "By who asked."),
    Example('user = "ada"', "By a user that some segment names."),
    Example('availabilityzone ENDSWITH "a" AND instance.id', "By where it ran."),
    Example('resource.arn CONTAINS ":function:resize"', "By an AWS resource that took part."),
    Example('annotation.tier = "gold" AND annotation[cart.total] > 100', "By annotations."),
    Example("1-5759e988-bd862e3fe1be46a994272793", "One trace."),
    Example('traceid != "5759e988bd862e3fe1be46a994272793"', "Every other one; W3C's spelling will do."),
    Example('service("shop") { fault AND root }', "A fault of this service, where the trace enters by it."),
    Example(
        'service(id(name: "resize", type: "AWS::Lambda::Function")) { name BEGINSWITH "re" AND type }',
        "A node by its name and type.",
    ),
    Example('service(id(name: "shop", type: ""))', "A node that tells no type."),
    Example('edge("shop", "stock") { responsetime > 1 }', "A slow call between two services, as the caller saw it."),
    Example('service("shop") -> service("stock") { fault }', "A direct call to a segment of stock that failed."),
    Example('service("shop") => service("orders")', "Calls that lead from shop to orders, whatever lies between."),
    Example('group.name = "slow" AND ok', "What a group has, and more."),
    Example('group.arn = "arn:aws:xray:us-east-1:000000000000:group/slow/ABC"', "A group by its ARN."),
    Example('rootcause.fault.service { last AND name = "stock" }', "Faults that stock is responsible for."),
    Example("rootcause.fault.entity { remote AND index = 0 }", "Faults whose first entity is a call."),
    Example('rootcause.fault.exception { name = "TimeoutError" }', "Faults by the type of an exception."),
    Example('rootcause.error.service { first AND type = "AWS::ECS::Container" }', "Errors by where they entered."),
    Example('rootcause.error.entity { name CONTAINS "DynamoDB" }', "Errors by what was called."),
    Example('rootcause.error.exception { message CONTAINS "denied" }', "Errors by what an exception says."),
    Example("rootcause.responsetime.service { inferred }", "Slowness on a way to what sent no segment."),
    Example("rootcause.responsetime.entity { last AND coverage > 0.8 }", "Slowness that one entity explains."),
    Example('rootcause.json = #[{"Services": [{"Name": "shop"}]}]', "A cause with one service, of any kind."),
    Example('rootcause.fault.json = #[{"ClientImpacting": true}]', "Faults that the client saw."),
    Example('rootcause.error.json = #[{"Services": [{"Name": "shop"}, {"Name": "stock"}]}]', "Errors along this path."),
    Example('rootcause.responsetime.json = #[{"ClientImpacting": false}]', "Slowness that the client did not see."),
    Example('metadata.default.plan = "trial"', "By metadata: namespace, then keys."),
    Example('attribute.sql.sanitized_query CONTAINS "FOR UPDATE"', "By anything that a document has."),
)
"""At least one for every word of the vocabulary; a test holds them to it."""
