"""Cross-account reading by link, through boto3 as it is: docs/cross-account.md, step by step, and what must not be."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from radiograph.model.sharing import Sink
from radiograph.storage.documents import SettingsDatabase
from tests.conftest import eventually
from tests.e2e.accounts import FOURTH, MONITOR, REGION, SOURCE, THIRD, TRACES, Accounts, lets, policy
from tests.e2e.documents import segment, subsegment


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Accounts]:
    made = Accounts(tmp_path_factory.mktemp("accounts") / "data")
    yield made
    assert made.server.stop() == 0


@pytest.fixture(scope="module")
def sink(accounts: Accounts) -> str:
    """The monitoring account's sink, to which the source may attach."""
    oam = accounts.client("oam", MONITOR)
    made: str = oam.create_sink(Name="everything")["Arn"]
    oam.put_sink_policy(SinkIdentifier=made, Policy=lets(SOURCE))
    return made


@pytest.fixture
def link(accounts: Accounts, sink: str) -> Iterator[str]:
    """A link from the source to the sink."""
    oam = accounts.client("oam", SOURCE)
    made: str = oam.create_link(LabelTemplate="$AccountName", ResourceTypes=TRACES, SinkIdentifier=sink)["Arn"]
    yield made
    oam = accounts.client("oam", SOURCE)  # the server may have another port by now
    oam.delete_link(Identifier=made)


def refusal(ask: Callable[..., object], **members: Any) -> tuple[int, str]:
    with pytest.raises(ClientError) as refused:
        ask(**members)
    told = refused.value.response
    return told["ResponseMetadata"]["HTTPStatusCode"], told["Error"]["Code"]


def test_the_monitoring_account_reads_what_arrives_for_the_source_after_the_link_was_made(
    accounts: Accounts, link: str
) -> None:
    call = subsegment("stock.test", namespace="remote", traced=True)
    shop = segment("shop", subsegments=[call], annotations={"tenant": "one"}, fault=True)
    stock = segment("stock.test", trace_id=shop["trace_id"], parent_id=call["id"])
    own = segment("front")
    accounts.send(SOURCE, shop, stock)
    accounts.send(MONITOR, own)
    accounts.caught_up()
    for account in (SOURCE, MONITOR):
        assert {one["name"] for one in accounts.read(account, shop["trace_id"])} == {"shop", "stock.test"}
    assert {one["aws"]["account_id"] for one in accounts.read(MONITOR, shop["trace_id"])} == {SOURCE}
    found = accounts.summaries(MONITOR)
    assert set(found) == {shop["trace_id"], own["trace_id"]}
    assert {one["AccountId"] for one in found[shop["trace_id"]]["ServiceIds"] if "AccountId" in one} == {SOURCE}
    assert found[shop["trace_id"]]["EntryPoint"]["AccountId"] == SOURCE
    cause = found[shop["trace_id"]]["FaultRootCauses"][0]["Services"][0]
    assert (cause["Name"], cause["AccountId"]) == ("shop", SOURCE)
    assert found[own["trace_id"]]["EntryPoint"]["AccountId"] == MONITOR
    assert set(accounts.summaries(MONITOR, f'service(id(account.id: "{SOURCE}"))')) == {shop["trace_id"]}
    assert set(accounts.summaries(MONITOR, f'service(id(account.id: "{MONITOR}"))')) == {own["trace_id"]}
    assert set(accounts.summaries(SOURCE)) == {shop["trace_id"]}
    for account in (THIRD, FOURTH):
        assert accounts.summaries(account) == {}
        assert accounts.read(account, shop["trace_id"], own["trace_id"]) == []


def test_maps_and_series_tell_services_of_one_name_apart_by_their_accounts(accounts: Accounts, link: str) -> None:
    call = subsegment("pay.test", namespace="remote", traced=True)
    front = segment("same", subsegments=[call])
    theirs = segment("same", trace_id=front["trace_id"], parent_id=call["id"], fault=True)
    accounts.send(MONITOR, front)
    accounts.send(SOURCE, theirs)
    accounts.caught_up()
    xray, now = accounts.client("xray", MONITOR), time.time()
    window = {"StartTime": now - 600, "EndTime": now + 60}
    for services in (
        xray.get_service_graph(**window)["Services"],
        xray.get_trace_graph(TraceIds=[front["trace_id"]])["Services"],
    ):
        same = {one["AccountId"]: one for one in services if one["Name"] == "same" and one.get("Type") != "client"}
        assert set(same) == {MONITOR, SOURCE}
        assert same[SOURCE]["SummaryStatistics"]["FaultStatistics"]["TotalCount"] == 1
        assert same[MONITOR]["SummaryStatistics"]["FaultStatistics"]["TotalCount"] == 0
        assert [one["ReferenceId"] for one in same[MONITOR]["Edges"]] == [same[SOURCE]["ReferenceId"]]
    for account, faults in ((SOURCE, 1), (MONITOR, 0)):
        series = xray.get_time_series_service_statistics(
            **window, EntitySelectorExpression=f'id(name: "same", account.id: "{account}")'
        )["TimeSeriesServiceStatistics"]
        told = [one["ServiceSummaryStatistics"]["FaultStatistics"]["TotalCount"] for one in series]
        assert sum(told) == faults
        assert sum(one["ServiceSummaryStatistics"]["TotalCount"] for one in series) == 1


def test_a_group_of_the_monitoring_account_matches_what_is_shared(accounts: Accounts, link: str) -> None:
    xray = accounts.client("xray", MONITOR)
    xray.create_group(GroupName="theirs", FilterExpression=f'service(id(name: "grouped", account.id: "{SOURCE}"))')
    shared = segment("grouped")
    accounts.send(SOURCE, shared)
    accounts.send(MONITOR, segment("grouped"))
    accounts.caught_up()
    assert set(accounts.summaries(MONITOR, 'group.name = "theirs"')) == {shared["trace_id"]}
    now = time.time()
    found = xray.get_service_graph(StartTime=now - 600, EndTime=now + 60, GroupName="theirs")["Services"]
    assert {one["AccountId"] for one in found if one["Name"] == "grouped" and "AccountId" in one} == {SOURCE}


def test_nothing_is_shared_before_the_link_or_after_it(accounts: Accounts, sink: str) -> None:
    oam = accounts.client("oam", SOURCE)
    before, during, without, after = (segment("turn") for _ in range(4))
    accounts.send(SOURCE, before)
    link = oam.create_link(LabelTemplate="x", ResourceTypes=TRACES, SinkIdentifier=sink)["Arn"]
    accounts.send(SOURCE, during)
    accounts.client("oam", MONITOR).put_sink_policy(
        SinkIdentifier=sink, Policy=policy(json.loads(lets(SOURCE))["Statement"][0] | {"Condition": {}})
    )
    oam.update_link(Identifier=link, ResourceTypes=["AWS::CloudWatch::Metric"])
    accounts.send(SOURCE, without)
    oam.delete_link(Identifier=link)
    accounts.client("oam", MONITOR).put_sink_policy(SinkIdentifier=sink, Policy=lets(SOURCE))
    accounts.send(SOURCE, after)
    accounts.caught_up()
    ids = [one["trace_id"] for one in (before, during, without, after)]
    assert {one["trace_id"] for one in accounts.read(SOURCE, *ids)} == set(ids)
    assert {one["trace_id"] for one in accounts.read(MONITOR, *ids)} == {during["trace_id"]}


def test_what_a_monitoring_account_has_of_others_is_not_shared_with_those_that_monitor_it(
    accounts: Accounts, link: str
) -> None:
    third, monitor = accounts.client("oam", THIRD), accounts.client("oam", MONITOR)
    above = third.create_sink(Name="above")["Arn"]
    third.put_sink_policy(SinkIdentifier=above, Policy=lets(MONITOR))
    onward = monitor.create_link(LabelTemplate="x", ResourceTypes=TRACES, SinkIdentifier=above)["Arn"]
    theirs, own = segment("chained"), segment("own")
    accounts.send(SOURCE, theirs)
    accounts.send(MONITOR, own)
    accounts.caught_up()
    assert {one["name"] for one in accounts.read(MONITOR, theirs["trace_id"], own["trace_id"])} == {"chained", "own"}
    assert {one["name"] for one in accounts.read(THIRD, theirs["trace_id"], own["trace_id"])} == {"own"}
    monitor.delete_link(Identifier=onward)
    third.delete_sink(Identifier=above)


def test_copies_are_sealed_with_the_monitoring_account_s_key(accounts: Accounts, link: str) -> None:
    kms, xray = accounts.client("kms", MONITOR), accounts.client("xray", MONITOR)
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    xray.put_encryption_config(Type="KMS", KeyId=key)
    sealed, meanwhile = segment("sealed"), segment("meanwhile")
    ids = (sealed["trace_id"], meanwhile["trace_id"])
    accounts.send(SOURCE, sealed)
    accounts.caught_up()
    assert [one["name"] for one in accounts.read(MONITOR, *ids)] == ["sealed"]
    kms.disable_key(KeyId=key)
    accounts.send(SOURCE, meanwhile)
    accounts.caught_up()
    assert accounts.read(MONITOR, *ids) == []
    assert {one["name"] for one in accounts.read(SOURCE, *ids)} == {"sealed", "meanwhile"}
    kms.enable_key(KeyId=key)
    assert {one["name"] for one in accounts.read(MONITOR, *ids)} == {"sealed", "meanwhile"}
    xray.put_encryption_config(Type="NONE")


# Who may


def test_a_sink_lets_in_whom_its_policy_names_for_the_types_it_names(accounts: Accounts, sink: str) -> None:
    denied = (403, "AccessDeniedException")
    asked = {"LabelTemplate": "x", "ResourceTypes": TRACES, "SinkIdentifier": sink}
    assert refusal(accounts.client("oam", THIRD).create_link, **asked) == denied
    source = accounts.client("oam", SOURCE)
    more = asked | {"ResourceTypes": [*TRACES, "AWS::Logs::LogGroup"]}
    assert refusal(source.create_link, **more) == denied
    nowhere = asked | {"SinkIdentifier": f"{sink[:-4]}0000"}
    assert refusal(source.create_link, **nowhere) == denied
    monitor = accounts.client("oam", MONITOR)
    organisation = {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1234567890"}}, "Principal": "*"}
    monitor.put_sink_policy(SinkIdentifier=sink, Policy=lets(THIRD, **organisation))
    assert refusal(source.create_link, **asked) == denied
    monitor.put_sink_policy(SinkIdentifier=sink, Policy=lets(SOURCE))
    assert refusal(monitor.create_link, **asked)[0] in (400, 403)


@pytest.mark.parametrize(
    ("allowed", "may"),
    [
        (("oam:CreateLink", "xray:Link"), True),
        (("oam:CreateLink",), False),
        (("xray:Link",), False),
        (("xray:*",), False),
        (("oam:*", "xray:*"), True),
    ],
)
def test_who_links_needs_leave_to_link_and_to_share_traces(
    accounts: Accounts, sink: str, allowed: tuple[str, ...], may: bool
) -> None:
    name = f"links-{'-'.join(allowed)}".replace(":", "-").replace("*", "any")
    key = accounts.user(SOURCE, name, {"Effect": "Allow", "Action": list(allowed), "Resource": "*"})
    asked = {"LabelTemplate": "x", "ResourceTypes": TRACES, "SinkIdentifier": sink}
    oam = accounts.as_("oam", key)
    if may:
        made = oam.create_link(**asked)["Arn"]
        accounts.client("oam", SOURCE).delete_link(Identifier=made)
    else:
        assert refusal(oam.create_link, **asked) == (403, "AccessDeniedException")


def test_aws_s_own_policies_let_do_what_they_are_for(accounts: Accounts, sink: str) -> None:
    sharing = accounts.as_("oam", accounts.user(SOURCE, "sharer", managed="AWSXrayCrossAccountSharingConfiguration"))
    link = sharing.create_link(LabelTemplate="x", ResourceTypes=TRACES, SinkIdentifier=sink, Tags={"a": "b"})["Arn"]
    assert [one["Arn"] for one in sharing.list_links()["Items"]] == [link]
    sharing.update_link(Identifier=link, ResourceTypes=TRACES)
    sharing.get_link(Identifier=link)
    assert refusal(sharing.create_sink, Name="x") == (403, "AccessDeniedException")
    reader = accounts.as_("oam", accounts.user(MONITOR, "reader", managed="AWSXrayReadOnlyAccess"))
    assert [one["Arn"] for one in reader.list_sinks()["Items"]] == [sink]
    assert [one["LinkArn"] for one in reader.list_attached_links(SinkIdentifier=sink)["Items"]] == [link]
    assert refusal(reader.get_sink_policy, SinkIdentifier=sink) == (403, "AccessDeniedException")
    sharing.delete_link(Identifier=link)


def test_nobody_does_anything_to_another_account_s_sinks_and_links(accounts: Accounts, sink: str, link: str) -> None:
    denied = (403, "AccessDeniedException")
    for account, named in ((THIRD, sink), (SOURCE, sink)):
        oam = accounts.client("oam", account)
        assert refusal(oam.get_sink, Identifier=named) == denied
        assert refusal(oam.delete_sink, Identifier=named) == denied
        assert refusal(oam.get_sink_policy, SinkIdentifier=named) == denied
        assert refusal(oam.put_sink_policy, SinkIdentifier=named, Policy=lets(account)) == denied
        assert refusal(oam.list_attached_links, SinkIdentifier=named) == denied
        assert refusal(oam.tag_resource, ResourceArn=named, Tags={"a": "b"}) == denied
        assert refusal(oam.list_tags_for_resource, ResourceArn=named) == denied
    for account in (THIRD, MONITOR):
        oam = accounts.client("oam", account)
        assert refusal(oam.get_link, Identifier=link) == denied
        assert refusal(oam.delete_link, Identifier=link) == denied
        assert refusal(oam.update_link, Identifier=link, ResourceTypes=TRACES) == denied
        assert refusal(oam.untag_resource, ResourceArn=link, TagKeys=["a"]) == denied
    assert accounts.client("oam", THIRD).list_links()["Items"] == []
    assert accounts.client("oam", SOURCE).list_sinks()["Items"] == []


def test_policies_see_the_tags_of_sinks_and_links(accounts: Accounts, sink: str) -> None:
    monitor = accounts.client("oam", MONITOR)
    tagged = {"StringEquals": {"aws:ResourceTag/team": "ops"}}
    key = accounts.user(MONITOR, "ops", {"Effect": "Allow", "Action": "oam:*", "Resource": "*", "Condition": tagged})
    oam = accounts.as_("oam", key)
    assert refusal(oam.get_sink, Identifier=sink) == (403, "AccessDeniedException")
    monitor.tag_resource(ResourceArn=sink, Tags={"team": "ops", "other": "x"})
    assert oam.get_sink(Identifier=sink, IncludeTags=True)["Tags"] == {"team": "ops", "other": "x"}
    monitor.untag_resource(ResourceArn=sink, TagKeys=["team", "nothing"])
    assert monitor.list_tags_for_resource(ResourceArn=sink)["Tags"] == {"other": "x"}
    assert refusal(oam.list_tags_for_resource, ResourceArn=sink) == (403, "AccessDeniedException")


# What is told


def test_a_link_tells_what_it_was_made_with_and_its_label_resolved(accounts: Accounts, sink: str) -> None:
    accounts.client("iam", SOURCE).create_account_alias(AccountAlias="the-shop")
    oam = accounts.client("oam", SOURCE)
    made = oam.create_link(
        LabelTemplate="$AccountName of $AccountEmailNoDomain ($AccountEmail)",
        ResourceTypes=TRACES,
        SinkIdentifier=sink,
        LinkConfiguration={"LogGroupConfiguration": {"Filter": "LogGroupName LIKE 'aws/%'"}},
        Tags={"k": "v"},
    )
    assert made["Label"] == f"the-shop of {SOURCE} ({SOURCE})"
    assert made["LabelTemplate"] == "$AccountName of $AccountEmailNoDomain ($AccountEmail)"
    assert made["Arn"] == f"arn:aws:oam:{REGION}:{SOURCE}:link/{made['Id']}"
    assert (made["SinkArn"], made["ResourceTypes"], made["Tags"]) == (sink, TRACES, {"k": "v"})
    told = oam.get_link(Identifier=made["Arn"])
    assert "Tags" not in told
    assert told["LinkConfiguration"] == {"LogGroupConfiguration": {"Filter": "LogGroupName LIKE 'aws/%'"}}
    cleared = {"LogGroupConfiguration": {"Filter": "*"}, "MetricConfiguration": {"Filter": "Namespace = 'a'"}}
    told = oam.update_link(Identifier=made["Arn"], ResourceTypes=TRACES, LinkConfiguration=cleared)
    assert told["LinkConfiguration"] == {"MetricConfiguration": {"Filter": "Namespace = 'a'"}}
    asked = {"LabelTemplate": "x", "ResourceTypes": TRACES, "SinkIdentifier": sink}
    assert refusal(oam.create_link, **asked) == (409, "ConflictException")
    monitor = accounts.client("oam", MONITOR)
    assert refusal(monitor.delete_sink, Identifier=sink) == (409, "ConflictException")
    assert refusal(monitor.create_sink, Name="second") == (409, "ConflictException")
    (attached,) = monitor.list_attached_links(SinkIdentifier=sink)["Items"]
    assert attached == {"Label": made["Label"], "LinkArn": made["Arn"], "ResourceTypes": TRACES}
    oam.delete_link(Identifier=made["Arn"])
    assert refusal(oam.get_link, Identifier=made["Arn"]) == (404, "ResourceNotFoundException")


def test_changes_are_in_the_audit_with_aws_s_names(accounts: Accounts, link: str) -> None:
    trail = accounts.client("cloudtrail", SOURCE)
    asked = [{"AttributeKey": "EventName", "AttributeValue": "CreateLink"}]

    def told() -> Any:
        return [one for one in trail.lookup_events(LookupAttributes=asked)["Events"] if link in one["CloudTrailEvent"]]

    (event,) = eventually(told)  # type: ignore[misc]
    record = json.loads(event["CloudTrailEvent"])
    assert (event["EventSource"], record["readOnly"]) == ("oam.amazonaws.com", False)
    assert record["requestParameters"]["resourceTypes"] == TRACES
    assert {one["ResourceType"] for one in event["Resources"]} == {"AWS::Oam::Sink", "AWS::Oam::Link"}


# What is not accepted


def test_errors_are_aws_s(accounts: Accounts, sink: str, link: str) -> None:
    monitor, source = accounts.client("oam", MONITOR), accounts.client("oam", SOURCE)
    invalid, absent = (400, "InvalidParameterException"), (404, "ResourceNotFoundException")
    nowhere = sink.rpartition("/")[0] + "/0"
    assert refusal(monitor.get_sink, Identifier=nowhere) == absent
    assert refusal(monitor.get_sink, Identifier="everything") == invalid
    assert refusal(monitor.get_sink, Identifier=link.replace(SOURCE, MONITOR)) == invalid
    assert refusal(monitor.put_sink_policy, SinkIdentifier=sink, Policy="{}") == invalid
    assert refusal(monitor.put_sink_policy, SinkIdentifier=sink, Policy="x" * 30_000) == invalid
    assert refusal(monitor.list_sinks, NextToken="no token of ours") == invalid
    assert refusal(source.update_link, Identifier=link, ResourceTypes=[*TRACES, *TRACES]) == invalid
    assert refusal(source.update_link, Identifier=link, ResourceTypes=["AWS::S3::Bucket"]) == invalid
    assert refusal(monitor.tag_resource, ResourceArn=nowhere, Tags={"a": "b"}) == absent
    assert refusal(monitor.tag_resource, ResourceArn=sink, Tags={"aws:a": "b"}) == (400, "ValidationException")
    monitor.untag_resource(
        ResourceArn=sink, TagKeys=list(monitor.list_tags_for_resource(ResourceArn=sink)["Tags"]) or ["k"]
    )
    many = {f"k{n}": "" for n in range(50)}
    monitor.tag_resource(ResourceArn=sink, Tags=many)
    assert refusal(monitor.tag_resource, ResourceArn=sink, Tags={"more": ""})[1] == "TooManyTagsException"
    monitor.untag_resource(ResourceArn=sink, TagKeys=list(many))


def test_an_account_has_five_links_at_most_and_pages_hold_each_once(accounts: Accounts) -> None:
    """Sinks are made where they are kept: five accounts more would take five administrators."""
    settings, sinks = SettingsDatabase(accounts.data / "settings.sqlite3"), []
    with settings.sharing.change() as kept:
        for number in range(6):
            account = f"55555555555{number}"
            sinks.append(f"arn:aws:oam:{REGION}:{account}:sink/one")
            kept.put_sink(Sink(sinks[-1], account, "one", 0.0, lets(FOURTH)))
    settings.close()
    oam = accounts.client("oam", FOURTH)
    made = [oam.create_link(LabelTemplate="x", ResourceTypes=TRACES, SinkIdentifier=one)["Arn"] for one in sinks[:5]]
    asked = {"LabelTemplate": "x", "ResourceTypes": TRACES, "SinkIdentifier": sinks[5]}
    assert refusal(oam.create_link, **asked) == (429, "ServiceQuotaExceededException")
    pages = oam.get_paginator("list_links").paginate(PaginationConfig={"PageSize": 2})
    assert sorted(one["Arn"] for page in pages for one in page["Items"]) == sorted(made)
    for one in made:
        oam.delete_link(Identifier=one)


# Crashes


def test_killed_while_it_is_applying_every_account_has_every_document_once(accounts: Accounts, link: str) -> None:
    ids = []
    for _ in range(2):
        documents = [segment("crash") for _ in range(40)]
        ids += [one["trace_id"] for one in documents]
        accounts.send(SOURCE, *documents)
        accounts.server.stop(signal.SIGKILL)
        accounts.server = accounts.start()
    accounts.caught_up()
    for account in (SOURCE, MONITOR):
        told = [one for first in range(0, len(ids), 100) for one in accounts.read(account, *ids[first : first + 100])]
        assert sorted(one["trace_id"] for one in told) == sorted(ids)
    now = time.time()
    services = accounts.client("xray", MONITOR).get_service_graph(StartTime=now - 900, EndTime=now + 60)["Services"]
    (crash,) = (one for one in services if one["Name"] == "crash" and one.get("Type") != "client")
    assert crash["SummaryStatistics"]["TotalCount"] == len(ids)
