"""The engine: what is bound stays a value, and what is fed comes out as it went in."""

from __future__ import annotations

from contextlib import ExitStack
from threading import Thread
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from radiograph.errors import ServiceUnavailable
from radiograph.model.graph_rows import NodeKey
from radiograph.storage.clickhouse import ClickHouseStore
from tests.oracle.documents import NOW_S, segment
from tests.storage.conftest import Account

INTEGERS = {
    "UInt8": (0, 2**8),
    "UInt16": (0, 2**16),
    "UInt32": (0, 2**32),
    "UInt64": (0, 2**64),
    "Int64": (-(2**63), 2**63),
}
HOSTILE = [
    "",
    "'",
    '"',
    "\\",
    "\\'",
    "'; DROP TABLE segments; --",
    "') OR 1=1 --",
    "{account:String}",
    "%s",
    "$1",
    "\0",
    "a\0b",
    "\t",
    "\n",
    "\r\n",
    "\b\f\v\a\x1b",
    "\\N",
    "\\0",
    "\\x41",
    "NULL",
    "é 日本 😀",
    "[1,2]",
    "a,b",
    "]",
    "x" * 70_000,
    "/* scope */",
    "\ufeff",
    "\u2028",
]
few = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


class Answer(msgspec.Struct):
    value: Any


def echo(store: ClickHouseStore, type_: str, value: object) -> Any:
    return store.engine.rows(Answer, f"SELECT {{value:{type_}}} AS value", value=value)[0].value


# Bound parameters


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_a_bound_text_is_only_a_text(store: ClickHouseStore, text: str) -> None:
    assert echo(store, "String", text) == text
    assert echo(store, "Array(String)", [text, "next", text]) == [text, "next", text]


@few
@given(text=st.text(), others=st.lists(st.text()))
def test_any_text_comes_back_as_it_was_bound(store: ClickHouseStore, text: str, others: list[str]) -> None:
    assert echo(store, "String", text) == text
    assert echo(store, "Array(String)", others) == others


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("Int64", -(2**63)),
        ("UInt64", 2**64 - 1),
        ("Bool", True),
        ("Bool", False),
        ("Float64", 1.5e300),
        ("Array(UInt32)", []),
        ("Array(UInt32)", [0, 2**32 - 1]),
        ("Array(String)", []),
    ],
)
def test_numbers_and_lists_come_back_as_they_were_bound(store: ClickHouseStore, type_: str, value: object) -> None:
    assert echo(store, type_, value) == value


@pytest.mark.parametrize(
    "name", [text for text in HOSTILE if text and len(text) < 200], ids=lambda text: ascii(text)[:30]
)
def test_a_node_is_selected_by_its_name_whatever_the_name(account: Account, name: str) -> None:
    account.write([segment(name=name, origin=name), segment(id="c" * 16, name="other")])
    start = int(NOW_S) // 60 * 60 - 60
    rows = account.store.series(account.id, start, start + 120, 60, None, NodeKey(name, name))
    assert [(row.name, row.ok) for row in rows] == [(name, 1)]


def test_a_statement_that_fails_is_an_unavailable_service_and_the_next_is_answered(store: ClickHouseStore) -> None:
    with pytest.raises(ServiceUnavailable):
        store.engine.execute("SELECT * FROM no_such_table")
    with pytest.raises(ServiceUnavailable):
        echo(store, "UInt32", "nonsense")
    assert echo(store, "UInt32", 7) == 7


def test_a_reader_cannot_write(store: ClickHouseStore) -> None:
    with pytest.raises(ServiceUnavailable):
        store.engine.rows(Answer, "TRUNCATE TABLE segments")


# Native blocks


@pytest.fixture(scope="module")
def _scratch(store: ClickHouseStore) -> None:
    whole = [*INTEGERS, "Bool", "Date", "DateTime('UTC')", "String", "FixedString(4)"]
    columns = [f"c{n} {type_}" for n, type_ in enumerate(whole)]
    columns += [f"a{n} Array({type_})" for n, type_ in enumerate(whole)]
    columns += ["low LowCardinality(String)", "lows Array(LowCardinality(String))", "nested Array(Array(UInt64))"]
    store.engine.execute(f"CREATE TABLE scratch (n UInt64, {', '.join(columns)}) ENGINE = MergeTree ORDER BY n")


def column(store: ClickHouseStore, type_: str, values: list[Any], name: str, shown: str = "{}") -> list[Any]:
    """The values as the engine gives them back after a block with just them."""
    store.engine.execute("TRUNCATE TABLE scratch")
    store.engine.insert("scratch", [("n", "UInt64", list(range(len(values)))), (name, type_, values)])
    rows = store.engine.rows(Answer, f"SELECT {shown.format(name)} AS value FROM scratch ORDER BY n")
    return [row.value for row in rows]


@pytest.mark.usefixtures("_scratch")
@pytest.mark.parametrize(("number", "type_"), list(enumerate(INTEGERS)))
def test_integers_come_out_as_they_went_in(store: ClickHouseStore, number: int, type_: str) -> None:
    low, high = INTEGERS[type_]
    values = [low, high - 1, 0, 1, 127]
    assert column(store, type_, values, f"c{number}") == values
    lists = [values, [], values[:1]]
    assert column(store, f"Array({type_})", lists, f"a{number}") == lists


@pytest.mark.usefixtures("_scratch")
def test_truths_days_and_moments_come_out_as_they_went_in(store: ClickHouseStore) -> None:
    assert column(store, "Bool", [True, False], "c5") == [True, False]
    assert column(store, "Array(Bool)", [[True, False], []], "a5") == [[True, False], []]
    assert column(store, "Date", [0, 19_675], "c6") == ["1970-01-01", "2023-11-14"]
    assert column(store, "DateTime", [0, 1_700_000_000], "c7", "toUnixTimestamp({})") == [0, 1_700_000_000]


@pytest.mark.usefixtures("_scratch")
def test_texts_come_out_as_they_went_in(store: ClickHouseStore) -> None:
    texts = [*HOSTILE, "x" * 127, "x" * 128, "x" * 16_384]
    assert column(store, "String", texts, "c8") == texts
    assert column(store, "Array(String)", [texts, [], texts[::-1]], "a8") == [texts, [], texts[::-1]]
    assert column(store, "String", texts, "low") == texts
    assert column(store, "Array(String)", [texts, []], "lows") == [texts, []]


@pytest.mark.usefixtures("_scratch")
def test_bytes_come_out_as_they_went_in(store: ClickHouseStore) -> None:
    parts = [b"", b"\0\xff", b"x" * 200]
    assert column(store, "Bytes", parts, "c8", "hex({})") == [part.hex().upper() for part in parts]
    fixed = [b"\0\0\0\0", b"abcd", b"\xff\xfe\xfd\xfc"]
    assert column(store, "FixedString(4)", fixed, "c9", "hex({})") == [part.hex().upper() for part in fixed]
    nested = [[[1], [], [2, 3]], [], [[]]]
    assert column(store, "Array(Array(UInt64))", nested, "nested") == nested


@pytest.mark.usefixtures("_scratch")
def test_a_block_without_rows_writes_nothing(store: ClickHouseStore) -> None:
    assert column(store, "String", [], "c8") == []


@few
@given(values=st.lists(st.lists(st.text())))
@pytest.mark.usefixtures("_scratch")
def test_any_lists_of_texts_come_out_as_they_went_in(store: ClickHouseStore, values: list[list[str]]) -> None:
    assert column(store, "Array(String)", values, "a8") == values


@pytest.mark.usefixtures("_scratch")
def test_an_insert_that_the_engine_refuses_writes_nothing_and_harms_no_later_one(store: ClickHouseStore) -> None:
    with pytest.raises(ServiceUnavailable):
        store.engine.insert("scratch", [("no_such_column", "UInt64", [1])])
    assert column(store, "UInt64", [1], "c3") == [1]


def test_questions_that_hold_every_connection_keep_no_write_and_no_count_waiting(account: Account) -> None:
    engine = account.store.engine
    account.clock.now = max(account.clock.now, NOW_S + 7_200.0)
    with ExitStack() as asking:
        for _ in range(engine._readers.qsize()):
            asking.enter_context(engine._borrow(engine._readers))
        assert engine._readers.empty()
        meanwhile = Thread(target=lambda: (account.write([segment()]), account.count()), daemon=True)
        meanwhile.start()
        meanwhile.join(30)
        assert not meanwhile.is_alive()
    rows = account.store.graph(account.id, int(NOW_S) - 600, int(NOW_S) + 600)
    assert [row.ok for row in rows if row.kind == 1] == [1]
