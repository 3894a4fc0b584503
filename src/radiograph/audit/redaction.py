"""What was asked and answered as an audit may keep it: never with a secret.

Two nets: members that are named as secrets are, whatever is in them; and, wherever it stands, text of a secret's shape.
Access key ids are no secrets, and policies stay readable.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import msgspec
import re2
from msgspec import UNSET

__all__ = ["HIDDEN", "parameters", "shown"]

HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"
"""What CloudTrail writes in the place of what nobody shall read."""

_SECRET_NAMES = (
    *("password", "passwd", "passphrase", "secret", "secretkey", "secretaccesskey", "token", "tokencode", "cookie"),
    *("contextassertion", "privatekey", "apikey", "authorization", "credential", "signature"),
)
"""How the names of secrets end, letters and digits alone."""
_SHAPES = (
    re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"),
    re.compile(r"(?s)-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|\Z)"),
    re.compile(r"(?i)(?<=\bbearer )[A-Za-z0-9._~+/-]{8,}=*|(?<=\bbasic )[A-Za-z0-9._~+/-]{8,}=*"),
)
_URL_SECRET = re.compile(r"(://[^/\s:@]{0,200}):[^/\s@]{1,200}@")
_NAMED = re.compile(
    r"(?i)((?:password|passwd|passphrase|secret|token|api_?-?key|signature|credential)[\"']?\s{0,4}[=:]\s{0,4}[\"']?)"
    r"[^\s\"'&,;}\]]{4,}"
)
"""``password=…``, ``"token": "…"``: in text, what stands behind a secret's name."""
_RUN = re.compile(r"[A-Za-z0-9/+]{36,}={0,2}")
_DIGITS = re.compile(r"\d+")
_VALIDATED = re.compile(r"(?s)Value '.*?' at '")
_LONGEST = 16_384
_SUSPICIOUS = re2.compile(
    r"(?i)eyj|-----begin|bearer |basic |://|passw|passphrase|secret|token|api_?-?key|signature|credential|value '"
    r"|[A-Za-z0-9/+]{36,}"
)
"""A text without any of these has no secret; RE2 looks for all of them in one pass."""


def parameters(struct: msgspec.Struct | None, *, floats_are_moments: bool = False) -> dict[str, Any] | None:
    """Give the members of a request or an answer as a record has them, without secrets; None when there are none."""
    if struct is None:
        return None
    return _members(struct, floats_are_moments) or None


def shown(text: str, longest: int = _LONGEST) -> str:
    """Give a text without what has the shape of a secret; cut when it is too long.

    Of a sentence of validation, the value that it quotes goes: it may be any.
    """
    if _SUSPICIOUS.search(text) is not None:
        text = _without_secrets(text)
    return text if len(text) <= longest else f"{text[:longest]}…"


def _without_secrets(text: str) -> str:
    text = _VALIDATED.sub("Value at '", text)
    for pattern in _SHAPES:
        text = pattern.sub(HIDDEN, text)
    text = _URL_SECRET.sub(rf"\1:{HIDDEN}@", text)
    text = _NAMED.sub(lambda found: found[1] + HIDDEN, text)
    return _RUN.sub(lambda found: HIDDEN if _is_random(found[0]) else found[0], text)


def _members(struct: msgspec.Struct, moments: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    names = [field.encode_name for field in msgspec.structs.fields(type(struct))]
    values = [getattr(struct, field.name) for field in msgspec.structs.fields(type(struct))]
    # A tag whose key is named as secrets are has one for its value.
    of_secret = any(
        name.lower().endswith(("key", "keyname")) and isinstance(value, str) and _names_secret(value)
        for name, value in zip(names, values, strict=True)
    )
    for name, value in zip(names, values, strict=True):
        if value is None or value is UNSET:
            continue
        hidden = _names_secret(name) or (of_secret and name.lower().startswith(("value", "contextkeyvalue")))
        found[name[:1].lower() + name[1:]] = _value(value, hidden, moments)
    return found


def _value(value: Any, hidden: bool, moments: bool) -> Any:
    match value:
        case msgspec.Struct():
            return _members(value, moments)
        case dict():
            return {
                shown(str(key)): _value(one, hidden or _names_secret(str(key)), moments) for key, one in value.items()
            }
        case list() | tuple() | set() | frozenset():
            return [_value(one, hidden, moments) for one in value]
        case str():
            return HIDDEN if hidden and value else shown(value)
        case bool() | int():
            return value
        case float():
            return _moment(value) if moments else value
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return HIDDEN if hidden else shown(str(value))


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _names_secret(name: str) -> bool:
    return "".join(letter for letter in name.lower() if letter.isalnum()).endswith(_SECRET_NAMES)


def _is_random(run: str) -> bool:
    """Whether a long run of letters and digits is none of words: a secret key, a token, bytes in base64."""
    parts = [run.rstrip("="), *run.split("/")] if len(run.rstrip("=")) == 40 or len(run) >= 100 else run.split("/")
    return any(_is_mixed(part) for part in parts if len(part) >= 36)


def _is_mixed(part: str) -> bool:
    """Whether letters of both cases, and digits, follow one another as no words do."""
    kinds = [0 if one.isdigit() else 1 if one.islower() else 2 if one.isupper() else 3 for one in part]
    if not {1, 2} <= set(kinds):
        return False
    turns = sum(one != other for one, other in pairwise(kinds)) / (len(kinds) - 1)
    # As long as secret keys are: words of that length to the letter are rare enough to be strict with them.
    if len(part) == 40:
        return turns >= 0.4 or (turns >= 0.3 and 0 in kinds)
    return 0 in kinds and (turns >= 0.5 or (turns >= 0.3 and len(_DIGITS.findall(part)) >= 3))
