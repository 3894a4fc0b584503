"""Small random traces as services would send them, and the ways they can arrive: drawn by hypothesis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

__all__ = ["BEGIN_S", "Arrival", "arrivals"]

Json = dict[str, Any]

BEGIN_S = 1_700_000_040
"""A whole minute; traces begin in the minutes after it."""

SERVICES = [("shop", "AWS::ECS::Container"), ("shop", ""), ("cart", ""), ("pay", "AWS::Lambda::Function")]
DURATIONS_US = st.one_of(
    st.sampled_from([0, 1, 499, 500, 1_499, 1_500, 65_536, 1 << 20, 90_000_000]),
    st.integers(0, 5_000_000),
    st.integers(0, 40).map(lambda power: 1 << min(power, 26)),
)
STARTS_US = st.one_of(
    st.sampled_from([0, 59_999_999, 60_000_000, 120_000_001, 599_999_999]),
    st.integers(0, 600_000_000),
)
CALLS: list[Json] = [
    {},
    {"namespace": "local"},
    {"namespace": "remote", "name": "stock.test"},
    {"namespace": "remote", "name": "shop"},
    {"namespace": "remote", "name": "orders@db.test", "sql": {"sanitized_query": "SELECT 1"}},
    {"namespace": "aws", "name": "DynamoDB", "aws": {"table_name": "carts"}},
    {"namespace": "aws", "name": "dynamodb", "aws": {"resource_names": ["orders"]}},
    {"namespace": "aws", "name": "s3", "aws": {"bucket_name": "pictures"}},
    {"namespace": "aws", "name": "SQS", "aws": {"queue_url": "https://sqs.test/1/mails"}},
    {"namespace": "aws", "name": "sns", "aws": {"topic_arn": "arn:aws:sns:x:1:sold"}},
    {"namespace": "aws", "name": "Lambda", "aws": {"function_name": "resize"}},
    {"namespace": "aws", "name": "Kinesis"},
    {"namespace": "remote", "name": "traced.test", "http": {"request": {"traced": True}}},
    {"namespace": "remote", "name": "traced.test", "traced": True},
]
RESULTS: list[Json] = [
    {},
    {},
    {"fault": True},
    {"error": True},
    {"throttle": True, "error": True},
    {"throttle": True, "error": True, "fault": True},
    {"http": {"response": {"status": 200}}},
    {"http": {"response": {"status": 404}}},
    {"http": {"response": {"status": 429}}},
    {"http": {"response": {"status": 503}}},
    {"http": {"response": {"status": 503}}, "fault": False},
]
UNKNOWN = f"1-{BEGIN_S:08x}-{'f' * 24}"
NO_LINKS: list[list[Json]] = [[], [], [], [{}], [{"trace_id": "0", "id": "0"}]]


@dataclass(frozen=True)
class Arrival:
    """Documents that arrive together; then so many seconds pass, and the keeper may count minutes."""

    documents: list[Json]
    wait_s: float
    count: bool


class _Telling:
    """One trace being told: every call draws a little more of it."""

    def __init__(self, draw: st.DrawFn, number: int) -> None:
        self.draw, self.entities = draw, 0
        self.trace_id = f"1-{BEGIN_S:08x}-{number:024x}"
        self.documents: list[Json] = []
        self.segments: list[str] = []
        self.subsegments: list[str] = []

    def tell(self) -> None:
        for _ in range(self.draw(st.integers(1, 4))):
            self.segment()

    def entity(self, **members: Any) -> Json:
        self.entities += 1
        start_us = BEGIN_S * 1_000_000 + self.draw(STARTS_US)
        entity: Json = {"id": f"{self.entities:016x}", "start_time": start_us / 1e6, **members}
        if self.draw(st.integers(0, 7)):
            entity["end_time"] = (start_us + self.draw(DURATIONS_US)) / 1e6
        else:
            entity["in_progress"] = True
        for name, value in self.draw(st.sampled_from(RESULTS)).items():
            entity[name] = entity[name] | value if name in entity and name == "http" else value
        return entity

    def segment(self) -> None:
        name, origin = self.draw(st.sampled_from(SERVICES))
        segment = self.entity(trace_id=self.trace_id, name=name)
        if origin:
            segment["origin"] = origin
        parent = self.parent(segment["id"])
        if parent is not None:
            segment["parent_id"] = parent
        self.documents.append(segment)
        self.segments.append(segment["id"])
        self.children(segment, depth=0, documents_deep=0)

    def parent(self, own: str) -> str | None:
        choices: list[st.SearchStrategy[str | None]] = [st.none(), st.sampled_from(["f" * 16, own])]
        if self.subsegments:
            choices += [st.sampled_from(self.subsegments)] * 3
        if self.segments:
            choices.append(st.sampled_from(self.segments))
        return self.draw(st.one_of(choices))

    def children(self, owner: Json, depth: int, documents_deep: int) -> None:
        for _ in range(self.draw(st.integers(0, 3 if depth == 0 else 1 if depth < 4 else 0))):
            child = self.entity(**{"name": "work", **self.draw(st.sampled_from(CALLS))})
            self.subsegments.append(child["id"])
            alone = documents_deep < 3 and self.draw(st.booleans())
            if alone:
                child |= {"trace_id": self.trace_id, "type": "subsegment", "parent_id": owner["id"]}
                self.documents.append(child)
            else:
                owner.setdefault("subsegments", []).append(child)
            self.children(child, depth + 1, documents_deep + alone)


@st.composite
def arrivals(draw: st.DrawFn) -> list[Arrival]:
    """Give how a few traces arrive: in any order and in versions, some parts lost, minutes counted in between."""
    told = [_Telling(draw, number) for number in range(draw(st.integers(1, 3)))]
    for one in told:
        one.tell()
    _link(draw, told)
    documents: list[Json] = []
    for one in told:
        for document in one.documents:
            documents += _versions(draw, document)
    ordered = draw(st.permutations(documents))
    cuts = sorted(draw(st.lists(st.integers(0, len(ordered)), max_size=3)))
    parts = [ordered[low:high] for low, high in zip([0, *cuts], [*cuts, len(ordered)], strict=True)]
    waits = st.sampled_from([0.0, 1.0, 6.0, 130.0])
    return [Arrival(part, draw(waits), draw(st.booleans())) for part in parts if part]


def _link(draw: st.DrawFn, told: list[_Telling]) -> None:
    """Let some segments have received events that any segment or subsegment of any trace sent, or nobody known."""
    sent = [(one.trace_id, id_) for one in told for id_ in one.segments + one.subsegments]
    sent += [(told[0].trace_id, "f" * 16), (UNKNOWN, sent[0][1])]
    for one in told:
        for document in one.documents:
            if document.get("type") == "subsegment" or draw(st.integers(0, 3)):
                continue
            links = [
                {"trace_id": id_, "id": entity} for id_, entity in draw(st.lists(st.sampled_from(sent), max_size=3))
            ]
            for link in links:
                if draw(st.integers(0, 4)) == 0:
                    link["trace_id"] = link["trace_id"][2:].replace("-", "").upper()
            document["links"] = links + draw(st.sampled_from(NO_LINKS))


def _versions(draw: st.DrawFn, document: Json) -> list[Json]:
    """A document with what else was sent of it: begun, sent twice, sent otherwise before or after; or lost."""
    fate = draw(st.sampled_from(["once"] * 6 + ["lost", "begun", "twice", "changed"]))
    if fate == "lost":
        return []
    if fate == "begun":
        begun = {name: value for name, value in document.items() if name not in ("end_time", "subsegments", "fault")}
        return [begun | {"in_progress": True}, document]
    if fate == "twice":
        return [document, document]
    if fate == "changed":
        changed = {name: value for name, value in document.items() if name != "links"}
        return [changed | {"fault": True, "end_time": document["start_time"] + 1.0}, document]
    return [document]
