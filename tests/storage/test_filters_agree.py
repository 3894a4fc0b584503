"""Traces found by an expression and those the specification's reading finds: the corpus, and random ones of both."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from radiograph.filters import of_first_annotations, parse, substitute
from radiograph.filters.tree import Expression
from radiograph.model.rows import COMPLETE, StoredDocument
from radiograph.model.windows import TraceWindow
from radiograph.segments.causes import root_causes
from radiograph.storage.clickhouse import ClickHouseStore
from radiograph.storage.clickhouse.traces import _newest
from tests.oracle.filters import ACCOUNT, KINDS, matches
from tests.oracle.traces import arrivals
from tests.storage.conftest import Account, FakeClock

CORPUS = yaml.safe_load((Path(__file__).parent.parent / "corpora" / "filters.yaml").read_text())
TRACES: dict[str, Any] = CORPUS["traces"]
GROUPS: dict[str, str] = CORPUS["groups"]
BEGIN_S = 1_700_000_000
Json = dict[str, Any]


def lookup(by: str, value: str) -> str | None:
    return GROUPS.get(value if by == "name" else value.split("/")[1])


def asked(text: str) -> Expression:
    return substitute(parse(text), lookup, GROUPS)


def found(account: Account, expression: Expression, limit: int = 100) -> list[str]:
    """The ids of every trace found, to the last page."""
    window, ids = TraceWindow(BEGIN_S - 3600, BEGIN_S + 3600), list[str]()
    while True:
        page = account.store.traces_in(account.id, window, limit, expression)
        ids += [one.trace_id for one in page.found]
        if not page.more:
            return ids
        window = TraceWindow(window.start_s, window.end_s, before=page.reached or page.found[-1])


def causes_of(documents: list[Json], account: str) -> Json:
    """The root causes of a trace as its summary has them."""
    stored = _newest([_stored(number, document) for number, document in enumerate(documents, 1)])
    causes = root_causes(sorted(stored, key=lambda one: one.id), account)
    lists = causes.fault_root_causes, causes.error_root_causes, causes.response_time_root_causes
    return dict(zip(KINDS.values(), map(msgspec.to_builtins, lists), strict=True))


def expected(documents: list[Json], expression: Expression, account: str = ACCOUNT) -> list[str]:
    """The ids of the traces that the oracle finds; documents that begin together are told apart by their ids."""
    traces: dict[str, list[Json]] = {}
    for document in sorted(documents, key=lambda one: one["id"]):
        traces.setdefault(document["trace_id"].lower(), []).append(document)
    return [id_ for id_, trace in traces.items() if matches(expression, trace, causes_of(trace, account), account)]


def _stored(number: int, document: Json) -> StoredDocument:
    version = number + COMPLETE if "end_time" in document else number
    id_ = int(document["id"], 16)
    return StoredDocument(document["trace_id"].lower(), id_, version, 0, json.dumps(document).encode())


@pytest.fixture(scope="module")
def corpus(store: ClickHouseStore, clock: FakeClock) -> Account:
    account = Account(store, clock)
    account.id = ACCOUNT
    for trace in TRACES.values():
        account.write(trace["documents"])
    return account


@pytest.mark.parametrize("one", CORPUS["valid"], ids=lambda one: str(one["expression"]))
def test_the_corpus_is_answered(corpus: Account, one: dict[str, Any]) -> None:
    expression = asked(one["expression"])
    ids = found(corpus, expression)
    documents = [document for trace in TRACES.values() for document in trace["documents"]]
    assert sorted(ids) == sorted(expected(documents, expression))
    if "rootcause" not in one["expression"].lower():
        # The corpus tells causes of its own.
        names = {trace["documents"][0]["trace_id"].lower(): name for name, trace in TRACES.items()}
        assert {names[id_] for id_ in ids} == set(TRACES if one["matches"] == "all" else one["matches"])


# Random traces, random expressions

SIMPLE = """
ok | error | throttle | fault | fault = false | ok != true | responsetime > 1 | responsetime |
responsetime < 0.001 | http.status = 503 | http.status != 200 | http.status | http.url CONTAINS "cart" |
http.url != "/cart" | http.method = GET
"""
OF_NODES = """
duration > 3 | duration = 0 | duration | http.useragent | http.clientip BEGINSWITH "10." | user = alice |
user != alice | user | availabilityzone = z1 | instance.id ENDSWITH "1" | resource.arn CONTAINS "f1" |
resource.arn != "arn:f1"
"""
OF_TRACES = """
partial | inferred | inferred = false | annotation.k = "a" | annotation.k != "a" | annotation.k > 1 |
annotation.k = 1 | annotation.k = true | annotation.k != true | annotation.k CONTAINS "a" | annotation.k |
annotation.j = "x," | annotation.j = "\\"\\\\" | annotation.j BEGINSWITH "\\"" | annotation.k <= 1.5 |
annotation.k = "" | annotation.k = "é" | traceid = 1-6553f128-000000000000000000000001 | metadata.default.m = 1 |
rootcause.fault.service { last } | rootcause.error.entity { remote } |
rootcause.responsetime.service { name = "shop" } | rootcause.fault.exception |
rootcause.json = #[{"ClientImpacting": true}] | service("shop") -> service() |
service() => service("cart") { !fault } | service("shop") { ok } -> service("pay") => service()
"""
OF_SERVICES = 'root | !root | name = shop | type | type BEGINSWITH "AWS" | attribute.http.request.url'
NODES = ["", "shop", "cart", "stock.test", "carts", 'id(type: "AWS::Lambda")', 'id(type: "remote")', "s3", "pictures"]
NODES += ['id(name: "shop", account.id: "1")']
CALLERS = [*NODES, 'id(type: "client")', 'id(name: "shop", type: "client")']


def atoms(*lists: str) -> st.SearchStrategy[str]:
    return st.sampled_from([one.strip() for text in lists for one in re.split(r"\|\s", text)])


def combined(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.recursive(
        leaves,
        lambda inner: (
            inner.map("!({})".format)
            | st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(lambda one: f"({' '.join(one)})")
        ),
        max_leaves=3,
    )


def braced(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | combined(leaves).map(" {{ {} }}".format)


SERVICES = st.tuples(st.sampled_from(NODES), braced(atoms(SIMPLE, OF_NODES, OF_SERVICES))).map(
    lambda one: f"service({one[0]}){one[1]}"
)
EDGES = st.tuples(st.sampled_from(CALLERS), st.sampled_from(NODES), braced(atoms(SIMPLE))).map(
    lambda one: f"edge({one[0]}, {one[1]}){one[2]}"
)
EXPRESSIONS = combined(atoms(SIMPLE, OF_NODES, OF_TRACES) | SERVICES | SERVICES | EDGES | EDGES)
VALUES = st.sampled_from(["a", "ab", "é", "", "x,", '"\\', "\\", 1, 1.0, 1.5, 2, True, False])
EXTRAS = st.fixed_dictionaries(
    {},
    optional={
        "user": st.sampled_from(["alice", "bob"]),
        "annotations": st.dictionaries(st.sampled_from(["k", "j", "i"]), VALUES, min_size=1),
        "metadata": st.just({"default": {"m": 1}}),
        "aws": st.just({"ec2": {"availability_zone": "z1", "instance_id": "i-1"}}),
        "resource_arn": st.sampled_from(["arn:f1", "arn:f2"]),
        "request": st.sampled_from(
            [{"url": "/cart", "method": "GET"}, {"user_agent": "curl", "client_ip": "10.1.1.1"}]
        ),
    },
)


@st.composite
def stories(draw: st.DrawFn) -> list[Json]:
    """Documents of a few traces, with more to ask for than the graph needs."""
    documents = [document for arrival in draw(arrivals()) for document in arrival.documents]
    return [_dressed(draw, document) for document in documents]


def _dressed(draw: st.DrawFn, document: Json, embedded: bool = False) -> Json:
    extras = draw(EXTRAS)
    request = extras.pop("request", None)
    if embedded or document.get("type") == "subsegment":
        extras = {name: value for name, value in extras.items() if name in ("annotations", "metadata")}
    dressed = {**extras, **document}
    if request is not None:
        http = document.get("http", {})
        dressed["http"] = http | {"request": request | http.get("request", {})}
    if "subsegments" in document:
        dressed["subsegments"] = [_dressed(draw, one, embedded=True) for one in document["subsegments"]]
    return dressed


@settings(
    max_examples=int(os.environ.get("FILTER_EXAMPLES", "25")),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(documents=stories(), texts=st.lists(EXPRESSIONS, min_size=6, max_size=6))
def test_random_expressions_find_what_the_specification_s_do(
    store: ClickHouseStore, clock: FakeClock, documents: list[Json], texts: list[str]
) -> None:
    account = Account(store, clock)
    account.write(documents)
    note(f"{documents}")
    for text in texts:
        expression = asked(text)
        note(text)
        assert sorted(found(account, expression)) == sorted(expected(documents, expression, account.id)), text


OF_ANNOTATIONS = combined(
    atoms(
        """annotation.k | annotation.j | annotation.i | annotation.k = "a" | annotation.j != "a" | annotation.i = 1 |
        annotation.k = true | annotation.j BEGINSWITH "\\"" | user = alice | service("cart")"""
    )
)


@settings(
    max_examples=int(os.environ.get("FILTER_EXAMPLES", "25")),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(documents=stories(), texts=st.lists(OF_ANNOTATIONS, min_size=6, max_size=6), most=st.integers(1, 3))
def test_where_the_first_annotations_of_a_trace_are_known_others_are_as_if_they_were_not_there(
    store: ClickHouseStore, clock: FakeClock, documents: list[Json], texts: list[str], most: int
) -> None:
    account = Account(store, clock)
    account.write(documents)
    note(f"{documents}")
    for text in texts:
        expression = of_first_annotations(asked(text), most)
        note(f"{most}: {text}")
        assert sorted(found(account, expression)) == sorted(expected(documents, expression, account.id)), text


# Windows


def sent(id_: str, start: float, **members: Any) -> Json:
    document = {"trace_id": id_, "id": "a" * 16, "name": "shop", "start_time": start, "end_time": start + 0.5}
    return document | members


def ids_in(account: Account, window: TraceWindow, text: str) -> list[tuple[int, str]]:
    page = account.store.traces_in(account.id, window, 100, asked(text))
    return [(one.time_s, one.trace_id) for one in page.found]


def test_a_trace_is_found_in_an_event_window_by_its_last_event(account: Account) -> None:
    id_ = f"1-{BEGIN_S:08x}-{'1' * 24}"
    account.write([sent(id_, BEGIN_S, end_time=BEGIN_S + 100.0), sent(id_, BEGIN_S, id="b" * 16, parent_id="a" * 16)])
    window = TraceWindow(BEGIN_S + 90, BEGIN_S + 110, "Event")
    assert ids_in(account, window, 'service("shop") { responsetime < 1 }') == [(BEGIN_S + 100, id_)]
    assert ids_in(account, window, "fault") == []
    assert ids_in(account, TraceWindow(BEGIN_S + 90, BEGIN_S + 110, "Service"), "ok") == [(BEGIN_S + 100, id_)]
    assert ids_in(account, TraceWindow(BEGIN_S + 90, BEGIN_S + 110), "ok") == []


def test_ids_that_tell_no_time_are_found_once_and_whole(account: Account) -> None:
    ids = [f"1-{n:08x}-{'2' * 24}" for n in (5, 6)]
    for id_ in ids:
        account.write([sent(id_, BEGIN_S + 100, user="ada"), sent(id_, BEGIN_S + 700, id="b" * 16, fault=True)])
    for text in ("user = ada AND service() { fault }", "!partial", "ok"):
        expected_ = [(BEGIN_S + 100, id_) for id_ in reversed(ids)]
        assert ids_in(account, TraceWindow(BEGIN_S, BEGIN_S + 3600), text) == expected_
        assert ids_in(account, TraceWindow(BEGIN_S + 600, BEGIN_S + 3600), text) == []


def test_of_versions_that_begin_in_different_minutes_the_last_counts(account: Account) -> None:
    id_ = f"1-{BEGIN_S:08x}-{'3' * 24}"
    account.write([sent(id_, BEGIN_S, fault=True)])
    account.write([sent(id_, BEGIN_S + 90)])
    assert ids_in(account, TraceWindow(BEGIN_S, BEGIN_S + 60), "fault") == []
    assert ids_in(account, TraceWindow(BEGIN_S, BEGIN_S + 60), "!fault") == [(BEGIN_S, id_)]


def test_pages_hold_every_match_once_while_traces_arrive(account: Account) -> None:
    def id_at(n: int) -> str:
        return f"1-{BEGIN_S + n // 2:08x}-{n:024x}"

    account.write([sent(id_at(n), BEGIN_S + n // 2, user="ada" if n % 3 else "bob") for n in range(60)])
    window, pages = TraceWindow(BEGIN_S, BEGIN_S + 100), list[list[str]]()
    while True:
        page = account.store.traces_in(account.id, window, 7, asked("user = ada"))
        pages.append([one.trace_id for one in page.found])
        if not page.more:
            break
        window = TraceWindow(window.start_s, window.end_s, before=page.found[-1])
        account.write([sent(f"1-{BEGIN_S + 99:08x}-{len(pages):024x}", BEGIN_S + 99, user="ada")])
    listed = [one for page in pages for one in page]
    assert listed == [id_at(n) for n in reversed(range(60)) if n % 3]
    assert {len(page) for page in pages[:-1]} == {7}
