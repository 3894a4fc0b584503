"""Requests as nobody should send them: nearly right, right but for one place, and not JSON at all.

The same seed makes the same decisions; what a server gave (tokens, ARNs) is used again, so runs differ in that.
"""

from __future__ import annotations

import copy
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec
import yaml
from botocore.model import ListShape, MapShape, Shape, StructureShape

from tests.fuzz.documents import Documents
from tests.model.constraints import XRAY, cases, valid

__all__ = ["Request", "Requests"]

PATHS = {name: XRAY.operation_model(name).http["requestUri"] for name in XRAY.operation_names}
CORPUS = yaml.safe_load((Path(__file__).parents[1] / "corpora" / "filters.yaml").read_text())
BREACHES = [case for name in XRAY.operation_names for case in cases(name)]
SELECTORS = ['service("shop")', 'edge("shop", "stock")', 'id(name: "shop", type: "AWS::Lambda")', 'service("', "edge()"]
VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 5, 60, 2**31, -(2**63), 2**64, 10**30, 0.5, -0.0, 1e308, 1e-308),
    *("", "x", "Default", "\0", "é", "\U0001f600", "x" * 33, "x" * 1_000, "x" * 50_000, "2023-11-14T22:13:20Z", "1e9"),
    *([], {}, [[]], [None], [{}], {"": ""}, ["x"] * 1_000),
]
RAW = [
    *(b"", b" ", b"null", b"[]", b'"x"', b"5", b"{", b"}", b"{}{}", b"{,}", b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}"),
    *(b"[" * 5_000, b'{"a":' * 5_000, b'{"TraceIds":[' + b"[" * 2_000, b"\x00" * 100, b"{" + b" " * 9_000 + b"}"),
]
TEXTS = [rb'"\ud800"', rb'"\udc00\ud800"', b'"\xff"', b"NaN", b"Infinity", b"-", b"1e999", b"9" * 400, b"01", b"'x'"]


class Request(msgspec.Struct, frozen=True):
    """What is posted, and where."""

    path: str
    body: bytes
    method: str = "POST"
    operation: str | None = None
    """None where no operation is."""


class Requests:
    """An endless row of requests, which learns from the answers."""

    def __init__(self, seed: int, now: float) -> None:
        self._random, self._now = random.Random(seed), now
        self.documents = Documents(self._random, now)
        self._pools: dict[str, list[Any]] = defaultdict(list)
        self._expressions = [one["expression"] for part in ("valid", "syntax", "types") for one in CORPUS[part]]

    def learn(self, answer: Any) -> None:
        """Keep what an answer holds, by the names of its members, to send it back."""
        stack = [answer]
        while stack:
            value = stack.pop()
            if isinstance(value, list):
                stack += value
            for name, member in value.items() if isinstance(value, dict) else ():
                if isinstance(member, list | dict):
                    stack.append(member)
                elif isinstance(member, str | int | float) and not (isinstance(member, str) and len(member) > 2_000):
                    pool = self._pools[name]
                    pool.append(member)
                    del pool[:-40]

    def next(self) -> Request:
        """Give a request."""
        operation = self._random.choice(XRAY.operation_names)
        kind = self._random.random()
        if kind < 0.08:
            operation, request = "PutTraceSegments", {"TraceSegmentDocuments": self.documents.texts()}
        elif kind < 0.14:
            case = self._random.choice(BREACHES)
            operation, request = case.operation, case.request
        else:
            request = self._nearly(XRAY.operation_model(operation).input_shape)
        if kind >= 0.70:
            # Only the first change may make much of little: several would make a body of gigabytes.
            for n in range(self._random.choice((1, 1, 1, 2, 5))):
                request = self._mutated(request, 60 if n == 0 else 2)
        body = json.dumps(request).encode()
        if kind >= 0.90:
            body = self._broken(body)
        path = PATHS[operation]
        if self._random.random() < 0.01:
            path = self._random.choice(["/", "", "/x", path + "/", path.lower(), path + "\0", "//", "/%2e", "/é"])
        method = self._random.choice(["PUT", "DELETE", "PATCH"]) if self._random.random() < 0.005 else "POST"
        known = method == "POST" and path in PATHS.values()
        return Request(path, body, method, operation if known else None)

    def _nearly(self, shape: Shape, name: str = "") -> Any:
        """Give a value of a shape that is valid, or could be."""
        chance = self._random.random()
        if isinstance(shape, StructureShape):
            members = shape.members
            if shape.is_tagged_union:
                members = {one: members[one] for one in self._random.sample(list(members), 1)}
            return {
                one: self._nearly(member, one)
                for one, member in members.items()
                if one in shape.required_members or shape.is_tagged_union or self._random.random() < 0.5
            }
        if isinstance(shape, ListShape):
            many = 200 if chance < 0.02 else 3
            return [self._nearly(shape.member, name) for _ in range(self._random.randrange(many + 1))]
        if isinstance(shape, MapShape):
            return {str(self._nearly(shape.key)): self._nearly(shape.value) for _ in range(2)}
        if shape.type_name == "timestamp":
            return self._now + self._random.choice([0, -1, -60, -3600, -5 * 3600, -86_400 * 2, -86_400 * 40, 60, 1e7])
        return self._leaf(shape, name, chance)

    def _leaf(self, shape: Shape, name: str, chance: float) -> Any:
        if name in ("TraceIds", "TraceIdList") and chance < 0.8:
            return self._random.choice(self.documents.trace_ids)
        if name == "FilterExpression" and self._expressions and chance < 0.9:
            return self._random.choice(self._expressions)
        if name == "EntitySelectorExpression" and chance < 0.9:
            return self._random.choice(SELECTORS)
        if name == "Period" and chance < 0.8:
            return self._random.choice([60, 300, 900, 3600])
        if name == "ResourceARN" and chance < 0.7:
            return self._known("GroupARN", "RuleARN") or "*"
        if name == "RuleName" and chance < 0.3:
            return "Default"
        if name == "PolicyDocument" and chance < 0.8:
            statement = {"Effect": "Allow", "Principal": "*", "Action": "xray:*", "Resource": "*"}
            return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        known = self._known(name)
        if known is not None and chance < (0.15 if name == "NextToken" else 0.7):
            return known
        enum = getattr(shape, "enum", None)
        if enum:
            return self._random.choice(enum)
        if shape.type_name in ("integer", "long"):
            return self._random.choice([valid(shape), 0, 1, 2, 100, 10_000])
        return self._random.choice([valid(shape), valid(shape), *(VALUES if chance > 0.97 else ())])

    def _known(self, *names: str) -> Any:
        pool = [one for name in names for one in self._pools.get(name, ())]
        return self._random.choice(pool) if pool else None

    def _mutated(self, request: Any, most: int) -> Any:
        """Give the request changed in one place, wherever that is."""
        request = copy.deepcopy(request)
        places = [(None, None)]
        stack = [request] if isinstance(request, dict | list) else []
        while stack:
            value = stack.pop()
            inside = list(value.items() if isinstance(value, dict) else enumerate(value))
            places += [(value, key) for key, _ in inside]
            stack += [one for _, one in inside if isinstance(one, dict | list)]
        holder, key = self._random.choice(places)
        if holder is None:
            return self._random.choice(VALUES) if self._random.random() < 0.2 else request
        chance = self._random.random()
        if chance < 0.15:
            del holder[key]
        elif chance < 0.25 and isinstance(holder, dict):
            holder[self._random.choice(["", "x", key + " ", key.lower(), "NextToken", "\0"])] = holder.pop(key)
        elif chance < 0.35:
            holder[key] = [holder[key]] * self._random.choice([1, 2, most])
        elif chance < 0.45 and isinstance(holder[key], str) and holder[key]:
            text = holder[key]
            at = self._random.randrange(len(text))
            holder[key] = (
                text[:at] + self._random.choice(['"', "\\", "(", ")", "\0", "é", " ", "", "A"]) + text[at + 1 :]
            )
        elif chance < 0.5 and isinstance(holder[key], int | float):
            holder[key] = holder[key] * self._random.choice([-1, 1e9, 0, 10**18, 0.1])
        else:
            holder[key] = self._random.choice(VALUES)
        return request

    def _broken(self, body: bytes) -> bytes:
        """Give bytes that are JSON no more, or another JSON than it seems."""
        chance = self._random.random()
        if chance < 0.3:
            return self._random.choice(RAW)
        at = self._random.randrange(len(body) + 1)
        if chance < 0.5:
            return body[:at]
        if chance < 0.7:
            return body[:at] + self._random.choice(TEXTS) + body[at:]
        if chance < 0.85:
            # The same member twice: the last one counts.
            return body[:-1] + b"," + body[1:] if len(body) > 2 else body
        return body[:at] + bytes([self._random.randrange(256)]) + body[at + 1 :]
