"""A condition as a test of what is known of a request.

Source: IAM user guide, "IAM JSON policy elements: Condition operators" and "Conditions with multiple context keys or
values". What it leaves open is read so: where a request has several values and the operator is not one of sets, one
value that matches is enough, and none may for a negated operator; a set of nothing but empty texts is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import eq, ge, gt, le, lt
from typing import Any, TypeAlias

from .arns import arn_test
from .document import Condition
from .operators import Operator
from .patterns import Parts, Test, any_of, matcher
from .values import Network, address, moment, network, number, raw_bytes
from .variables import Context, TextTest, literal_template, text_test, wild_template

__all__ = ["ContextTest", "compile_condition"]

ContextTest: TypeAlias = Callable[[Context], bool]

_COMPARE = {"=": eq, "<": lt, "<=": le, ">": gt, ">=": ge}


def compile_condition(condition: Condition, variables: bool) -> ContextTest:
    """Give the test whether the condition holds; ``variables`` where the policy's version has them."""
    key, operator = condition.key.lower(), condition.operator
    if operator.family == "null":
        return _null(key, {value.lower() == "true" for value in condition.values})
    matches = _value_test(operator, condition.values, variables)
    if operator.quantifier == "ForAllValues":
        return _for_all(key, operator, matches)
    if operator.quantifier == "ForAnyValue":
        return _for_any(key, operator, matches)
    return _plain(key, operator, matches)


def _plain(key: str, operator: Operator, matches: TextTest) -> ContextTest:
    negated, when_absent = operator.negated, operator.negated or operator.if_exists

    def holds(context: Context) -> bool:
        given = context.get(key)
        if isinstance(given, str):
            return matches(given, context) is not negated
        if not given:
            return when_absent
        return any(matches(value, context) for value in given) is not negated

    return holds


def _for_all(key: str, operator: Operator, matches: TextTest) -> ContextTest:
    negated = operator.negated

    def holds(context: Context) -> bool:
        given = _values(key, context)
        return not any(given) or all(matches(value, context) is not negated for value in given)

    return holds


def _for_any(key: str, operator: Operator, matches: TextTest) -> ContextTest:
    negated, when_absent = operator.negated, operator.if_exists

    def holds(context: Context) -> bool:
        given = _values(key, context)
        if not given:
            return when_absent
        return any(given) and any(matches(value, context) is not negated for value in given)

    return holds


def _null(key: str, accepted: set[bool]) -> ContextTest:
    return lambda context: (not any(_values(key, context))) in accepted


def _values(key: str, context: Context) -> tuple[str, ...]:
    given = context.get(key, ())
    return (given,) if isinstance(given, str) else given


def _value_test(operator: Operator, values: tuple[str, ...], variables: bool) -> TextTest:
    """Give the test whether a value of the request matches one of the policy's."""
    match operator.family, operator.comparison:
        case "string", "like":
            return text_test([wild_template(value, variables) for value in values], matcher, any_of)
        case ("string", "ignoring case") | ("bool", _):
            return _ignoring_case(values, variables)
        case "string", _:
            return text_test([literal_template(value, variables) for value in values], matcher, any_of)
        case "arn", _:
            return text_test([wild_template(value, variables) for value in values], arn_test, _any_arn)
        case "address", _:
            return _addresses([read for value in values if (read := network(value)) is not None])
        case "binary", _:
            return _read(raw_bytes, eq, values)
        case "date", comparison:
            return _read(moment, _COMPARE[comparison], values)
        case _, comparison:
            return _read(number, _COMPARE[comparison], values)


def _ignoring_case(values: tuple[str, ...], variables: bool) -> TextTest:
    # What is in the policy is lowered here, and what comes from the request when it comes.
    templates = [literal_template(value.lower(), variables) for value in values]
    test = text_test(templates, lambda parts: matcher(_lowered(parts)), any_of)
    return lambda value, context: test(value.lower(), context)


def _lowered(parts: Parts) -> Parts:
    return tuple(part.lower() if isinstance(part, str) else part for part in parts)


def _any_arn(patterns: Iterable[Parts]) -> Test:
    tests = [arn_test(parts) for parts in patterns]
    return lambda value: any(test(value) for test in tests)


def _addresses(ranges: list[Network]) -> TextTest:
    def matches(value: str, context: Context) -> bool:
        given = address(value)
        return given is not None and any(one.has(given) for one in ranges)

    return matches


def _read(read: Callable[[str], Any], compare: Callable[[Any, Any], bool], values: tuple[str, ...]) -> TextTest:
    wanted = [value for value in map(read, values) if value is not None]

    def matches(value: str, context: Context) -> bool:
        given = read(value)
        return given is not None and any(compare(given, one) for one in wanted)

    return matches
