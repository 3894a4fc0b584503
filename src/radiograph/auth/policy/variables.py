"""Policy variables: ``${aws:username}``, ``${aws:PrincipalTag/team, 'none'}``, ``${*}``; only since version 2012-10-17.

What a variable stands for is text: a star in it is a star. Where there is no value, or several, there is nothing to put
in its place, and whatever the variable is part of matches nothing.

Source: IAM user guide, "IAM policy elements: Variables and tags".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from .patterns import MANY, ONE, Parts, Test, Wild, wild_parts

__all__ = [
    "Context",
    "Template",
    "TextTest",
    "Variable",
    "literal_template",
    "misspelt",
    "text_test",
    "variables_in",
    "wild_template",
]

Context: TypeAlias = Mapping[str, str | tuple[str, ...]]
"""What is known of a request, by condition key in lower case; a key that can have several values has a tuple."""

TextTest: TypeAlias = Callable[[str, Context], bool]
"""Whether a text of the request is what a policy means, given all that is known of the request."""


class Variable(Struct, frozen=True):
    """The place of a value of the request, by its key in lower case."""

    key: str
    default: str | None = None


Template: TypeAlias = tuple[str | Wild | Variable, ...]

_SPECIAL = {"${*}": "*", "${?}": "?", "${$}": "$"}
_VARIABLE = re.compile(r"\$\{(?:[*?$]|([^\s{}',:][^{}',:]*:[^{}',]*[^\s{}',])(?:, *'([^']*)')?)\}")
_ACCEPTED = "${key}, ${key, 'default'}, ${*}, ${?}, ${$}"


def misspelt(text: str) -> str | None:
    """Tell what is accepted in place of the first ``${`` that begins no variable; None where all of them do."""
    return _ACCEPTED if "${" in _VARIABLE.sub("", text) else None


def wild_template(text: str, variables: bool, many: Wild = MANY, one: Wild = ONE) -> Template:
    """Give the template of a text with wildcards of these kinds and, in versions that have them, variables."""
    if not variables:
        return wild_parts(text, many, one)
    return _template(text, lambda plain: wild_parts(plain, many, one))


def literal_template(text: str, variables: bool) -> Template:
    """Give the template of a text in which stars are stars."""
    return _template(text, lambda plain: (plain,)) if variables else (text,)


def variables_in(text: str) -> list[str]:
    """Give the keys that a text has variables for, as they are written."""
    return [found[1] for found in _VARIABLE.finditer(text) if found[1]]


def text_test(
    templates: Sequence[Template], test_of: Callable[[Parts], Test], test_of_all: Callable[[Iterable[Parts]], Test]
) -> TextTest:
    """Give the test whether a text is what one of the templates stands for in a request.

    The two functions make the test of one pattern and, at once, of those that are the same in every request.
    """
    known, unknown = list[Parts](), list[Template]()
    for template in templates:
        parts = _resolved(template, {})
        if parts is None or any(isinstance(part, Variable) for part in template):
            unknown.append(template)
        else:
            known.append(parts)
    fixed = test_of_all(known)
    if not unknown:
        return lambda text, context: fixed(text)

    heads = tuple((_head(template), template) for template in unknown)

    def matches(text: str, context: Context) -> bool:
        if fixed(text):
            return True
        for head, template in heads:
            if text.startswith(head):
                parts = _resolved(template, context)
                if parts is not None and test_of(parts)(text):
                    return True
        return False

    return matches


def _head(template: Template) -> str:
    """Give the text that whatever the template stands for begins with."""
    return next((part for part in template[:1] if isinstance(part, str)), "")


def _resolved(template: Template, context: Context) -> Parts | None:
    """Give the parts with the request's values in place of the variables; None when one has no value."""
    parts: list[str | Wild] = []
    for part in template:
        if isinstance(part, Variable):
            value = context.get(part.key) or part.default
            if not isinstance(value, str):
                return None
            parts.append(value)
        else:
            parts.append(part)
    return tuple(parts)


def _template(text: str, plain: Callable[[str], Parts]) -> Template:
    parts: list[str | Wild | Variable] = []
    here = 0
    for found in _VARIABLE.finditer(text):
        parts.extend(plain(text[here : found.start()]))
        parts.append(_SPECIAL.get(found[0]) or Variable(found[1].lower(), found[2]))
        here = found.end()
    parts.extend(plain(text[here:]))
    return tuple(parts)
