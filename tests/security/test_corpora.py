"""Hostile texts in every place that takes one, and bodies that are more than they seem."""

from __future__ import annotations

import gzip
import json
import os
import time
import urllib.error
import urllib.request
import zlib
from typing import Any

import pytest
import zstandard

from radiograph.auth.policy.patterns import matcher, wild_parts
from radiograph.errors import InvalidRequest
from radiograph.filters import parse
from radiograph.sampling.wildcard import matches
from tests.conftest import RunningServer, eventually
from tests.security.asking import Asker, basic
from tests.security.conftest import People
from tests.security.corpus import GLOBS, HTML, NAUGHTY, SQL

EVERY = os.environ.get("CORPORA") == "every"
"""Each text in every place: 8,700 requests."""
TEXTS = SQL + HTML + NAUGHTY
ENGINE = (b"DB::Exception", b"ClickHouse", b"chdb", b"SELECT ", b"Traceback", b"sqlite3", b"sqlalchemy")


def quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def slots(text: str, now: float) -> list[tuple[str, dict[str, Any]]]:
    """Every place where a caller's text goes to the store."""
    window = {"StartTime": now - 60, "EndTime": now}
    expressions = [
        text,
        f'annotation.key = "{quoted(text)}"',
        f'service("{quoted(text)}")',
        f'annotation["{quoted(text)}"] = 1',
    ]
    return [
        *(("/TraceSummaries", {**window, "FilterExpression": one}) for one in expressions),
        ("/Traces", {"TraceIds": [text]}),
        ("/TimeSeriesServiceStatistics", {**window, "EntitySelectorExpression": f'service("{quoted(text)}")'}),
        ("/ServiceGraph", {**window, "GroupName": text}),
        ("/Groups", {"NextToken": text}),
        ("/GetGroup", {"GroupName": text}),
        ("/ListTagsForResource", {"ResourceARN": text}),
        ("/DeleteSamplingRule", {"RuleName": text}),
        ("/ListRetrievedTraces", {"RetrievalToken": text}),
    ]


def test_there_are_as_many_hostile_texts_as_there_have_to_be() -> None:
    assert (len(SQL) >= 200, len(HTML) >= 200, len(GLOBS) >= 1000) == (True, True, True)
    assert len(TEXTS) == len(set(TEXTS))


def test_no_text_reaches_the_engine_as_anything_but_a_value(asker: Asker, people: People) -> None:
    now = time.time()
    for n, text in enumerate(TEXTS if EVERY else TEXTS[::3]):
        every = slots(text, now)
        # In CI a third of the texts, each in one place, and another one than the text before.
        for path, members in every if EVERY else [every[n % len(every)]]:
            answer = asker.ask(path, json.dumps(members).encode(), people.admin)
            assert answer.status in (200, 400, 404), (path, text, answer)
            said = answer.body.replace(json.dumps(text)[1:-1].encode(), b"")
            assert not [one for one in ENGINE if one in said and one.decode() not in text], (path, text, answer.body)


def test_hostile_texts_come_back_as_they_were_sent(asker: Asker, people: People) -> None:
    now = time.time()
    trace = f"1-{int(now):08x}-{'5ec' * 8}"
    document = {"trace_id": trace, "id": "5ec5ec5ec5ec5ec5", "name": "hostile", "start_time": now - 1, "end_time": now}
    document |= {"metadata": {"default": {f"{n}": text for n, text in enumerate(TEXTS) if len(text) < 200}}}
    posted = {"TraceSegmentDocuments": [json.dumps(document)]}
    assert asker.ask("/TraceSegments", json.dumps(posted).encode(), people.admin).body == (
        b'{"UnprocessedTraceSegments":[]}'
    )

    def stored() -> Any:
        answer = asker.ask("/Traces", json.dumps({"TraceIds": [trace]}).encode(), people.admin)
        return json.loads(answer.body)["Traces"]

    [found] = eventually(stored)  # type: ignore[misc]
    assert json.loads(found["Segments"][0]["Document"])["metadata"] == document["metadata"]


def test_no_pattern_takes_for_ever() -> None:
    for pattern, text in GLOBS:
        expected = matches(pattern, text, case_sensitive=True)
        assert matcher(wild_parts(pattern))(text) == expected, (pattern, text)


def bombs() -> dict[str, tuple[str, bytes, dict[str, str]]]:
    """What is small and wants to be large, and what is deep."""
    found: dict[str, tuple[str, bytes, dict[str, str]]] = {}
    protobuf, zeros = {"content-type": "application/x-protobuf"}, bytes(64 << 20)
    packed = {
        "gzip": gzip.compress(zeros),
        "gzip of many members": gzip.compress(bytes(1 << 20)) * 64,
        "deflate": zlib.compress(zeros),
        "zstd": zstandard.compress(zeros),
        "gzip in gzip": gzip.compress(gzip.compress(zeros)),
        "gzip with more behind": gzip.compress(zeros) + b"x" * 1000,
        "gzip that breaks off": gzip.compress(zeros)[:-100],
    }
    for name, body in packed.items():
        coding = "gzip" if "gzip" in name else name
        for path in ("/v1/traces", "/api/v2/spans"):
            kind = protobuf if path == "/v1/traces" else {"content-type": "application/json"}
            found[f"{name} to {path}"] = (path, body, {**kind, "content-encoding": coding})
    deep = {
        "lists": b"[" * 100_000,
        "closed lists": b"[" * 20_000 + b"]" * 20_000,
        "objects": b'{"a":' * 100_000,
        "a long key": b'{"' + b"x" * 4_000_000 + b'":1}',
        "a huge number": b'{"TraceIds":' + b"9" * 1_000_000 + b"}",
        "a huge exponent": b'{"StartTime":1e' + b"9" * 100_000 + b',"EndTime":1}',
        "many keys": b"{" + b",".join(b'"%d":1' % n for n in range(300_000)) + b"}",
        "many of one key": b"{" + b",".join([b'"TraceIds":[]'] * 200_000) + b"}",
        "escapes": b'{"NextToken":"' + b"\\u0000" * 500_000 + b'"}',
    }
    for name, body in deep.items():
        for path in ("/Traces", "/TraceSummaries"):
            found[f"{name} to {path}"] = (path, body, {})
    return found


BOMBS = bombs()


def test_there_are_as_many_bombs_as_there_have_to_be() -> None:
    assert len(BOMBS) >= 30


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused(guarded: RunningServer, people: People, name: str) -> None:
    path, body, headers = BOMBS[name]
    request = urllib.request.Request(guarded.url + path, body, headers | basic(people.admin))
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            status = answer.status
    except urllib.error.HTTPError as error:
        status = error.code
    # What is only long and means nothing is ignored, as unknown members are.
    harmless = name.startswith(("a long key", "many", "escapes"))
    assert status in ((200, 400, 413) if harmless else (400, 413)), status


def test_no_expression_nests_for_ever() -> None:
    for opening in ("(", "!", "NOT ", '!("', "service() { ", "((("):
        for times in (100, 1000, 20_000):
            with pytest.raises(InvalidRequest):
                parse(opening * times)
