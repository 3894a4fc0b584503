"""What can be set, and within which bounds."""

from __future__ import annotations

import msgspec
import pytest

from radiograph.config import ConfigError
from radiograph.daemon.relay import Address, Settings, read_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:2000", Address("127.0.0.1", 2000)),
        ("localhost:0", Address("localhost", 0)),
        ("[::1]:2000", Address("::1", 2000)),
        (":2000", Address("0.0.0.0", 2000)),
        ("xray.internal:65535", Address("xray.internal", 65_535)),
    ],
)
def test_an_address_is_a_host_and_a_port(text: str, address: Address) -> None:
    assert read_address(text) == address
    assert read_address(str(address)) == address


@pytest.mark.parametrize("text", ["", "2000", "localhost", "localhost:", "a:65536", "a:-1", "a:x", "::1:2000", "a:²"])
def test_what_is_no_address_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="HOST:PORT is accepted"):
        read_address(text)


def test_without_settings_a_daemon_runs_as_aws_s_does() -> None:
    settings = Settings()
    settings.check()
    assert (settings.udp, settings.tcp) == (Address("127.0.0.1", 2000), Address("127.0.0.1", 2000))
    assert (settings.concurrency, settings.log_level, settings.log_rotation) == (8, "prod", True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"buffer_mb": 2}, "buffer-memory.* is 2; 3 to"),
        ({"buffer_mb": -1}, "buffer-memory.* is -1; 3 to"),
        ({"concurrency": 0}, "Concurrency.* is 0; 1 to 64"),
        ({"journal_bytes": 1 << 20}, "journal-bytes.* is 1048576; 16777216 to"),
        ({"log_level": "loud"}, "'loud'; dev, debug, info, warn, error, prod are accepted"),
        ({"data": ""}, "--data is empty"),
    ],
)
def test_what_is_out_of_bounds_is_refused_with_what_is_accepted(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Settings(**wrong).check()  # type: ignore[arg-type]


def test_settings_cross_into_another_process_unchanged() -> None:
    settings = Settings(udp=Address("::1", 3), endpoint="http://x", log_rotation=False)
    assert msgspec.json.decode(msgspec.json.encode(settings), type=Settings) == settings
