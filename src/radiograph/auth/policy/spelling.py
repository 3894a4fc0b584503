"""How actions, resources and principals are spelled in a policy.

Source: IAM user guide, "IAM JSON policy elements": Action, Resource, Principal; for what IAM refuses beyond the
grammar, its answers to CreatePolicy and CreateRole.
"""

from __future__ import annotations

import re

from .arns import PARTS
from .document import Principals
from .kinds import Kind
from .places import Place
from .variables import misspelt

__all__ = ["read_action", "read_principals", "read_resource"]

_ACTION = re.compile(r"\*|(?:\*|[A-Za-z0-9.-]+):[A-Za-z0-9*?_.-]+")
_FIELDS = (
    ("partition", re.compile(r"[a-z*?][a-z0-9*?-]*"), "aws, aws-cn, aws-us-gov or *"),
    ("service", re.compile(r"[A-Za-z0-9.-]+"), "the name of a service, in full"),
    ("region", re.compile(r"[A-Za-z0-9*?-]*"), "a region, * and ? in it, or nothing"),
    ("account", re.compile(r"[A-Za-z0-9*?-]*"), "an account, * and ? in it, or nothing"),
)
_NAME = r"[!-)+->@-~]+"  # every visible character but * and ?
_FRIENDLY = r"[\w+=,.@-]{1,64}"
_AWS = re.compile(
    r"\*|[0-9]{12}"
    rf"|arn:aws[a-z-]*:iam::[0-9]{{12}}:(?:root|user/{_NAME}|role/{_NAME})"
    rf"|arn:aws[a-z-]*:sts::[0-9]{{12}}:(?:assumed-role/{_FRIENDLY}/{_FRIENDLY}|federated-user/{_FRIENDLY})"
    r"|A(?:IDA|ROA)[A-Z0-9]{12,124}",
    re.ASCII,
)
_HOST = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_SERVICE = re.compile(_HOST)
_FEDERATED = re.compile(rf"{_HOST}|arn:aws[a-z-]*:iam::[0-9]{{12}}:(?:saml|oidc)-provider/{_NAME}")
_CANONICAL_USER = re.compile(r"[0-9a-f]{64}")
_PRINCIPALS = {
    "AWS": (_AWS, "*, an account, the ARN of an account's root, a user, a role or a session"),
    "Service": (_SERVICE, "the name of a service, such as sns.amazonaws.com"),
    "Federated": (_FEDERATED, "the ARN or the host name of an identity provider"),
    "CanonicalUser": (_CANONICAL_USER, "64 hexadecimal digits"),
}


def read_action(place: Place, kind: Kind) -> str:
    """Give an action, ``service:Name`` or ``*``; of a role's trust policy, one of STS.

    Raises: MalformedPolicyDocumentException.
    """
    accepted = "service:Action, with * and ? in Action, or *" if kind != "trust" else "sts:AssumeRole… and other sts:…"
    text = place.text(accepted)
    if not _ACTION.fullmatch(text) or (kind == "trust" and not text.lower().startswith("sts:")):
        place.refuse_value(accepted)
    return text


def read_resource(place: Place, variables: bool) -> str:
    """Give a resource: ``*``, or an ARN with wildcards, and with variables after its fifth colon.

    Raises: MalformedPolicyDocumentException.
    """
    accepted = "arn:partition:service:region:account:resource, or *"
    text = place.text(accepted)
    if text == "*":
        return text
    arn, *fields = text.split(":", PARTS - 1)
    if arn != "arn" or len(fields) < 2:
        place.refuse_value(accepted)
    for (name, pattern, choices), field in zip(_FIELDS, fields, strict=False):
        if "${" in field:
            place.refuse(f"{field!r} is its {name}", f"{choices}; variables stand after the fifth colon")
        if not pattern.fullmatch(field):
            place.refuse(f"{field!r} is its {name}", choices)
    if fields[1] == "iam" and len(fields) > 2 and fields[2] not in ("", "*"):
        place.refuse(f"{fields[2]!r} is its region", "nothing: IAM has no regions")
    unknown = misspelt(text) if variables else None
    if unknown is not None:
        place.refuse_value(unknown)
    return text


def read_principals(place: Place, kind: Kind) -> Principals:
    """Give whom ``*`` or an object by type means.

    Raises: MalformedPolicyDocumentException.
    """
    if place.value == "*":
        return Principals(anyone=True)
    if type(place.value) is not dict:
        place.refuse_value("* or an object with AWS, Service or Federated")
    types = [name for name in _PRINCIPALS if kind == "resource" or name != "CanonicalUser"]
    found: dict[str, tuple[str, ...]] = {}
    for name, under in place.members(*types):
        pattern, accepted = _PRINCIPALS[name]
        found[name] = tuple(_spelled(one, pattern, accepted) for one in under.items())
    if not found:
        place.refuse("it names nobody", types)
    return Principals(
        aws=found.get("AWS", ()),
        service=found.get("Service", ()),
        federated=found.get("Federated", ()),
        canonical_user=found.get("CanonicalUser", ()),
    )


def _spelled(place: Place, pattern: re.Pattern[str], accepted: str) -> str:
    text = place.text(accepted)
    return text if pattern.fullmatch(text) else place.refuse_value(accepted)
