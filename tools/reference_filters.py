"""The reference page of the filter language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from radiograph.errors import InvalidRequest
from radiograph.filters import parse
from radiograph.filters.manual import EXAMPLES, RULES
from radiograph.filters.vocabulary import CONNECTIVES, FUNCTIONS, KEYWORDS, OPERATORS, Scope

__all__ = ["filter_page"]

_INTRODUCTION = """\
<!-- Written by tools/reference.py; what it says stands in the code. -->

# The filter language

A filter expression says which traces are meant: as `FilterExpression` of
[GetTraceSummaries](GetTraceSummaries.md), and as what a [group](CreateGroup.md) has. It is that of AWS X-Ray; what is
marked *ours* AWS does not have.

```
service("shop") { fault } AND responsetime > 2.5 AND annotation.tier = "gold"
```
"""
_WRONG = 'service("shop") { responsetime > "long" }'


def filter_page() -> str:
    """Give the page."""
    lines = [
        _INTRODUCTION,
        "## How it is read\n",
        *(f"- {rule}" for rule in RULES),
        "\n## Keywords\n",
        "A keyword stands at trace level, or in the braces of a function.\n",
        *_table(("Keyword", "Type", "Where", "Meaning", "Example"), _keywords()),
        "\n## Comparisons\n",
        *_table(("Operator", "Compares", "Meaning", "Example"), _operators()),
        "\n## Connectives\n",
        "The first bind tightest; parentheses bind tighter than all.\n",
        *_table(("Word", "Meaning", "Example"), _connectives()),
        "\n## Functions\n",
        *_table(("Function", "Where", "Meaning", "Example"), _functions()),
        "\n## Examples\n",
        *_table(("Expression", "Finds"), ((_code(one.expression), one.finds) for one in EXAMPLES)),
        "\n## What is wrong with an expression\n",
        "It is refused with an `InvalidRequestException` that points at the column and says what is accepted there:\n",
        f"```\n{_WRONG}\n{_refusal(_WRONG)}\n```\n",
    ]
    return "\n".join(lines)


def _keywords() -> Iterator[tuple[str, ...]]:
    for one in KEYWORDS:
        several = " There may be several." if one.several else ""
        yield _name(one.name, one.ours), one.type, _where(one.scopes), one.sentence + several, _example(one.name)


def _operators() -> Iterator[tuple[str, ...]]:
    for one in OPERATORS:
        yield _name(one.name, one.ours), ", ".join(one.types), one.sentence, _example(one.name)


def _connectives() -> Iterator[tuple[str, ...]]:
    for one in CONNECTIVES:
        yield _name(one.name, one.ours), one.sentence, _example(one.name)


def _functions() -> Iterator[tuple[str, ...]]:
    for one in FUNCTIONS:
        where = _where(one.scopes) if one.scopes else "`service()`, `edge()`"
        yield _name(one.form, one.ours), where, one.sentence, _example(one.name)


def _where(scopes: Iterable[Scope]) -> str:
    """The functions in whose braces it stands, root causes of all kinds as one; and the trace."""
    within = [one.name for one in FUNCTIONS if one.block is not None and one.block in scopes]
    for part in ("service", "entity", "exception"):
        every = [one.name for one in FUNCTIONS if one.name.startswith("rootcause.") and one.name.endswith(f".{part}")]
        if set(every) <= set(within):
            within = [name for name in within if name not in every] + [f"rootcause.*.{part}"]
    return ", ".join([*(["trace"] if "trace" in scopes else []), *(f"`{name}`" for name in within)])


def _example(name: str) -> str:
    return _code(next(one.expression for one in EXAMPLES if one.uses(name)))


def _name(text: str, ours: bool) -> str:
    return f"{_code(text)}{' *(ours)*' if ours else ''}"


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _refusal(expression: str) -> str:
    try:
        parse(expression)
    except InvalidRequest as error:
        return error.message
    raise AssertionError(f"{expression!r} was to be refused")
