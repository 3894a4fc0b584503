"""The spelling of names, and moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from radiograph.model import Http, PutTraceSegmentsResult, Service, TraceSummary, epoch
from radiograph.model.base import rename


@pytest.mark.parametrize(
    ("attribute", "member"),
    [
        ("trace_ids", "TraceIds"),
        ("id", "Id"),
        ("http_url", "HttpURL"),
        ("resource_arns", "ResourceARNs"),
        ("ec2_instance_id", "EC2InstanceId"),
        ("client_id", "ClientID"),
        ("http_code_4xx_count", "HTTPCode4XXCount"),
        ("reservoir_quota_ttl", "ReservoirQuotaTTL"),
        ("url_path", "URLPath"),
    ],
)
def test_an_attribute_is_renamed_as_aws_spells_it(attribute: str, member: str) -> None:
    assert rename(attribute) == member


@pytest.mark.parametrize(
    "moment",
    [
        1_500_000_000,
        1.5e9,
        datetime(2017, 7, 14, 2, 40),
        datetime(2017, 7, 14, 2, 40, tzinfo=UTC),
        datetime(2017, 7, 14, 4, 40, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_a_moment_is_seconds_since_the_epoch_and_utc_unless_it_says_otherwise(moment: float | datetime) -> None:
    seconds = epoch(moment)
    assert isinstance(seconds, float)
    assert seconds == 1_500_000_000.0


@pytest.mark.parametrize("hours", [23, -23])
@pytest.mark.parametrize("naive", [datetime.min, datetime.max.replace(microsecond=0)])
def test_a_moment_at_the_edge_of_the_calendar_can_be_made_a_datetime_again(naive: datetime, hours: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert abs(datetime.fromtimestamp(epoch(moment), UTC) - moment) <= timedelta(days=1)


def test_a_summary_writes_its_lists_and_flags_even_when_they_are_empty() -> None:
    written = msgspec.json.decode(msgspec.json.encode(TraceSummary(id="1-5759e988-bd862e3fe1be46a994272793")))
    assert written["Http"] == {}
    assert written["Annotations"] == {}
    assert written["Users"] == []
    assert written["HasFault"] is False
    assert "EntryPoint" not in written


def test_a_node_without_statistics_says_nothing_of_them() -> None:
    written = msgspec.json.decode(msgspec.json.encode(Service(reference_id=0, name="shop", type="client")))
    assert written == {"ReferenceId": 0, "Name": "shop", "Names": [], "Type": "client", "Edges": []}


def test_success_is_an_empty_list_that_is_there() -> None:
    assert msgspec.json.encode(PutTraceSegmentsResult()) == b'{"UnprocessedTraceSegments":[]}'


def test_two_answers_do_not_share_their_lists() -> None:
    assert TraceSummary(id="1").users is not TraceSummary(id="2").users


def test_what_is_unset_is_left_out() -> None:
    assert msgspec.json.encode(Http(http_status=200)) == b'{"HttpStatus":200}'
