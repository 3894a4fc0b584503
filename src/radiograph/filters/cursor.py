"""A place in the tokens of an expression: what the grammar's rules look at and take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from .tokens import MAX_NESTING, Token, refuse, tokenise

__all__ = ["Cursor"]

_PLAIN = re.compile(r"\w+(?:[.-]\w+)*")


class Cursor:
    """The token at hand, ``here``, and how deep in brackets it stands."""

    def __init__(self, text: str) -> None:
        self._tokens, self._at, self._depth = tokenise(text), 0, 0

    @property
    def here(self) -> Token:
        """The token at hand; the last one, of kind ``end``, never goes away."""
        return self._tokens[self._at]

    @property
    def ended(self) -> bool:
        """Whether every token was taken."""
        return self.here.kind == "end"

    @property
    def after(self) -> Token:
        """The token after that."""
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)]

    def take(self) -> Token:
        """Give the token at hand and go on to the next."""
        token = self.here
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def take_mark(self, *marks: str) -> Token | None:
        """Take one of these marks, if it is at hand."""
        return self.take() if self.here.is_mark(*marks) else None

    def expect(self, mark: str, *others: str) -> Token:
        """Take this mark; ``others`` are what could have stood here too.

        Raises: InvalidRequestException.
        """
        if not self.here.is_mark(mark):
            self.refuse(f"'{mark}'", *others)
        return self.take()

    def refuse(self, *accepted: str) -> NoReturn:
        """Refuse the token at hand.

        Raises: InvalidRequestException.
        """
        what = "the expression ends here" if self.ended else f"{self.here.shown} does not belong here"
        refuse(self.here.column, what, accepted)

    def text(self, what: str) -> str:
        """Take a string, in quotes or bare; it is never empty.

        Raises: InvalidRequestException.
        """
        token = self.here
        # A bare 404 can be a key or a name too.
        plain = token.kind == "word" or (token.kind == "number" and _PLAIN.fullmatch(token.text))
        if token.kind != "string" and not plain:
            self.refuse(what)
        self.take()
        text = token.value if token.kind == "string" else token.text
        if not text:
            refuse(token.column, "an empty text names nothing", what)
        return str(text)

    def take_empty(self) -> bool:
        """Take an empty string, if that is what is here."""
        empty = self.here.kind == "string" and self.here.value == ""
        if empty:
            self.take()
        return empty

    @contextmanager
    def inside(self, opening: str, closing: str, *others: str) -> Iterator[None]:
        """Take the brackets around what is read meanwhile.

        Raises: InvalidRequestException, also for brackets too deep inside one another.
        """
        bracket = self.expect(opening)
        if self._depth == MAX_NESTING:
            refuse(bracket.column, f"'{opening}' goes deeper than {MAX_NESTING}", "less nesting")
        self._depth += 1
        yield
        self._depth -= 1
        self.expect(closing, *others)
