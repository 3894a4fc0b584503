"""EntitySelectorExpression: ``service("a")``, ``edge("a", "b")``, ``id(name: "a", type: "t")`` inside or alone."""

from __future__ import annotations

import re

import msgspec

from radiograph.errors import InvalidRequest
from radiograph.model.graph_rows import NodeKey

__all__ = ["Selector", "parse_selector"]

_TOKEN = re.compile(r'\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<word>[A-Za-z.]+)|(?P<mark>[(),:]))')
_ACCEPTED = 'service("name"), edge("caller", "callee") and id(name: "name", type: "type") are accepted'


class Selector(msgspec.Struct, frozen=True):
    """What to count: a service (``callee`` alone), or an edge (both)."""

    callee: NodeKey
    caller: NodeKey | None = None


def parse_selector(expression: str) -> Selector:
    """Give what the expression selects.

    Raises: InvalidRequestException, pointing at the column.

    Source: the service model, "can contain only the functions id(), service() and edge()".
    """
    return _Parser(expression).parse()


class _Parser:
    def __init__(self, expression: str) -> None:
        self.expression, self.position = expression, 0
        self.token = 0
        """Where the token at hand begins: what an error points at."""

    def parse(self) -> Selector:
        function = self.take("word")
        if function == "edge":
            self.expect("(")
            caller = self.node()
            self.expect(",")
            callee = self.node()
            self.expect(")")
            selector = Selector(callee, caller)
        elif function == "service":
            self.expect("(")
            selector = Selector(self.node())
            self.expect(")")
        elif function == "id":
            selector = Selector(self.identity())
        else:
            raise self.error(f"there is no function {function!r} here")
        self.begin_token()
        if self.token < len(self.expression):
            raise self.error(f"{self.expression[self.token :].strip()!r} follows a complete expression")
        return selector

    def node(self) -> NodeKey:
        if self.peek("text"):
            return NodeKey(self.text())
        word = self.take("word")
        if word != "id":
            raise self.error(f"{word!r} is no service")
        return self.identity()

    def identity(self) -> NodeKey:
        self.expect("(")
        members: dict[str, str] = {}
        while True:
            name = self.take("word")
            if name not in ("name", "type", "account.id"):
                raise self.error(f"{name!r} is no part of an id; name, type and account.id are")
            self.expect(":")
            members[name] = self.text()
            mark = self.take("mark")
            if mark == ")":
                break
            if mark != ",":
                raise self.error("',' or ')' belongs here")
        return NodeKey(members.get("name", ""), members.get("type", ""), members.get("account.id", ""))

    def text(self) -> str:
        return re.sub(r"\\(.)", r"\1", self.take("text")[1:-1])

    def peek(self, kind: str) -> bool:
        match = _TOKEN.match(self.expression, self.position)
        return match is not None and match.lastgroup == kind

    def begin_token(self) -> None:
        rest = self.expression[self.position :].lstrip()
        self.token = self.position = len(self.expression) - len(rest)

    def take(self, kind: str) -> str:
        self.begin_token()
        match = _TOKEN.match(self.expression, self.position)
        if match is None or match.lastgroup != kind:
            found = repr(match[0].strip()) if match else repr(self.expression[self.position :].strip()[:1] or "the end")
            raise self.error(f"{found} is not what belongs here")
        self.position = match.end()
        return match[kind]

    def expect(self, mark: str) -> None:
        if self.take("mark") != mark:
            raise self.error(f"{mark!r} belongs here")

    def error(self, what: str) -> InvalidRequest:
        return InvalidRequest(f"EntitySelectorExpression, column {self.token + 1}: {what}; {_ACCEPTED}")
