"""What clients report of their sampling, and what they are told to keep."""

from __future__ import annotations

import pytest
from msgspec import structs

from radiograph.api.targets import SamplingTargets
from tests.api.desk import NOW, Desk
from tests.api.test_sampling_rules import BOOST, INVALID, made, report, targets, updated


def test_a_new_rule_has_targets_at_once(desk: Desk) -> None:
    made(desk)
    answer = targets(desk, report(), report("none"), report("Default", Timestamp=NOW - 301))
    (target,) = answer["SamplingTargetDocuments"]
    assert (target["RuleName"], target["FixedRate"], target["ReservoirQuota"]) == ("base", 0.1, 5)
    assert "SamplingBoost" not in target
    assert [one["RuleName"] for one in answer["UnprocessedStatistics"]] == ["none", "Default"]


def test_reports_are_summed_by_rule_and_ten_seconds_of_their_own_clocks(desk: Desk) -> None:
    made(desk)
    targets(desk, report(), report(Timestamp=NOW + 9.9), report("Default", BorrowCount=None), report("none"))
    desk.passes(20)
    targets(desk, report(Timestamp=NOW + 10, SampledCount=1, BorrowCount=2))
    summaries = desk.ask("/SamplingStatisticSummaries")["SamplingStatisticSummaries"]
    told = [tuple(one.values()) for one in summaries]
    assert list(summaries[0]) == ["RuleName", "Timestamp", "RequestCount", "BorrowCount", "SampledCount"]
    assert told == [
        ("Default", NOW, 110, 0, 20),
        ("base", NOW, 220, 20, 40),
        ("base", NOW + 10, 110, 2, 1),
    ]


def test_nothing_reported_is_an_empty_list_that_is_there(desk: Desk) -> None:
    assert desk.ask("/SamplingStatisticSummaries") == {"SamplingStatisticSummaries": []}
    assert desk.refused("/SamplingStatisticSummaries", NextToken="nonsense")[0] == INVALID


def test_summaries_of_three_hours_are_kept_and_come_in_pages(desk: Desk) -> None:
    for n in range(2000):
        desk.now = NOW + 10 * n
        targets(desk, report("Default", Timestamp=desk.now))
    found, token, sizes = [], None, []
    while not sizes or token is not None:
        page = desk.ask("/SamplingStatisticSummaries", **({"NextToken": token} if token else {}))
        found += [one["Timestamp"] for one in page["SamplingStatisticSummaries"]]
        sizes.append(len(page["SamplingStatisticSummaries"]))
        token = page.get("NextToken")
    assert sizes == [1000, 80]
    assert found == [NOW + 10 * n for n in range(2000 - 1080, 2000)]


def test_who_reports_no_request_only_looks(desk: Desk) -> None:
    made(desk)
    look = report(ClientID="0" * 24, RequestCount=0, SampledCount=0, BorrowCount=0)
    (target,) = targets(desk, look)["SamplingTargetDocuments"]
    assert (target["FixedRate"], target["ReservoirQuota"]) == (0.1, 0)
    (target,) = targets(desk, report())["SamplingTargetDocuments"]
    assert target["ReservoirQuota"] == 5
    assert [one["RequestCount"] for one in desk.ask("/SamplingStatisticSummaries")["SamplingStatisticSummaries"]] == [
        110
    ]


def test_clients_share_the_reservoir_of_a_rule(desk: Desk) -> None:
    made(desk, ReservoirSize=6)
    busy, calm = report(RequestCount=200), report(RequestCount=100, ClientID="f" * 24)
    for _ in range(3):
        quotas = []
        for said in (busy, calm):
            desk.passes(5)
            (target,) = targets(desk, said | {"Timestamp": desk.now})["SamplingTargetDocuments"]
            quotas.append(target["ReservoirQuota"])
    assert quotas == [4, 2]
    assert (target["Interval"], target["ReservoirQuotaTTL"]) == (10, desk.now + 300)


@pytest.mark.parametrize(
    ("ago", "quotas"), [(60, [None, 5]), (355, [None, 5]), (400, [5, 5])], ids=["a minute", "less than six", "more"]
)
def test_a_server_that_is_back_lets_clients_keep_for_one_interval_what_they_may_still_have(
    desk: Desk, ago: float, quotas: list[int | None]
) -> None:
    made(desk)
    targets(desk, report())
    desk.passes(ago)
    desk.context = structs.replace(desk.context, targets=SamplingTargets())
    found = []
    for _ in range(2):
        (target,) = targets(desk, report(Timestamp=desk.now))["SamplingTargetDocuments"]
        assert target["FixedRate"] == 0.1
        assert ("ReservoirQuota" in target) == ("ReservoirQuotaTTL" in target)
        found.append(target.get("ReservoirQuota"))
        desk.passes(11)
    assert found == quotas


def test_quirks_of_the_aws_distribution_of_opentelemetry_are_taken(desk: Desk) -> None:
    made(desk, SamplingRateBoost=BOOST)
    said = report(Timestamp=NOW + 0.123456, SampleCount=20)
    del said["SampledCount"]
    boost = {"RuleName": "base", "ServiceName": "checkout", "Timestamp": NOW + 0.5, "ClientID": "f" * 24}
    counts = {"AnomalyCount": 4, "TotalCount": 110, "SampledAnomalyCount": 0}
    answer = targets(desk, said, boosts=[boost | counts])
    assert answer["UnprocessedStatistics"] == answer["UnprocessedBoostStatistics"] == []
    (target,) = answer["SamplingTargetDocuments"]
    assert target["SamplingBoost"]["BoostRate"] == 0.5
    (summary,) = desk.ask("/SamplingStatisticSummaries")["SamplingStatisticSummaries"]
    assert summary["SampledCount"] == 20
    assert targets(desk, boosts=[boost | counts])["SamplingTargetDocuments"] == []


def test_more_borrowed_than_sampled_is_legal(desk: Desk) -> None:
    answer = targets(desk, report("Default", RequestCount=10, SampledCount=1, BorrowCount=9))
    assert answer["UnprocessedStatistics"] == []


def test_a_rule_that_was_deleted_and_made_anew_begins_anew(desk: Desk) -> None:
    made(desk)
    targets(desk, report())
    desk.ask("/DeleteSamplingRule", RuleName="base")
    assert [one["RuleName"] for one in targets(desk, report())["UnprocessedStatistics"]] == ["base"]
    made(desk, ReservoirSize=7)
    desk.passes(1)
    (target,) = targets(desk, report(ClientID="f" * 24, Timestamp=desk.now))["SamplingTargetDocuments"]
    assert target["ReservoirQuota"] == 7


def test_a_change_to_a_rule_is_in_the_next_target(desk: Desk) -> None:
    made(desk)
    targets(desk, report())
    desk.passes(10)
    updated(desk, FixedRate=0.7, ReservoirSize=2)
    (target,) = targets(desk, report(Timestamp=desk.now))["SamplingTargetDocuments"]
    assert (target["FixedRate"], target["ReservoirQuota"]) == (0.7, 2)


def test_a_rule_with_a_boost_gets_it_when_something_went_wrong(desk: Desk) -> None:
    made(desk, SamplingRateBoost=BOOST)
    anomalies = {"RuleName": "base", "ServiceName": "checkout", "Timestamp": NOW}
    wrong = anomalies | {"AnomalyCount": 4, "TotalCount": 110, "SampledAnomalyCount": 0}
    boosts = [wrong, wrong | {"RuleName": "Default"}, wrong | {"RuleName": "none"}, wrong | {"Timestamp": NOW - 600}]
    answer = targets(desk, report(), boosts=boosts)
    assert [one["RuleName"] for one in answer["UnprocessedBoostStatistics"]] == ["Default", "none", "base"]
    (target,) = answer["SamplingTargetDocuments"]
    assert target["SamplingBoost"] == {"BoostRate": 0.5, "BoostRateTTL": NOW + 60}
    desk.passes(60)
    (target,) = targets(desk, report())["SamplingTargetDocuments"]
    assert "SamplingBoost" not in target
