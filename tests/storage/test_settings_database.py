"""The settings database: its contract, restarts, writers at once, and files of another release."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from radiograph.errors import ServiceUnavailable
from radiograph.model.choices import Destination, Encryption, Indexing
from radiograph.model.groups import Group, InsightsConfiguration
from radiograph.model.policies import ResourcePolicy
from radiograph.model.sampling_rules import SamplingRateBoost, SamplingRule, SamplingRuleRecord
from radiograph.model.tags import Tag
from radiograph.sampling import default_rule
from radiograph.storage.documents import SettingsDatabase
from radiograph.storage.documents.choices import ChoiceRows
from radiograph.storage.documents.database import Database
from radiograph.storage.documents.groups import GroupRows
from radiograph.storage.documents.policies import PolicyRows
from radiograph.storage.documents.rows import AccountRows
from radiograph.storage.documents.rules import RuleRows
from radiograph.storage.documents.tags import TagRows

MINE, OTHER = "111111111111", "222222222222"
Open = Callable[[], SettingsDatabase]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.sqlite3"


@pytest.fixture
def opened(path: Path) -> Iterator[Open]:
    """Open the same file, as often as wanted."""
    databases: list[SettingsDatabase] = []

    def another() -> SettingsDatabase:
        databases.append(SettingsDatabase(path))
        return databases[-1]

    yield another
    for database in databases:
        database.close()


def rule(name: str = "base", priority: int = 7, **members: Any) -> SamplingRuleRecord:
    made = SamplingRule(
        rule_name=name,
        rule_arn=f"arn:{name}",
        resource_arn="r",
        priority=priority,
        fixed_rate=0.25,
        reservoir_size=3,
        service_name="s",
        service_type="t",
        host="h",
        http_method="m",
        url_path="p",
        version=1,
        attributes={},
    )
    return SamplingRuleRecord(sampling_rule=replace(made, **members), created_at=1.5, modified_at=2.5)


def group(name: str, **members: Any) -> Group:
    off = InsightsConfiguration(insights_enabled=False, notifications_enabled=False)
    return Group(**{"group_name": name, "group_arn": f"arn:{name}", "insights_configuration": off} | members)


def policy(name: str, revision: str = "1") -> ResourcePolicy:
    return ResourcePolicy(
        policy_name=name, policy_document='{"é": 1}', policy_revision_id=revision, last_updated_time=1.25
    )


# The contract


def test_an_account_has_nothing_until_it_is_given_something(opened: Open) -> None:
    with opened().read(MINE) as kept:
        assert kept.rules.all() == kept.groups.all() == kept.policies.all() == kept.tags.of("x") == []
        assert kept.rules.named("x") is kept.groups.named("x") is kept.policies.named("x") is None
        assert kept.choices.get(Encryption) is None


def test_what_is_kept_comes_back_as_it_was_after_a_restart_too(opened: Open) -> None:
    boost = SamplingRateBoost(max_rate=0.5, cooldown_window_minutes=10)
    records = [rule("boosted", 1, attributes={"a": "ü"}, sampling_rate_boost=boost), rule("plain", 2)]
    on = InsightsConfiguration(insights_enabled=True, notifications_enabled=True)
    groups = [group("all"), group("some", filter_expression='service("ü")', insights_configuration=on)]
    tags = [Tag(key="a", value=""), Tag(key="ü", value="1")]
    choices = [Encryption(1.5, "KMS", "arn:key"), Destination(2.5, "CloudWatchLogs"), Indexing(3.5, 0.1)]
    with opened().change(MINE) as kept:
        for record in records:
            kept.rules.put(record)
        for one in groups:
            kept.groups.put(one, 1.0)
        kept.tags.put("arn", tags)
        kept.policies.put(policy("mine"))
        for choice in choices:
            kept.choices.put(choice)
    with opened().read(MINE) as kept:
        assert kept.rules.all() == records
        assert kept.groups.all() == groups
        assert kept.tags.of("arn") == tags
        assert kept.policies.all() == [policy("mine")]
        assert [kept.choices.get(type(choice)) for choice in choices] == choices
        assert kept.rules.named("plain") == records[1]
        assert kept.groups.named("some") == groups[1]


def test_rules_come_by_priority_and_name_everything_else_by_name(opened: Open) -> None:
    with opened().change(MINE) as kept:
        for name, priority in (("c", 1), ("b", 2), ("a", 2), ("last", 10_000)):
            kept.rules.put(rule(name, priority))
        for name in ("b", "a", "C"):
            kept.groups.put(group(name), 1.0)
            kept.policies.put(policy(name))
        kept.tags.put("arn", [Tag(key=key, value="") for key in "baC"])
        assert [one.sampling_rule.rule_name for one in kept.rules.all()] == ["c", "a", "b", "last"]
        assert [one.group_name for one in kept.groups.all()] == ["C", "a", "b"]
        assert [one.policy_name for one in kept.policies.all()] == ["C", "a", "b"]
        assert [one.key for one in kept.tags.of("arn")] == ["C", "a", "b"]


def test_a_put_takes_the_place_of_its_namesake(opened: Open) -> None:
    with opened().change(MINE) as kept:
        for n in (1, 2):
            kept.rules.put(rule("a", n))
            kept.groups.put(group("a", group_arn=f"arn:{n}"), 1.0)
            kept.policies.put(policy("a", str(n)))
            kept.tags.put("arn", [Tag(key="a", value=str(n))])
            kept.choices.put(Indexing(1.0, float(n)))
        assert kept.rules.all() == [rule("a", 2)]
        assert kept.groups.all() == [group("a", group_arn="arn:2")]
        assert kept.policies.all() == [policy("a", "2")]
        assert kept.tags.of("arn") == [Tag(key="a", value="2")]
        assert kept.choices.get(Indexing) == Indexing(1.0, 2.0)


def test_what_is_removed_is_gone_and_what_was_never_there_is_no_error(opened: Open) -> None:
    with opened().change(MINE) as kept:
        kept.rules.put(rule("a"))
        kept.groups.put(group("a"), 1.0)
        kept.policies.put(policy("a"))
        kept.tags.put("one", [Tag(key=key, value="") for key in "abc"])
        kept.tags.put("other", [Tag(key="a", value="")])
        for name in ("a", "b"):
            kept.rules.remove(name)
            kept.groups.remove(name)
            kept.policies.remove(name)
        assert kept.rules.all() == kept.groups.all() == kept.policies.all() == []
        kept.tags.remove("one", ["a", "x"])
        kept.tags.remove("one", [])
        assert [tag.key for tag in kept.tags.of("one")] == ["b", "c"]
        kept.tags.forget("one")
        assert kept.tags.of("one") == []
        assert len(kept.tags.of("other")) == 1


def test_accounts_do_not_see_each_other(opened: Open) -> None:
    database = opened()
    for account in (MINE, OTHER):
        with database.change(account) as kept:
            kept.rules.put(rule("a", fixed_rate=0.1 if account == MINE else 0.2))
            kept.tags.put("arn", [Tag(key=account, value="")])
    with database.change(MINE) as kept:
        kept.rules.remove("a")
        kept.tags.forget("arn")
    with database.read(OTHER) as kept:
        assert kept.rules.all() == [rule("a", fixed_rate=0.2)]
        assert kept.tags.of("arn") == [Tag(key=OTHER, value="")]


def test_a_change_that_fails_leaves_nothing(opened: Open) -> None:
    database = opened()

    def half() -> None:
        with database.change(MINE) as kept:
            kept.rules.put(rule())
            kept.groups.put(group("a"), 1.0)
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        half()
    with database.read(MINE) as kept:
        assert kept.rules.all() == kept.groups.all() == []


def test_a_reader_sees_one_moment_and_does_not_wait_for_a_change(opened: Open) -> None:
    database = opened()
    with database.read(MINE) as before:
        assert before.rules.all() == []
        with database.change(MINE) as kept:
            kept.rules.put(rule())
            with database.read(MINE) as during:
                assert during.rules.all() == []
        assert before.rules.all() == []
    with database.read(MINE) as after:
        assert after.rules.all() == [rule()]


# Writers at once


def test_writers_at_once_neither_lose_a_change_nor_break_a_limit(opened: Open) -> None:
    databases = [opened(), opened()]

    def add(n: int) -> bool:
        with databases[n % 2].change(MINE) as kept:
            counted = kept.choices.get(Indexing) or Indexing(0.0, 0.0)
            kept.choices.put(Indexing(0.0, counted.percentage + 1))
            if len(kept.groups.all()) >= 25:
                return False
            kept.groups.put(group(f"group-{n}"), 1.0)
            return True

    with ThreadPoolExecutor(8) as pool:
        added = list(pool.map(add, range(40)))
    with databases[0].read(MINE) as kept:
        assert len(kept.groups.all()) == sum(added) == 25
        assert kept.choices.get(Indexing) == Indexing(0.0, 40.0)


def test_a_second_change_waits_for_the_first(opened: Open) -> None:
    database = opened()
    seen: list[int] = []

    def second() -> None:
        with database.change(MINE) as kept:
            seen.append(len(kept.rules.all()))

    waiting = threading.Thread(target=second)
    with database.change(MINE) as kept:
        waiting.start()
        kept.rules.put(rule())
        waiting.join(0.2)
        assert seen == []
    waiting.join(10)
    assert seen == [1]


# The file


def test_every_change_is_synced_before_it_is_answered(path: Path) -> None:
    database = Database(path)
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    database.close()


@pytest.mark.parametrize("rows", [RuleRows, GroupRows, TagRows, PolicyRows, ChoiceRows])
def test_the_file_has_the_columns_that_are_asked_for(path: Path, rows: type[AccountRows]) -> None:
    Database(path).close()
    with sqlite3.connect(path) as connection:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({rows.table.name})")]
    assert columns == [column.name for column in rows.table.columns]


_BEFORE = """
CREATE TABLE sampling_rules (
    account VARCHAR(12) NOT NULL,
    name VARCHAR(32) NOT NULL,
    priority INTEGER NOT NULL,
    fixed_rate FLOAT NOT NULL,
    reservoir_size INTEGER NOT NULL,
    "match" BLOB NOT NULL,
    created_at FLOAT NOT NULL,
    modified_at FLOAT NOT NULL,
    PRIMARY KEY (account, name)
)
"""
"""As release 0.1 made it."""


def test_a_file_of_the_first_release_opens_with_its_rules(path: Path, opened: Open) -> None:
    anything = dict.fromkeys(("ResourceARN", "ServiceName", "ServiceType", "Host", "HTTPMethod", "URLPath"), "*")
    arn = f"arn:aws:xray:eu-west-1:{MINE}:sampling-rule/Default"
    members = {"RuleName": "Default", "RuleARN": arn, **anything, "Version": 1, "Attributes": {}}
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    with connection:
        connection.execute(_BEFORE)
        row = (MINE, "Default", 10_000, 0.05, 1, json.dumps(members | {"Priority": 1}).encode(), 0.0, 0.0)
        connection.execute("INSERT INTO sampling_rules VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.close()
    for _ in range(2):
        with opened().read(MINE) as kept:
            assert kept.rules.all() == [default_rule(MINE, "eu-west-1")]


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(_BEFORE)
        row = (MINE, "broken", 1, 0.05, 1, b"no json", 0.0, 0.0)
        connection.execute("INSERT INTO sampling_rules VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.close()
    with pytest.raises(OSError, match=str(path)):
        SettingsDatabase(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT * FROM sampling_rules").fetchall() == [row]
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'trace_groups'").fetchall() == []
    connection.close()


def test_a_file_of_a_later_release_is_refused_and_not_touched(path: Path) -> None:
    SettingsDatabase(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO schema_version VALUES (99)")
    connection.close()
    with pytest.raises(OSError, match=r"later release.*99"):
        SettingsDatabase(path)


@pytest.mark.parametrize("content", [b"this is no database " * 100, None])
def test_what_is_no_database_is_refused_by_its_path(path: Path, content: bytes | None) -> None:
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(OSError, match=str(path)):
        SettingsDatabase(path)


def test_a_path_may_have_any_characters(tmp_path: Path) -> None:
    odd = tmp_path / "a?b#c%20d é" / "settings.sqlite3"
    odd.parent.mkdir()
    SettingsDatabase(odd).close()
    assert odd.exists()


def test_a_database_that_cannot_be_reached_says_so(path: Path) -> None:
    database = SettingsDatabase(path)
    database.close()
    for one in path.parent.iterdir():
        one.unlink()
    path.mkdir()
    with pytest.raises(ServiceUnavailable), database.read(MINE) as kept:
        kept.rules.all()
