"""Segment documents to be asked about, and some that are wrong in every way."""

from __future__ import annotations

import json
import random
from typing import Any

__all__ = ["Documents"]

NAMES = ["shop", "stock", "pay", "shop@db.test", "DynamoDB", "S3", "é ü", "a" * 200]
ORIGINS = ["AWS::Lambda::Function", "AWS::ECS::Fargate", "AWS::EC2::Instance", "Own::Kind", ""]
WRONG: list[Any] = [None, True, 5, -1, 2**63, 1e300, "", "x" * 2_000, [], {}, [5], {"x": [{}]}, "é\0", {"": None}]
MEMBERS = [
    *("http", "aws", "sql", "cause", "annotations", "metadata", "subsegments", "links", "service", "user", "origin"),
    *(
        "error",
        "throttle",
        "fault",
        "namespace",
        "precursor_ids",
        "in_progress",
        "end_time",
        "start_time",
        "name",
        "id",
    ),
]


class Documents:
    """Documents of a few dozen traces, which are sent again and again."""

    def __init__(self, choices: random.Random, now: float) -> None:
        self._random, self._now = choices, now
        starts = [now - choices.choice([1, 30, 600, 4_000, 90_000]) for _ in range(40)]
        self.trace_ids = [f"1-{int(start):08x}-{n:024x}" for n, start in enumerate(starts, 1)]
        self._starts = dict(zip(self.trace_ids, starts, strict=True))

    def texts(self) -> list[str]:
        """Give documents to put, as JSON."""
        return [self._text() for _ in range(self._random.choice([1, 2, 5, 30]))]

    def _text(self) -> str:
        trace_id = self._random.choice(self.trace_ids)
        document = self._entity(self._starts[trace_id], 0) | {"trace_id": trace_id}
        if self._random.random() < 0.3:
            document |= {"type": "subsegment", "parent_id": self._id()}
        elif self._random.random() < 0.5:
            document["parent_id"] = self._id()
        if self._random.random() < 0.3:
            document["origin"] = self._random.choice(ORIGINS)
        if self._random.random() < 0.1:
            document["links"] = [{"trace_id": self._random.choice(self.trace_ids), "id": self._id()}]
        while self._random.random() < 0.3:
            document[self._random.choice(MEMBERS)] = self._random.choice(WRONG)
        text = json.dumps([document, document] if self._random.random() < 0.03 else document)
        return text[: self._random.randrange(len(text))] if self._random.random() < 0.03 else text

    def _entity(self, start: float, depth: int) -> dict[str, Any]:
        entity: dict[str, Any] = {"id": self._id(), "name": self._random.choice(NAMES), "start_time": start}
        if self._random.random() < 0.9:
            entity["end_time"] = start + self._random.choice([0, 0.001, 0.25, 3])
        else:
            entity["in_progress"] = True
        chance = self._random.random()
        if chance < 0.3:
            request = {"method": "GET", "url": "https://shop.test/cart", "traced": self._random.random() < 0.5}
            entity["http"] = {"request": request, "response": {"status": self._random.choice([200, 404, 429, 503])}}
        if chance > 0.6:
            entity["annotations"] = {"tier": "gold", "n": self._random.randrange(9), "vip": True}
        if depth and chance < 0.5:
            entity["namespace"] = self._random.choice(["aws", "remote"])
            entity["aws"] = {"operation": "PutItem", "table_name": "carts"}
        if 0.5 < chance < 0.6:
            exception = {"id": self._id(), "type": "Error", "message": "no", "stack": [{"path": "x", "line": 1}]}
            entity |= {"fault": True, "cause": {"exceptions": [exception]}}
        if depth < 3:
            count = self._random.choice([0, 0, 1, 3])
            entity["subsegments"] = [self._entity(start, depth + 1) for _ in range(count)]
        return entity

    def _id(self) -> str:
        return f"{self._random.randrange(1, 60):016x}"
