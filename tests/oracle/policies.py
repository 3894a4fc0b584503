"""Whether policies allow a request, in plain Python: what the evaluator must agree with.

Takes policies as decoded JSON, and a request as a dictionary. Slow and obvious: nothing is prepared, patterns become
regular expressions, numbers fractions. It shares nothing with the server.

How the documentation's gaps are read here:

- **Several values without a set operator.** One that matches is enough; for a negated operator none may.
- **Nothing.** A key without values is absent. A key with empty texts alone is null: to Null and to the set operators.
- **Variables.** Without a value, with an empty one, or with several, what they are part of matches nothing.
- **Stars in resources.** One that ends one of the first five parts reaches beyond the colon, others there do not.
- **NotPrincipal with Deny.** Spares only whom it names on every level: account, role or user, session; and nobody who
  has a permissions boundary. **With Allow** it leaves out whom it names on any level.
- **A bare ``*``** means services and identity providers too, ``{"AWS": "*"}`` does not.
- **The own account as principal** delegates: the identity's policies have to allow as well.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

__all__ = ["decide"]

Json = dict[str, Any]


def decide(case: Json) -> str:
    """Give ``allowed``, ``explicitDeny`` or ``implicitDeny``."""
    caller, trust = case["caller"], case.get("trust")
    resource_side = [trust] if trust else case.get("resource_policies", [])
    own = caller["kind"] in ("user", "role session", "federated user")
    identity = case.get("identity", []) if own else []
    boundary = [case["boundary"]] if own and case.get("boundary") else None
    session = case.get("session") if own else None

    if any(effects(policy, case, "Deny") for policy in [*identity, *(boundary or []), *(session or [])]):
        return "explicitDeny"
    if any(grants(policy, case, "Deny") for policy in resource_side):
        return "explicitDeny"

    granted = {how for policy in resource_side for how in grants(policy, case, "Allow")}
    if caller["kind"] in ("service", "web identity", "anonymous"):
        return "allowed" if granted else "implicitDeny"
    by_identity = not own or any(effects(policy, case, "Allow") for policy in identity)
    by_boundary = boundary is None or bool(effects(boundary[0], case, "Allow"))
    if session is None:
        by_session = caller["kind"] != "federated user"
    else:
        by_session = any(effects(policy, case, "Allow") for policy in session)
    home = account_of(caller) == case["account"]
    enough = (
        (home and "itself" in granted)
        or (home and "its role" in granted and by_boundary and by_session)
        or (by_identity and by_boundary and by_session and bool(granted or (home and not trust)))
    )
    return "allowed" if enough else "implicitDeny"


def effects(policy: Json, case: Json, effect: str) -> list[int]:
    """Which statements of an identity's policy have this effect on the request."""
    found = listed(policy["Statement"])
    return [i for i, one in enumerate(found) if one["Effect"] == effect and is_about(one, policy, case)]


def grants(policy: Json, case: Json, effect: str) -> list[str]:
    """How statements with this effect of a resource's policy mean the caller."""
    ways = []
    for one in listed(policy["Statement"]):
        way = means(one, case)
        if one["Effect"] == effect and way and is_about(one, policy, case):
            ways.append(way)
    return ways


def is_about(statement: Json, policy: Json, case: Json) -> bool:
    variables = policy.get("Version") == "2012-10-17"
    return (
        about_action(statement, case["action"])
        and about_resource(statement, case, variables)
        and all(
            holds(operator, key, [worded(one) for one in listed(values)], case["context"], variables)
            for operator, keys in statement.get("Condition", {}).items()
            for key, values in keys.items()
        )
    )


def about_action(statement: Json, action: str) -> bool:
    def among(patterns: list[str]) -> bool:
        return any(fits(spelled(one.lower(), {}, False, True), action.lower()) for one in patterns)

    if "Action" in statement:
        return among(listed(statement["Action"]))
    return not among(listed(statement["NotAction"]))


def about_resource(statement: Json, case: Json, variables: bool) -> bool:
    def among(patterns: list[str]) -> bool:
        return any(resource_fits(one, case["resource"], case["context"], variables) for one in patterns)

    if "Resource" in statement:
        return among(listed(statement["Resource"]))
    return not among(listed(statement["NotResource"])) if "NotResource" in statement else True


def resource_fits(pattern: str, resource: str, context: Json, variables: bool) -> bool:
    if pattern == "*":
        return True
    parts = pattern.split(":", 5)
    while len(parts) < 6:
        parts.append("*")
    expression = ""
    for part in parts[:5]:
        for place, character in enumerate(part):
            star = ".*" if place == len(part) - 1 else "[^:]*"
            expression += {"*": star, "?": "[^:]"}.get(character, re.escape(character))
        expression += ":"
    tail = spelled(parts[5], context, variables, True)
    return tail is not None and re.fullmatch(expression + "".join(tail), resource, re.DOTALL) is not None


# How a text of a policy is spelled out: a regular expression for each of its characters, or None for no text at all.

Spelled = list[str] | None


def spelled(text: str, context: Json, variables: bool, wild: bool) -> Spelled:
    found: list[str] = []
    while text:
        variable = re.match(r"\$\{([^,}]*)(, *'([^']*)')?\}", text) if variables else None
        if variable is not None:
            text = text[variable.end() :]
            if variable[1] in ("*", "?", "$"):
                value: Any = variable[1]
            else:
                value = looked_up(variable[1], context) or variable[3]
            if not isinstance(value, str):
                return None
            found += [re.escape(character) for character in value]
        else:
            character, text = text[0], text[1:]
            found.append({"*": ".*", "?": "."}[character] if wild and character in "*?" else re.escape(character))
    return found


def fits(expression: Spelled, text: str, flags: int = 0) -> bool:
    return expression is not None and re.fullmatch("".join(expression), text, re.DOTALL | flags) is not None


def arn_fits(expression: Spelled, text: str) -> bool:
    if expression is None:
        return False
    if expression == [".*"]:
        return True
    parts: list[list[str]] = [[]]
    for one in expression:
        if one == re.escape(":") and len(parts) < 6:
            parts.append([])
        else:
            parts[-1].append(one)
    given = text.split(":", 5)
    return len(parts) == len(given) == 6 and all(fits(part, one) for part, one in zip(parts, given, strict=True))


# Conditions


def holds(operator: str, key: str, wanted: list[str], context: Json, variables: bool) -> bool:
    given = looked_up(key, context)
    values = [] if given is None else [given] if isinstance(given, str) else list(given)
    null = not [value for value in values if value]
    if operator == "Null":
        return any((one.lower() == "true") == null for one in wanted)
    quantifier, _, name = operator.rpartition(":")
    lenient, name = name.endswith("IfExists"), name.removesuffix("IfExists")
    negated, positive = "Not" in name, name.replace("Not", "")

    def matched(value: str) -> bool:
        return any(compared(positive, value, one, context, variables) for one in wanted)

    if not values and lenient:
        return True
    if quantifier == "ForAllValues":
        return null or all(matched(value) != negated for value in values)
    if quantifier == "ForAnyValue":
        return not null and any(matched(value) != negated for value in values)
    return any(matched(value) for value in values) != negated


def compared(name: str, value: str, one: str, context: Json, variables: bool) -> bool:
    match name:
        case "StringEquals":
            return fits(spelled(one, context, variables, False), value)
        case "StringEqualsIgnoreCase" | "Bool":
            return fits(spelled(one, context, variables, False), value, re.IGNORECASE)
        case "StringLike":
            return fits(spelled(one, context, variables, True), value)
        case "ArnEquals" | "ArnLike":
            return arn_fits(spelled(one, context, variables, True), value)
        case "BinaryEquals":
            return unpacked(value) is not None and unpacked(value) == unpacked(one)
        case "IpAddress":
            return address(value) is not None and address(value) in ipaddress.ip_network(one, strict=False)
    kind, how = ("Numeric", numeric) if name.startswith("Numeric") else ("Date", dated)
    left, right = how(value), how(one)
    if left is None or right is None:
        return False
    return {
        "Equals": left == right,
        "LessThan": left < right,
        "LessThanEquals": left <= right,
        "GreaterThan": left > right,
        "GreaterThanEquals": left >= right,
    }[name.removeprefix(kind)]


def looked_up(key: str, context: Json) -> Any:
    return next((value for name, value in context.items() if name.lower() == key.lower()), None)


def worded(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def numeric(text: str) -> Fraction | None:
    try:
        return Fraction(text) if set(text) <= set("+-.0123456789eE") else None
    except ValueError:
        return None


def dated(text: str) -> Fraction | None:
    fraction = re.search(r"(?<=\d)\.\d+", text)
    whole = text.replace(fraction[0], "") if fraction else text
    for form in ("%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"):
        for zone in ("", "Z", "%z"):
            try:
                read = datetime.strptime(whole, form + zone)
            except ValueError:
                continue
            at = read if read.tzinfo else read.replace(tzinfo=timezone.utc)  # noqa: UP017
            since = at - datetime(1970, 1, 1, tzinfo=timezone.utc)  # noqa: UP017
            return Fraction(since // timedelta(seconds=1)) + Fraction(fraction[0] if fraction else 0)
    return Fraction(text) if re.fullmatch(r"\d+(\.\d+)?", text) else None


def address(text: str) -> Any:
    try:
        read = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (read.ipv4_mapped or read) if read.version == 6 else read


def unpacked(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return None


# Principals


def means(statement: Json, case: Json) -> str | None:
    """How the statement means the caller: itself, its role, its account, or not at all."""
    caller = case["caller"]
    if "Principal" in statement:
        named = named_of(statement["Principal"], caller)
        if named == "everyone" or (caller["kind"] == "root" and "account" in named) or "itself" in named:
            return "itself"
        return "its role" if "its role" in named else "its account" if "account" in named else None
    if "NotPrincipal" not in statement:
        return None
    named = named_of(statement["NotPrincipal"], caller)
    if statement["Effect"] == "Allow":
        return None if named else "itself"
    levels = {"root": {"account"}, "user": {"account", "itself"}}.get(caller["kind"], {"account", "its role", "itself"})
    if caller["kind"] in ("service", "web identity", "anonymous"):
        levels = {"itself"}
    spared = (named == "everyone" or levels <= set(named)) and not case.get("boundary")
    return None if spared else "itself"


def named_of(element: Any, caller: Json) -> Any:
    """``everyone``, or on which levels the caller is named."""
    if element == "*":
        return "everyone"
    kind, aws = caller["kind"], listed(element.get("AWS", []))
    if kind == "service":
        return ["itself"] if caller["name"] in listed(element.get("Service", [])) else []
    if kind == "web identity":
        return ["itself"] if caller["provider"] in listed(element.get("Federated", [])) else []
    if "*" in aws:
        return "everyone"
    if kind == "anonymous":
        return []
    account = account_of(caller)
    levels = (
        ["account"] if account in aws or any(re.fullmatch(f"arn:[^:]*:iam::{account}:root", a) for a in aws) else []
    )
    if kind == "user" and (caller["arn"] in aws or caller["id"] in aws):
        levels.append("itself")
    if kind in ("role session", "federated user"):
        levels += ["its role"] if caller["entity"] in aws or caller["entity_id"] in aws else []
        levels += ["itself"] if caller["arn"] in aws else []
    return levels


def account_of(caller: Json) -> str:
    return caller["arn"].split(":")[4] if caller["arn"].startswith("arn:") else ""


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
