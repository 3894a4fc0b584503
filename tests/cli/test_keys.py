"""``radiograph keys`` on a data directory, without a server."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from radiograph.cli import main
from radiograph.storage.documents import SettingsDatabase

Keys = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    SettingsDatabase(tmp_path / "settings.sqlite3").close()
    return tmp_path


@pytest.fixture
def keys(data: Path) -> Keys:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["keys", *arguments, "--data", str(data)])

    return run


def made(keys: Keys, *arguments: str) -> str:
    result = keys("create", *arguments)
    assert result.exit_code == 0, result.output
    return result.output.strip()


def listed(keys: Keys, *arguments: str) -> list[Any]:
    found: list[Any] = json.loads(keys("list", "--json", *arguments).output)
    return found


def test_keys_are_listed_with_their_aliases_and_never_with_their_material(keys: Keys) -> None:
    first, second = made(keys, "--alias", "alias/traces", "--description", "for traces"), made(keys)
    told = {one["id"]: one for one in listed(keys)}
    assert told.keys() == {first, second}
    assert (told[first]["aliases"], told[first]["description"], told[first]["state"]) == (
        ["alias/traces"],
        "for traces",
        "Enabled",
    )
    assert "material" not in told[first]
    lines = keys("list").output.splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [[first, "Enabled"], [second, "Enabled"]]


def test_a_key_is_disabled_enabled_and_destroyed_by_any_of_its_names(keys: Keys) -> None:
    key = made(keys, "--alias", "alias/traces")
    for command, named, state in (
        (("disable",), "alias/traces", "Disabled"),
        (("enable",), f"arn:aws:kms:us-east-1:000000000000:key/{key}", "Enabled"),
        (("destroy", "--yes"), key, "Destroyed"),
    ):
        assert keys(*command, named).exit_code == 0
        assert [one["state"] for one in listed(keys)] == [state]
    assert listed(keys)[0]["aliases"] == []
    assert "does not exist" in keys("enable", key).output
    assert keys("destroy", "--yes", key).exit_code == 0, "again, for a log that had to be left as it was"


def test_nothing_is_destroyed_unless_it_is_meant(data: Path, keys: Keys) -> None:
    key = made(keys)
    asked = CliRunner().invoke(main, ["keys", "destroy", key, "--data", str(data)], input="n\n")
    assert asked.exit_code == 1
    assert "lost for ever" in asked.output
    assert listed(keys)[0]["state"] == "Enabled"


def test_keys_of_another_account_are_not_seen(keys: Keys) -> None:
    key = made(keys)
    assert listed(keys, "--account", "111111111111") == []
    assert keys("disable", key, "--account", "111111111111").exit_code == 1
    assert listed(keys)[0]["state"] == "Enabled"


@pytest.mark.parametrize("alias", ["traces", "alias/", "alias/aws/xray", "alias/a b", "alias/traces"])
def test_an_alias_that_cannot_be_makes_no_key(keys: Keys, alias: str) -> None:
    made(keys, "--alias", "alias/traces")
    result = keys("create", "--alias", alias)
    assert result.exit_code != 0
    assert alias in result.output
    assert len(listed(keys)) == 1


def test_a_key_is_not_wrapped_by_another_master_key_than_its_sisters(data: Path, keys: Keys) -> None:
    made(keys)
    (data / "master.key").unlink()
    result = keys("create")
    assert result.exit_code == 1
    assert "the master key does not open" in result.output


def test_a_directory_without_a_server_s_data_is_left_alone(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["keys", "list", "--data", str(tmp_path / "nowhere")])
    assert result.exit_code == 1
    assert "no data directory" in result.output
    assert not (tmp_path / "nowhere").exists()
