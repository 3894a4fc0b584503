"""Policies and requests drawn from so small a world that they often meet.

A seed makes each of them: a hundred thousand are drawn in minutes, which they would not be piece by piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import strategies as st

from radiograph.auth.policy.operators import OPERATORS
from tests.auth.policy_cases import CALLERS, Json, plain

_ACCOUNTS = ["111122223333", "444455556666"]
_ACTIONS = ["xray:GetGroup", "xray:PutTraceSegments", "iam:GetUser"]
_ACTION_PATTERNS = [
    *_ACTIONS,
    "*",
    "*:*",
    "xray:*",
    "XRAY:get*",
    "xray:*Group",
    "xray:P?tTrace*s",
    "*:Get????",
    "iam:*e*e*",
]
_ROLE = "arn:aws:iam::111122223333:role/tracer"
_RESOURCES = [
    "*",
    "arn:aws:xray:us-east-1:111122223333:group/bob/1",
    "arn:aws:xray:eu-west-1:444455556666:group/a:b/1",
    "arn:aws:s3:::bob/*",
]
_RESOURCE_PATTERNS = [
    *_RESOURCES,
    "arn:aws:xray:*:111122223333:group/*",
    "arn:aws:xray:*:*:group/*/1",
    "arn:aws:xray",
    "arn:aws:xray:eu-*",
    "arn:aws:xray:*1:*:group/a?b/?",
    "arn:aws:xray:us-east-?:1*3:*",
    "arn:*:xray:*:b",
    "arn:aws:xray:us-east-1:111122223333:group/${aws:username}/*",
    "arn:aws:s3:::${svc:k}/*",
    "arn:aws:s3:::${svc:none, 'bob'}/${*}",
]
_PRINCIPALS = {
    "AWS": [
        "*",
        *_ACCOUNTS,
        "arn:aws:iam::111122223333:root",
        "arn:aws:iam::444455556666:root",
        "arn:aws:iam::111122223333:user/bob",
        "AIDABOBBOBBOBBOBBOBBO",
        "arn:aws:iam::111122223333:role/service/app",
        "arn:aws:sts::111122223333:assumed-role/app/i-1",
        "arn:aws:sts::111122223333:federated-user/guest",
        "arn:aws:iam::444455556666:role/auditor",
        "AROAAUDITAUDITAUDITAU",
        "arn:aws:sts::444455556666:assumed-role/auditor/audit-app",
    ],
    "Service": ["sns.amazonaws.com", "ec2.amazonaws.com"],
    "Federated": ["arn:aws:iam::111122223333:oidc-provider/accounts.example.com", "accounts.google.com"],
}
_TEXTS = ["", "a", "ab", "bob", "Bob", "a*", "*", "b?b", "x:y"]
_VARIABLES = ["${svc:k}", "${aws:username}", "x${svc:none}", "${svc:none, 'a'}", "${svc:set}", "a${*}", "${$}${?}b"]
_NUMBERS = ["0", "1", "1.0", "10", "-1", "+1", ".5", "1e1", "9007199254740993", "9007199254740992"]
_DATES = [
    "2026",
    "2026-01",
    "2026-01-01",
    "2026-01-01T00:00Z",
    "2026-01-01T00:00:00",
    "2026-01-01T01:00:00+01:00",
    "2026-01-01T00:00:00.5Z",
    "1767225600",
    "1767225600.5",
]
_ADDRESSES = ["10.0.0.1", "10.0.1.1", "2001:db8::1", "::ffff:10.0.0.1", "::1"]
_NETWORKS = ["10.0.0.0/24", "10.0.0.1", "0.0.0.0/0", "::/0", "2001:db8::/32", "10.0.0.77/8", "::1/128"]
_BYTES = ["", "QQ==", "QUI="]
_ARNS = ["arn:aws:sns:r:1:t", "arn:aws:sns:r:1:t:u", "arn:aws:s3:::b", "arn:aws:sns:r:2:t", "bob"]
_ARN_PATTERNS = [
    "*",
    "arn:aws:sns:*:1:t",
    "arn:aws:*:*:*:*",
    "arn:aws:sns:?:1:t*",
    "arn:aws:sns:r:1:t",
    "arn:${svc:k}:sns:r:1:t",
    "${svc:arn}",
    "arn:aws:sns:r:*:u",
]
_BOOLS = ["true", "false", "True"]
_JUNK = ["", "junk"]

_VALUES: dict[str, list[Any]] = {
    "string": _TEXTS + _VARIABLES,
    "number": [*_NUMBERS, 0, 1, 10],
    "date": _DATES,
    "bool": [*_BOOLS, True, False],
    "binary": _BYTES,
    "address": _NETWORKS,
    "arn": _ARN_PATTERNS,
    "null": [*_BOOLS, True, False],
}
_KEYS = {
    "string": ["svc:k", "aws:username", "svc:set", "SVC:K", "svc:none"],
    "number": ["svc:n", "svc:set"],
    "date": ["svc:d", "aws:CurrentTime", "svc:none"],
    "bool": ["svc:b", "aws:SecureTransport"],
    "binary": ["svc:bytes"],
    "address": ["svc:ip", "aws:SourceIp"],
    "arn": ["svc:arn", "aws:PrincipalArn", "svc:arns"],
    "null": ["svc:k", "svc:set", "svc:none", "svc:arns"],
}


class _Draw(Random):
    """Chance, and what it makes."""

    def some(self, choices: Sequence[Any]) -> Any:
        """One value, or a list of up to three."""
        return self.choice(choices) if self.random() < 0.6 else self.choices(choices, k=self.randint(1, 3))

    def text(self) -> str:
        return self.choice(_TEXTS) if self.random() < 0.6 else "".join(self.choices("ab*?:", k=self.randint(0, 5)))

    def maybe(self, choices: Sequence[Any]) -> Any:
        return None if self.random() < 0.3 else self.choice(choices)

    def negation(self) -> str:
        return "Not" if self.random() < 0.15 else ""

    def wide(self, patterns: Sequence[str]) -> Any:
        """Some patterns; often all there is, or else hardly a statement would apply."""
        return "*" if self.random() < 0.4 else self.some(patterns)

    def conditions(self, variables: bool) -> Json:
        found: Json = {}
        for _ in range(self.choice([0, 0, 1, 1, 1, 2])):
            name = self.choice(sorted(OPERATORS))
            family = OPERATORS[name].family
            if family != "null":
                before = self.choice(["", "", "ForAllValues:", "ForAnyValue:"])
                name = before + name + self.choice(["", "", "IfExists"])
            values = _VALUES[family] + ([self.text()] if family == "string" else [])
            values = values + (["${svc:b}"] if family == "bool" and variables else [])
            found.setdefault(name, {})[self.choice(_KEYS[family])] = self.some(values)
        return found

    def element(self) -> Any:
        if self.random() < 0.15:
            return "*"
        kinds = {"AWS", "Service"} if self.random() < 0.3 else {self.choice(["AWS", "AWS", "AWS", "Federated"])}
        return {kind: self.some(_PRINCIPALS[kind]) for kind in sorted(kinds)}

    def statement(self, kind: str, variables: bool) -> Json:
        statement: Json = {"Effect": "Deny" if self.random() < 0.15 else "Allow"}
        if kind == "trust":
            statement |= {"Principal": self.element(), "Action": self.some(["sts:AssumeRole", "sts:*", "sts:Get*"])}
        else:
            statement[self.negation() + "Action"] = self.wide(_ACTION_PATTERNS)
            statement[self.negation() + "Resource"] = self.wide(_RESOURCE_PATTERNS)
        if kind == "resource":
            statement[self.negation() + "Principal"] = self.element()
        condition = self.conditions(variables)
        return statement | ({"Condition": condition} if condition else {})

    def document(self, kind: str) -> Json:
        variables = self.random() < 0.8
        statements = [self.statement(kind, variables) for _ in range(self.randint(1, 3))]
        return {"Version": "2012-10-17" if variables else "2008-10-17", "Statement": statements}

    def documents(self, kind: str, least: int = 0) -> list[Json]:
        return [self.document(kind) for _ in range(self.randint(least, 2))]

    def context(self) -> Json:
        return {
            "svc:k": self.text() if self.random() < 0.7 else None,
            "svc:n": self.maybe(_NUMBERS + _JUNK),
            "svc:d": self.maybe(_DATES + _JUNK),
            "svc:b": self.maybe(_BOOLS),
            "svc:ip": self.maybe(_ADDRESSES + _JUNK),
            "svc:arn": self.maybe(_ARNS),
            "svc:bytes": self.maybe([*_BYTES, "?"]),
            "svc:set": self.maybe([[], ["1"], ["", ""], [self.text(), "10"], ["a", self.text(), "bob"]]),
            "svc:arns": self.maybe([[], _ARNS[:1], _ARNS[1:3], _ARNS]),
        }

    def case(self) -> Json:
        trusts = self.random() < 0.2
        return plain(
            {
                "caller": self.choice(sorted(CALLERS)),
                "action": "sts:AssumeRole" if trusts else self.choice(_ACTIONS),
                "resource": _ROLE if trusts else self.choice(_RESOURCES),
                "account": self.choice(_ACCOUNTS),
                "context": self.context(),
                "identity": self.documents("identity"),
                "boundary": self.document("identity") if self.random() < 0.3 else None,
                "session": self.documents("identity") if self.random() < 0.3 else None,
                "resource_policies": [] if trusts else self.documents("resource"),
                "trust": self.document("trust") if trusts else None,
            }
        )


def cases() -> st.SearchStrategy[Json]:
    """Give requests with all their policies, as the oracle takes them."""
    return st.integers(0, 2**64 - 1).map(lambda seed: _Draw(seed).case())
