"""What SDKs are told about sampling while the service is away; the clock is the test's."""

from __future__ import annotations

import json
from typing import Any

import pytest

from radiograph.daemon.relay.sampling_cache import SamplingCache

NOW_S = 1_790_000_000.0
ALICE, BOB = "A" * 24, "B" * 24


def rules(*named: tuple[str, float], token: str | None = None) -> bytes:
    records = [{"SamplingRule": {"RuleName": name, "FixedRate": rate}, "CreatedAt": 0.0} for name, rate in named]
    return json.dumps({"SamplingRuleRecords": records} | ({"NextToken": token} if token else {})).encode()


def asking(client: str, *names: str) -> bytes:
    documents = [{"RuleName": name, "ClientID": client, "Timestamp": NOW_S, "RequestCount": 1} for name in names]
    return json.dumps({"SamplingStatisticsDocuments": documents, "SamplingBoostStatisticsDocuments": None}).encode()


def told(*targets: dict[str, Any], changed: float = 7.0) -> bytes:
    return json.dumps(
        {"SamplingTargetDocuments": targets, "LastRuleModification": changed, "UnprocessedStatistics": []}
    ).encode()


def target(name: str = "base", **members: Any) -> dict[str, Any]:
    return {
        "RuleName": name,
        "FixedRate": 0.1,
        "ReservoirQuota": 5,
        "ReservoirQuotaTTL": NOW_S + 300,
        "Interval": 10,
    } | members


def answer(cache: SamplingCache, request: bytes, now: float = NOW_S + 100) -> dict[str, Any]:
    found = cache.targets(request, now)
    assert found is not None
    return json.loads(found)


@pytest.mark.parametrize("request_", [b"", b"{}", b'{"NextToken":null}'])
def test_rules_are_told_again_as_they_were(request_: bytes) -> None:
    cache = SamplingCache()
    assert cache.rules(request_) is None
    answered = rules(("Default", 0.05), ("base", 0.1))
    cache.note_rules(b"{}", answered)
    assert cache.rules(request_) == answered


def test_pages_of_rules_are_told_each_to_its_token() -> None:
    cache = SamplingCache()
    first, second = rules(("a", 0.1), token="t"), rules(("b", 0.2))
    cache.note_rules(b"", first)
    cache.note_rules(b'{"NextToken":"t"}', second)
    assert cache.rules(b"{}") == first
    assert cache.rules(b'{"NextToken":"t"}') == second
    assert cache.rules(b'{"NextToken":"other"}') is None


@pytest.mark.parametrize("broken", [b"", b"<html>", b"[]", b'{"SamplingRuleRecords":3}'])
def test_what_is_no_answer_is_not_kept(broken: bytes) -> None:
    cache = SamplingCache()
    cache.note_rules(b"{}", broken)
    cache.note_targets(asking(ALICE, "base"), broken)
    assert cache.rules(b"{}") is None
    assert cache.targets(asking(ALICE, "base"), NOW_S) is None


def test_a_client_keeps_its_quota_until_it_expires_and_then_only_the_rate() -> None:
    cache = SamplingCache()
    cache.note_targets(asking(ALICE, "base"), told(target()))
    assert answer(cache, asking(ALICE, "base")) == {
        "SamplingTargetDocuments": [target()],
        "LastRuleModification": 7.0,
        "UnprocessedStatistics": [],
        "UnprocessedBoostStatistics": [],
    }
    late = answer(cache, asking(ALICE, "base"), NOW_S + 300)
    assert late["SamplingTargetDocuments"] == [{"RuleName": "base", "FixedRate": 0.1, "Interval": 10}]


def test_no_other_client_gets_that_quota() -> None:
    cache = SamplingCache()
    cache.note_targets(asking(ALICE, "base"), told(target()))
    assert answer(cache, asking(BOB, "base"))["SamplingTargetDocuments"] == [{"RuleName": "base", "FixedRate": 0.1}]


def test_before_any_target_the_rules_tell_the_rate() -> None:
    cache = SamplingCache()
    cache.note_rules(b"", rules(("base", 0.3)))
    found = answer(cache, asking(ALICE, "base", "gone"))
    assert found["SamplingTargetDocuments"] == [{"RuleName": "base", "FixedRate": 0.3}]
    assert [one["RuleName"] for one in found["UnprocessedStatistics"]] == ["gone"]
    assert found["LastRuleModification"] == 0.0, "nobody is to ask for the rules because of this"


def test_newer_rules_tell_the_rate_of_a_known_target() -> None:
    cache = SamplingCache()
    cache.note_targets(asking(ALICE, "base"), told(target()))
    cache.note_rules(b"", rules(("base", 0.9)))
    (found,) = answer(cache, asking(ALICE, "base"))["SamplingTargetDocuments"]
    assert (found["FixedRate"], found["ReservoirQuota"]) == (0.9, 5)


def test_a_rule_that_is_deleted_is_not_told_of_any_more() -> None:
    cache = SamplingCache()
    cache.note_targets(asking(ALICE, "base"), told(target()))
    cache.note_rules(b"", rules(("Default", 0.05)))
    found = answer(cache, asking(ALICE, "base"))
    assert found["SamplingTargetDocuments"] == []
    assert found["UnprocessedStatistics"][0]["RuleName"] == "base"


def test_what_a_target_leaves_out_stays_as_it_was() -> None:
    cache = SamplingCache()
    cache.note_targets(asking(ALICE, "base"), told(target()))
    cache.note_targets(asking(ALICE, "base"), told({"RuleName": "base", "FixedRate": 0.2}))
    assert answer(cache, asking(ALICE, "base"))["SamplingTargetDocuments"] == [target(FixedRate=0.2)]


def test_a_boost_ends_when_it_was_meant_to() -> None:
    cache = SamplingCache()
    boost = {"BoostRate": 0.5, "BoostRateTTL": NOW_S + 60}
    cache.note_targets(asking(ALICE, "base"), told(target(SamplingBoost=boost)))
    assert answer(cache, asking(ALICE, "base"), NOW_S + 59)["SamplingTargetDocuments"][0]["SamplingBoost"] == boost
    assert "SamplingBoost" not in answer(cache, asking(ALICE, "base"), NOW_S + 60)["SamplingTargetDocuments"][0]


def test_the_oldest_of_very_many_clients_is_forgotten_first() -> None:
    cache = SamplingCache()
    for n in range(10_001):
        cache.note_targets(asking(f"{n:024x}", "base"), told(target()))
    assert "ReservoirQuota" not in answer(cache, asking(f"{0:024x}", "base"))["SamplingTargetDocuments"][0]
    assert "ReservoirQuota" in answer(cache, asking(f"{1:024x}", "base"))["SamplingTargetDocuments"][0]


@pytest.mark.parametrize("request_", [b"", b"x", b"[]", b'{"SamplingStatisticsDocuments":[{}]}'])
def test_a_request_that_cannot_be_read_is_not_answered_from_memory(request_: bytes) -> None:
    cache = SamplingCache()
    cache.note_rules(b"", rules(("base", 0.3)))
    assert cache.targets(request_, NOW_S) is None
