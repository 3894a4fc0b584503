"""ARNs as policies write them: those of resources, and those that conditions compare.

Source: IAM user guide, "IAM JSON policy elements: Resource": a star that ends a part reaches beyond the colon, any
other stays in its part; and "ARN condition operators": each of the six parts is compared by itself.
"""

from __future__ import annotations

from functools import lru_cache

from .patterns import MANY, MANY_INSIDE, ONE, ONE_INSIDE, Parts, Test, Wild, matcher, wild_parts
from .variables import Template, wild_template

__all__ = ["PARTS", "arn_test", "resource_template"]

PARTS = 6
"""What colons divide an ARN into; the last part may have colons of its own."""


def resource_template(text: str, variables: bool) -> Template:
    """Give the template of a resource: ``*``, or an ARN, whose parts that are left out are stars."""
    if text == "*":
        return (MANY,)
    fields = text.split(":", PARTS - 1)
    fields += ["*"] * (PARTS - len(fields))
    template: Template = ()
    for field in fields[:-1]:
        template += (*_confined(field), ":")
    return template + wild_template(fields[-1], variables)


@lru_cache(maxsize=256)
def arn_test(parts: Parts) -> Test:
    """Give the test whether an ARN of the request is like this one, part by part; ``*`` alone is like every ARN."""
    fields = _fields(parts)
    if fields == [[MANY]]:
        return lambda text: True
    if len(fields) < PARTS:
        return lambda text: False
    tests = tuple(matcher(tuple(field)) for field in fields)

    def matches(text: str) -> bool:
        given = text.split(":", PARTS - 1)
        return len(given) == PARTS and all(test(one) for test, one in zip(tests, given, strict=True))

    return matches


def _confined(field: str) -> Parts:
    parts = wild_parts(field, MANY_INSIDE, ONE_INSIDE)
    return (*parts[:-1], MANY) if parts[-1:] == (MANY_INSIDE,) else parts


def _fields(parts: Parts) -> list[list[str | Wild]]:
    fields: list[list[str | Wild]] = [[]]
    for part in parts:
        if isinstance(part, Wild):
            fields[-1].append(MANY if part is MANY else ONE)
            continue
        first, *others = part.split(":", PARTS - len(fields))
        fields[-1].append(first)
        fields.extend([one] for one in others)
    return fields
