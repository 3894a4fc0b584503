"""``radiograph audit``: a data directory's events listed, exported, verified."""

from __future__ import annotations

import base64
import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from radiograph.audit import UserIdentity
from radiograph.cli import main
from radiograph.cli.terminal import Terminal
from tests.audit.trails import NOW, Trails, record

ACCOUNT, OTHER = "123456789012", "210987654321"
KEY = base64.b64encode(b"k" * 32).decode()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    trails = Trails(tmp_path)
    back, front = trails.open("back"), trails.open("front")
    back.write(record("CreateUser", NOW))
    back.write(record("DeleteUser", NOW + 60, error_code="AccessDenied", error_message="=cmd|' /C calc'!A0"))
    back.write(record("CreateRole", NOW + 120, recipient_account_id=OTHER))
    front.write(
        record(
            "ConsoleLogin",
            NOW + 90,
            event_source="signin.amazonaws.com",
            user_identity=UserIdentity(type="Unknown", access_key_id="AKIAEXAMPLEEXAMPLE01"),
            user_agent="\x1b[31mred",
        )
    )
    trails.close()
    return tmp_path


def run(data: Path, *arguments: str, key: str | None = KEY) -> Result:
    environment = {"RADIOGRAPH_DATA": str(data)} | ({"RADIOGRAPH_MASTER_KEY": key} if key else {})
    return CliRunner().invoke(main, ["audit", *arguments], obj=Terminal(clock=lambda: NOW + 200), env=environment)


def names(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [one["eventName"] for one in json.loads(result.stdout)["Records"]]


def test_events_are_listed_newest_first(data: Path) -> None:
    listed = run(data).stdout.splitlines()
    assert [line.split()[3] for line in listed[1:]] == [
        "iam:CreateRole",
        "signin:ConsoleLogin",
        "iam:DeleteUser",
        "iam:CreateUser",
    ]
    assert "\x1b" not in run(data).stdout


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ((), ["CreateRole", "ConsoleLogin", "DeleteUser", "CreateUser"]),
        (("--since", "115s"), ["CreateRole", "ConsoleLogin"]),
        (("--until", "2026-11-18T11:07:40"), ["DeleteUser", "CreateUser"]),
        (("--event", "createuser"), ["CreateUser"]),
        (("--error", "any"), ["DeleteUser"]),
        (("--error", "AccessDenied"), ["DeleteUser"]),
        (("--error", "Throttling"), []),
        (("--user", "AKIAEXAMPLEEXAMPLE01"), ["ConsoleLogin"]),
        (("--user", "alice", "--account", ACCOUNT), ["DeleteUser", "CreateUser"]),
        (("--account", OTHER), ["CreateRole"]),
        (("--limit", "1"), ["CreateRole"]),
    ],
)
def test_options_choose_events(data: Path, arguments: tuple[str, ...], found: list[str]) -> None:
    assert names(run(data, *arguments, "--json")) == found


def test_an_export_is_a_file_as_cloudtrails(data: Path) -> None:
    assert names(run(data, "export")) == ["CreateRole", "ConsoleLogin", "DeleteUser", "CreateUser"]
    assert names(run(data, "--account", OTHER, "export")) == ["CreateRole"]
    assert names(run(data, "export", "--event", "Nothing")) == []


def test_an_export_as_csv_has_a_line_an_event_and_no_formula(data: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(data, "export", "--format", "csv").stdout)))
    assert [row["eventName"] for row in rows] == ["CreateRole", "ConsoleLogin", "DeleteUser", "CreateUser"]
    assert rows[2]["errorMessage"].startswith("'=cmd")
    assert rows[1]["userType"] == "Unknown"


def test_verify_says_that_nothing_was_changed(data: Path) -> None:
    ran = run(data, "verify")
    assert ran.exit_code == 0
    assert "Nothing was changed, cut or moved." in ran.stdout
    assert "not checked" in run(data, "verify", key=None).stdout
    assert not (data / "master.key").exists(), "no key is made by looking"


def test_verify_names_the_place_of_a_change(data: Path) -> None:
    (path,) = (data / "audit" / "back").glob("*.jsonl")
    path.write_bytes(path.read_bytes().replace(b"DeleteUser", b"DeleteRole"))
    ran = run(data, "verify")
    assert ran.exit_code == 1
    assert f"changed: record 2 is not as it was written (back/{path.name}, line 2)" in ran.stdout
    told = json.loads(run(data, "verify", "--json").stdout)
    assert (told["intact"], told["chains"][1]["findings"][0]["sequence"]) == (False, 2)


def test_verify_holds_a_chain_to_what_was_noted(data: Path) -> None:
    chains = json.loads(run(data, "verify", "--json").stdout)["chains"]
    note = next(f"back:{one['last']}:{one['hash']}" for one in chains if one["chain"] == "back")
    assert run(data, "verify", "--noted", note).exit_code == 0
    assert run(data, "verify", "--noted", note.replace(":3:", ":9:")).exit_code == 1
    assert run(data, "verify", "--noted", "back").exit_code == 2


def test_where_there_is_no_audit_it_says_so(tmp_path: Path) -> None:
    for arguments in ((), ("verify",), ("export",)):
        ran = run(tmp_path, *arguments)
        assert ran.exit_code == 1
        assert "there is no audit in" in ran.output
