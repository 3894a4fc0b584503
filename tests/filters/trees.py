"""Random trees of the filter expression, drawn by hypothesis from the vocabulary; and trees without columns."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from radiograph.filters import tree
from radiograph.filters.vocabulary import FUNCTIONS, KEYWORDS, OPERATORS, Scope, Type

__all__ = ["bare", "expressions"]

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6) | st.sampled_from(
    ["a.b", "and", "5", "-", "shop test", '"', "\\", "true", "->", "\n", "5.e3", "é"]
)
LITERALS: dict[Type, st.SearchStrategy[Any]] = {
    "boolean": st.booleans(),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "string": NAMES | st.just(""),
    "trace id": st.just("1-6553f100-0123456789abcdef01234567"),
}
BLOCKS: dict[str, Scope | None] = {function.name: function.block for function in FUNCTIONS}
PATTERNS = st.builds(tree.NodePattern, *[st.none() | NAMES] * 3).filter(lambda one: one != tree.NodePattern())
CAUSES = st.builds(
    tree.CausePattern,
    st.none()
    | st.lists(
        st.builds(
            tree.CauseService,
            name=st.none() | NAMES,
            names=st.none() | st.tuples(NAMES),
            inferred=st.none() | st.booleans(),
            entity_path=st.none()
            | st.lists(
                st.builds(
                    tree.CauseEntity,
                    st.none() | NAMES,
                    st.none() | st.floats(0, 1),
                    exceptions=st.none() | st.just(()) | st.tuples(st.builds(tree.CauseException, NAMES, NAMES)),
                ),
                max_size=2,
            ).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    st.none() | st.booleans(),
)


def bare(expression: tree.Expression) -> Any:
    """Give the tree as builtins, with no column in it."""
    return _without_columns(msgspec.to_builtins(expression))


def expressions(scope: Scope = "trace", depth: int = 3) -> st.SearchStrategy[tree.Expression]:
    """Give expressions whose words and types are in order in this scope."""
    leaves = _simple(scope)
    if scope == "trace":
        leaves |= _complex(depth)
    if depth == 0:
        return leaves
    inner = expressions(scope, depth - 1)
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return leaves | st.builds(tree.And, several) | st.builds(tree.Or, several) | st.builds(tree.Not, inner)


def _simple(scope: Scope) -> st.SearchStrategy[tree.Expression]:
    keywords = [keyword for keyword in KEYWORDS if scope in keyword.scopes]
    fields = st.sampled_from(keywords).flatmap(lambda one: _compare(st.just(tree.Field(one.name)), one.type))
    present = st.sampled_from([one.name for one in keywords if one.type != "boolean"]).map(tree.Field)
    anything: st.SearchStrategy[Any] = st.nothing()
    if scope in ("trace", "service", "edge"):
        anything = st.builds(tree.Attribute, st.lists(NAMES, min_size=1, max_size=3).map(tuple))
        anything |= st.tuples(st.just("metadata"), NAMES, NAMES).map(tree.Attribute)
    if scope == "trace":
        anything |= st.builds(tree.Annotation, NAMES)
    typed: list[Type] = ["boolean", "number", "string"]
    compared = st.sampled_from(typed).flatmap(lambda type_: _compare(anything, type_))
    return fields | st.builds(tree.Present, present | anything) | (compared if not anything.is_empty else st.nothing())


def _compare(subject: st.SearchStrategy[Any], type_: Type) -> st.SearchStrategy[tree.Expression]:
    operators = st.sampled_from([one.name for one in OPERATORS if type_ in one.types])
    return st.builds(tree.Compare, subject, operators, LITERALS[type_])


def _complex(depth: int) -> st.SearchStrategy[tree.Expression]:
    def block(scope: Scope) -> st.SearchStrategy[Any]:
        return st.none() if depth == 0 else st.none() | expressions(scope, depth - 1)

    services = st.builds(tree.Service, st.none() | PATTERNS, block("service"))
    hops = st.lists(st.builds(tree.Hop, st.sampled_from(["calls", "reaches"]), services), min_size=1, max_size=2)
    causes = [name.split(".")[1:] for name, scope in BLOCKS.items() if name.startswith("rootcause.") and scope]
    return (
        services
        | st.builds(tree.Edge, st.none() | PATTERNS, st.none() | PATTERNS, block("edge"))
        | st.builds(tree.Path, services, hops.map(tuple))
        | st.builds(tree.Group, st.sampled_from(["name", "arn"]), NAMES)
        | st.sampled_from(causes).flatmap(
            lambda one: st.builds(tree.RootCause, *map(st.just, one), block(BLOCKS[f"rootcause.{one[0]}.{one[1]}"]))  # type: ignore[arg-type]
        )
        | st.builds(
            tree.RootCauseJson,
            st.lists(CAUSES, min_size=1, max_size=2).map(tuple),
            st.sampled_from([None, "fault", "error", "responsetime"]),
        )
    )


def _without_columns(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_columns(one) for name, one in value.items() if not name.endswith("column")}
    return [_without_columns(one) for one in value] if isinstance(value, list | tuple) else value
