"""``radiograph daemon`` takes AWS's flags as AWS's daemon does, and the flag wins over the file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from radiograph import __version__
from radiograph.cli.daemon import daemon, settle
from radiograph.config import ConfigError
from radiograph.daemon.relay import Address


def given(*arguments: str, environment: dict[str, str] | None = None) -> dict[str, Any]:
    """Give what the command takes from a command line, without what is not there."""
    with CliRunner().isolation(env=environment):
        context = daemon.make_context("daemon", list(arguments))
    return {name: value for name, value in context.params.items() if value is not None}


EVERY_FLAG = {
    "resource_arn": ("-a", "--resource-arn", "arn:x", "arn:x"),
    "buffer_mb": ("-m", "--buffer-memory", "24", 24),
    "region": ("-n", "--region", "eu-west-1", "eu-west-1"),
    "udp": ("-b", "--bind", "0.0.0.0:2000", Address("0.0.0.0", 2000)),
    "tcp": ("-t", "--bind-tcp", "[::1]:2001", Address("::1", 2001)),
    "role_arn": ("-r", "--role-arn", "arn:aws:iam::1:role/x", "arn:aws:iam::1:role/x"),
    "file": ("-c", "--config", "cfg.yaml", Path("cfg.yaml")),
    "log_path": ("-f", "--log-file", "/tmp/x.log", "/tmp/x.log"),
    "log_level": ("-l", "--log-level", "dev", "dev"),
    "proxy_address": ("-p", "--proxy-address", "http://proxy:1", "http://proxy:1"),
}


@pytest.mark.parametrize("name", EVERY_FLAG)
def test_every_flag_of_aws_s_daemon_is_taken_in_every_form_that_go_takes(name: str) -> None:
    short, long, text, value = EVERY_FLAG[name]
    for flag in (short, long, f"-{long.lstrip('-')}", f"--{short.lstrip('-')}"):
        assert given(flag, text) == {name: value}
        assert given(f"{flag}={text}") == {name: value}


@pytest.mark.parametrize("flag", ["-o", "--local-mode", "-local-mode", "-o=true", "--local-mode=1"])
def test_a_switch_may_be_said_to_be_on(flag: str) -> None:
    assert given(flag, "-n", "a") == {"local_mode": True, "region": "a"}


@pytest.mark.parametrize("flag", ["-o=false", "--local-mode=0"])
def test_and_to_be_off(flag: str) -> None:
    assert given(flag, "-n", "a") == {"local_mode": False, "region": "a"}


def test_a_switch_that_is_off_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "cfg.yaml"
    file.write_text("Version: 2\nLocalMode: true\nRegion: from-the-file\nConcurrency: 3\n")
    settings, _ = settle(file, {"local_mode": False, "region": "from-the-flag"})
    assert (settings.local_mode, settings.region, settings.concurrency) == (False, "from-the-flag", 3)
    settings, _ = settle(file, {})
    assert (settings.local_mode, settings.region) == (True, "from-the-file")


def test_ours_are_flags_and_variables(tmp_path: Path) -> None:
    assert given("--endpoint", "http://a", "--data", "/x", "--journal-bytes", "99") == {
        "endpoint": "http://a",
        "data": "/x",
        "journal_bytes": 99,
    }
    variables = {
        "RADIOGRAPH_ENDPOINT": "http://b",
        "RADIOGRAPH_DAEMON_DATA": "/y",
        "RADIOGRAPH_DAEMON_JOURNAL_BYTES": "98",
    }
    taken = given("--endpoint", "http://a", environment=variables)
    assert taken == {"endpoint": "http://a", "data": "/y", "journal_bytes": 98}
    file = tmp_path / "cfg.yaml"
    file.write_text("Version: 2\nEndpoint: http://c\n")
    assert settle(file, given(environment=variables) | {"journal_bytes": 1 << 30})[0].endpoint == "http://b"
    assert settle(file, {})[0].endpoint == "http://c"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--bind", "2000"), "HOST:PORT is accepted"),
        (("-m", "many"), "not a valid integer"),
        (("--buffer",), "No such option"),
        (("-o=maybe",), "No such option|does not take a value"),
        (("extra",), "unexpected extra argument"),
    ],
)
def test_what_is_no_flag_or_no_value_of_it_is_named(arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(click.UsageError, match=said):
        given(*arguments)


def test_what_is_out_of_bounds_is_an_error_of_one_sentence() -> None:
    with pytest.raises(ConfigError, match=r"buffer-memory.*is 2; 3 to"):
        settle(None, {"buffer_mb": 2})
    told = CliRunner().invoke(daemon, ["-m", "2"])
    assert told.exit_code == 1
    assert told.output.startswith("Error: buffer_mb (--buffer-memory, TotalBufferSizeMB) is 2")


@pytest.mark.parametrize("flag", ["-v", "--version", "-version"])
def test_the_version_has_the_form_of_aws_s(flag: str) -> None:
    told = CliRunner().invoke(daemon, [flag])
    assert told.exit_code == 0
    assert told.output == f"AWS X-Ray daemon version: {__version__}+radiograph\n"


def test_a_file_in_the_working_directory_is_found_and_what_is_strange_in_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "cfg.yaml").write_text("Version: 2\nMemoryLimit: 5\nLogging:\n  LogLevel: loud\n")
    ran = subprocess.run(
        [sys.executable, "-m", "radiograph", "daemon"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if not name.startswith("RADIOGRAPH_")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 1
    assert "the log level is 'loud'" in ran.stderr


def test_a_home_directory_may_be_written_short() -> None:
    settings, _ = settle(None, {"data": "~/x"})
    assert settings.data == str(Path("~/x").expanduser())
