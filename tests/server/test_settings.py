"""Settings: a flag wins over a variable, a variable over the file; what cannot be used is named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from radiograph.cli.serve import read_config
from radiograph.config import Config, ConfigError, default_data_directory
from tests.e2e.documents import ask

from .conftest import Failing


def test_without_any_setting_the_defaults_hold() -> None:
    config = read_config(None, {})
    assert (config.host, config.port, config.udp_port) == ("127.0.0.1", 2000, 2000)
    assert config.data == default_data_directory()
    config.check()


def test_what_is_given_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "radiograph.toml"
    file.write_text('port = 2001\nudp_port = 2002\ndata = "~/traces"\njournal_retain_hours = 2\n')
    config = read_config(file, {"port": 3001})
    assert (config.port, config.udp_port) == (3001, 2002)
    assert config.data == Path.home() / "traces"
    assert config.journal_retain_hours == 2.0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("udp_prot = 1", "udp_prot"),
        ('port = "many"', "port"),
        ("port = ", "cannot be read"),
        ('port = 1\nport = 2\ntext = "\udcff"', "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "radiograph.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigError, match=why) as refused:
        read_config(file, {})
    assert str(file) in str(refused.value)


@pytest.mark.parametrize(
    "config",
    [
        Config(port=70_000),
        Config(udp_port=-1),
        Config(account="12"),
        Config(account="١٢٣٤٥٦٧٨٩٠١٢"),
        Config(retention_days=0),
        Config(retention_days=36_501),
        Config(most_body_bytes=0),
        Config(api_threads=0),
        Config(api_threads=-1),
        Config(api_threads=1025),
        Config(journal_file_bytes=0),
        Config(journal_unapplied_bytes=0),
        Config(journal_retain_hours=-1.0),
        Config(journal_retain_hours=float("nan")),
        Config(journal_retain_hours=float("inf")),
        Config(journal_retain_bytes=-1),
        Config(min_free_bytes=-1),
        Config(log_level="loud"),
        Config(host="0.0.0.0"),
        Config(host="192.0.2.1"),
        Config(host="::"),
        Config(host="example.com"),
    ],
)
def test_settings_that_cannot_be_used_together_are_refused(config: Config) -> None:
    with pytest.raises(ConfigError, match=r"is accepted|are accepted|--insecure-open"):
        config.check()


def test_a_number_out_of_bounds_is_named_with_its_flag_and_what_is_accepted() -> None:
    with pytest.raises(ConfigError) as refused:
        Config(api_threads=0).check()
    assert str(refused.value) == "api_threads (--api-threads) is 0; 1 to 1024 is accepted"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_the_loopback_needs_no_leave(host: str) -> None:
    Config(host=host).check()


def test_an_address_others_can_reach_needs_leave(failing_serve: Failing) -> None:
    code, said = failing_serve("--host", "0.0.0.0")
    assert code != 0
    assert "--insecure-open" in said
    Config(host="0.0.0.0", insecure_open=True).check()


@pytest.mark.parametrize(
    ("arguments", "environment", "named"),
    [
        (("--port", "many"), {}, "many"),
        ((), {"RADIOGRAPH_RETENTION_DAYS": "0"}, "retention_days"),
        (("--log-level", "loud"), {}, "loud"),
        (("--api-threads", "0"), {}, "--api-threads"),
        (("--journal-file-bytes", "-1"), {}, "--journal-file-bytes"),
        (("--config", "/nowhere/radiograph.toml"), {}, "/nowhere/radiograph.toml"),
        (("--data", "/proc/nowhere"), {}, "/proc/nowhere"),
        (("--host", "nowhere.invalid", "--insecure-open"), {}, "nowhere.invalid"),
    ],
)
def test_serve_ends_with_a_sentence_for_what_it_cannot_use(
    failing_serve: Failing, arguments: tuple[str, ...], environment: dict[str, str], named: str
) -> None:
    code, said = failing_serve(*arguments, environment=environment)
    assert code != 0
    assert named in said


def test_a_key_of_the_file_that_does_not_exist_is_named_with_what_was_perhaps_meant(
    failing_serve: Failing, tmp_path: Path
) -> None:
    file = tmp_path / "radiograph.toml"
    file.write_text("retention-day = 3\n")
    code, said = failing_serve("--config", str(file))
    assert code != 0
    assert "retention-day" in said
    assert "retention_days" in said


def test_flag_variable_and_file_reach_a_server_in_that_order(tmp_path: Path) -> None:
    file = tmp_path / "radiograph.toml"
    file.write_text(
        f'data = "{tmp_path / "of-the-file"}"\naccount = "111111111111"\nregion = "eu-west-1"\nport = 0\nudp_port = 0\n'
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RADIOGRAPH_")} | {
        "RADIOGRAPH_CONFIG": str(file),
        "RADIOGRAPH_ACCOUNT": "222222222222",
        "RADIOGRAPH_REGION": "eu-west-2",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "radiograph", "serve", "--region", "eu-west-3"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    ready = process.stdout.readline()
    url = ready.split(" · ")[1].rstrip("/")
    (record,) = ask(url, "/GetSamplingRules").body["SamplingRuleRecords"]
    process.terminate()
    process.communicate(timeout=120)
    assert record["SamplingRule"]["RuleARN"] == "arn:aws:xray:eu-west-3:222222222222:sampling-rule/Default"
    assert (tmp_path / "of-the-file").is_dir()
