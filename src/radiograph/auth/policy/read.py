"""A policy's text as a :class:`Document`: every member, type and string of it checked, and its place said if wrong.

Source: IAM user guide, "Grammar of the IAM JSON policy language".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from .document import Condition, Document, Effect, Principals, Statement, Version
from .kinds import STATEMENT_MEMBERS, Kind
from .operators import OPERATORS, Operator, accepted_value, read_operator
from .places import Place, decode
from .spelling import read_action, read_principals, read_resource

__all__ = ["read_policy"]

_SID = re.compile(r"[0-9A-Za-z]*")
_KEY = re.compile(r"[^\s:]+:\S(?:.*\S)?")
_FOREIGN = re.compile(r"[^\t\n\r\x20-\xff]")
_EFFECTS: dict[str, Effect] = {"Allow": "Allow", "Deny": "Deny"}
_OPERATORS = ", ".join((*OPERATORS, "ForAllValues: or ForAnyValue: before them", "IfExists after any but Null"))
_Choice = TypeVar("_Choice", bound=str)
_VERSIONS: dict[str, Version] = {"2012-10-17": "2012-10-17", "2008-10-17": "2008-10-17"}


def read_policy(text: str, kind: Kind = "identity") -> Document:
    """Give the document that a text is.

    Raises: MalformedPolicyDocumentException, with the place in the document and what is accepted there.
    """
    root = decode(text)
    if kind != "resource" and (foreign := _FOREIGN.search(text)):
        root.refuse(
            f"{foreign[0]!r} is in it", r"tab, line feed, carriage return, and characters from U+0020 to U+00FF"
        )
    root.members("Version", "Id", "Statement")
    written, identifier = root.member("Version"), root.member("Id")
    version = _choice(written, _VERSIONS) if written else "2008-10-17"
    listed = _required(root, "Statement").items()
    statements = tuple(_statement(one, kind, version == "2012-10-17") for one in listed)
    _check_sids(listed, statements)
    return Document(statements=statements, version=version, id=identifier.text() if identifier else None)


def _statement(place: Place, kind: Kind, variables: bool) -> Statement:
    place.members(*STATEMENT_MEMBERS[kind])
    principal, not_principal = _one_of(place, "Principal", kind)
    action, not_action = _one_of(place, "Action", kind)
    resource, not_resource = _one_of(place, "Resource", kind)
    condition = place.member("Condition")
    return Statement(
        effect=_choice(_required(place, "Effect"), _EFFECTS),
        sid=_sid(place.member("Sid"), kind),
        principal=_principals(principal, kind),
        not_principal=_principals(not_principal, kind),
        action=_actions(action, kind),
        not_action=_actions(not_action, kind),
        resource=_resources(resource, variables),
        not_resource=_resources(not_resource, variables),
        conditions=_conditions(condition, variables) if condition else (),
    )


def _one_of(place: Place, name: str, kind: Kind) -> tuple[Place | None, Place | None]:
    accepted = [one for one in (name, f"Not{name}") if one in STATEMENT_MEMBERS[kind]]
    given = [one for one in accepted if place.member(one)]
    if accepted and len(given) != 1:
        missing = f"{' or '.join(accepted)} is missing" if not given else f"it has {' and '.join(given)}"
        place.refuse(missing, " or ".join(accepted))
    return place.member(name), place.member(f"Not{name}")


def _required(place: Place, name: str) -> Place:
    return place.member(name) or place.refuse(f"{name} is missing", name)


def _choice(place: Place, choices: Mapping[str, _Choice]) -> _Choice:
    return choices[place.value] if place.text(", ".join(choices)) in choices else place.refuse_value(choices)


def _sid(place: Place | None, kind: Kind) -> str | None:
    if place is None:
        return None
    if kind != "resource" and not _SID.fullmatch(place.text("letters and digits")):
        place.refuse_value("letters and digits")
    return place.text() or None


def _check_sids(listed: list[Place], statements: tuple[Statement, ...]) -> None:
    seen: set[str] = set()
    for place, statement in zip(listed, statements, strict=True):
        if statement.sid in seen:
            Place(statement.sid, f"{place.path}.Sid").refuse_value("each Sid once in a policy")
        if statement.sid is not None:
            seen.add(statement.sid)


def _principals(place: Place | None, kind: Kind) -> Principals | None:
    return read_principals(place, kind) if place else None


def _actions(place: Place | None, kind: Kind) -> tuple[str, ...] | None:
    return tuple(read_action(one, kind) for one in place.items()) if place else None


def _resources(place: Place | None, variables: bool) -> tuple[str, ...] | None:
    return tuple(read_resource(one, variables) for one in place.items()) if place else None


def _conditions(place: Place, variables: bool) -> tuple[Condition, ...]:
    found: list[Condition] = []
    for name, under in place.members():
        operator = read_operator(name)
        if operator is None:
            under.refuse("there is no such operator", _OPERATORS)
        keys = under.members()
        if not keys:
            under.refuse("it has no key", "at least one, such as aws:SourceIp")
        for key, listed in keys:
            if not _KEY.fullmatch(key):
                listed.refuse("it names no key", "service:key, such as aws:SourceIp")
            values = tuple(_value(one, operator, variables) for one in listed.items())
            found.append(Condition(operator, key, values))
    return tuple(found)


def _value(place: Place, operator: Operator, variables: bool) -> str:
    if isinstance(place.value, bool):
        text = "true" if place.value else "false"
    elif isinstance(place.value, str):
        text = str(place.value)
    else:
        place.refuse_value("a string, number or boolean")
    accepted = accepted_value(operator, text, variables)
    return place.refuse_value(accepted) if accepted else text
