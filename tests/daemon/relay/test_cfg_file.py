"""cfg.yaml: AWS's keys, its version, and the keys it no longer has."""

from __future__ import annotations

from pathlib import Path

import pytest

from radiograph.config import ConfigError
from radiograph.daemon.relay import Address
from radiograph.daemon.relay.cfg_file import find_file, read_file

WHOLE = """
TotalBufferSizeMB: 24
Concurrency: 4
Region: "us-west-2"
Endpoint: "https://xray.example"
Socket:
  UDPAddress: "0.0.0.0:2001"
  TCPAddress: "[::1]:2002"
Logging:
  LogRotation: false
  LogLevel: "dev"
  LogPath: "/var/log/xray.log"
LocalMode: true
ResourceARN: "arn:aws:ec2:us-west-2:111111111111:instance/i-1"
RoleARN: "arn:aws:iam::111111111111:role/xray"
NoVerifySSL: true
ProxyAddress: "http://proxy:3128"
Version: 2
"""


def written(directory: Path, text: str) -> Path:
    file = directory / "cfg.yaml"
    file.write_text(text)
    return file


def test_every_key_of_aws_s_file_is_read(tmp_path: Path) -> None:
    found = read_file(written(tmp_path, WHOLE))
    assert found.passed_over == []
    assert found.settings == {
        "buffer_mb": 24,
        "concurrency": 4,
        "region": "us-west-2",
        "endpoint": "https://xray.example",
        "udp": Address("0.0.0.0", 2001),
        "tcp": Address("::1", 2002),
        "log_rotation": False,
        "log_level": "dev",
        "log_path": "/var/log/xray.log",
        "local_mode": True,
        "resource_arn": "arn:aws:ec2:us-west-2:111111111111:instance/i-1",
        "role_arn": "arn:aws:iam::111111111111:role/xray",
        "no_verify_ssl": True,
        "proxy_address": "http://proxy:3128",
    }


def test_what_is_empty_or_nought_in_it_is_not_set(tmp_path: Path) -> None:
    text = 'Version: 1\nRegion: ""\nTotalBufferSizeMB: 0\nEndpoint:\nLogging:\nLocalMode: false\n'
    text += 'Socket:\n  UDPAddress: ""\n'
    assert read_file(written(tmp_path, text)).settings == {"local_mode": False}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Region: a\n", "Version is missing; 1 and 2 are accepted"),
        ("", "Version is missing"),
        ("Version: 3\n", "Version is 3; 1 and 2"),
        ("Version: two\n", "Version is 'two'"),
        ("Version: 1\nRegio: a\n", "Regio is not known; Region is"),
        ("Version: 1\nSocket:\n  Address: a\n", "Socket.Address is not known"),
        ("Version: 1\nProfile:\n  CPU: a\n", "Profile.CPU is not supported any more; remove it"),
        ("Version: 1\nProfile:\n  Memory: a\n", "Profile.Memory is not supported any more"),
        ("Version: 1\nSocket:\n  BufferSizeKB: 1\n", "Socket.BufferSizeKB is not supported any more"),
        ("Version: 1\nLogging:\n  LogFormat: a\n", "Logging.LogFormat is not supported any more"),
        (
            "Version: 1\nProcessor:\n  BatchProcessorQueueSize: 1\n",
            "Processor.BatchProcessorQueueSize is not supported any more",
        ),
        ("Version: 1\nLogRotation: true\n", "LogRotation is not supported; it is called Logging.LogRotation now"),
        ("Version: 1\nProcessor:\n  Region: a\n", "Processor.Region is not supported; it is called Region now"),
        ("Version: 1\nProcessor:\n  Endpoint: a\n", "Processor.Endpoint .* called Endpoint now"),
        ("Version: 1\nProcessor:\n  Routine: 1\n", "Processor.Routine .* called Concurrency now"),
        ("Version: 1\nMemoryLimit: 1\n", "MemoryLimit .* called TotalBufferSizeMB now"),
        ("Version: 1\nConcurrency: many\n", "Concurrency is 'many'; a number is accepted"),
        ("Version: 1\nConcurrency: true\n", "Concurrency is True; a number is accepted"),
        ("Version: 1\nLocalMode: 1\n", "LocalMode is 1; true or false is accepted"),
        ("Version: 1\nRegion: 7\n", "Region is 7; a text is accepted"),
        ("Version: 1\nSocket:\n  UDPAddress: here\n", "Socket.UDPAddress: 'here' is no address"),
        ("- Version\n", "holds a list"),
        ("Version: [1\n", "cannot be read"),
        ("Version: 1\n!!python/object/apply:os.getcwd []: 1\n", "cannot be read"),
    ],
)
def test_a_file_that_is_named_is_held_to_its_keys(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_file(written(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.yaml cannot be read"):
        read_file(tmp_path / "absent.yaml")


def test_the_first_file_that_is_found_counts(tmp_path: Path) -> None:
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"
    second.write_text("Version: 1\nRegion: second\n")
    assert find_file([first, second]).settings == {"region": "second"}
    first.write_text("Version: 1\nRegion: first\n")
    assert find_file([first, second]).settings == {"region": "first"}
    assert find_file([]).settings == {}


def test_in_a_file_that_nobody_named_strange_keys_are_passed_over(tmp_path: Path) -> None:
    file = written(tmp_path, "Version: 1\nRegion: a\nMemoryLimit: 3\n")
    found = find_file([file])
    assert found.settings == {"region": "a"}
    assert "MemoryLimit" in found.passed_over[0]


def test_a_file_that_nobody_named_and_that_is_no_daemon_s_is_passed_over(tmp_path: Path) -> None:
    found = find_file([written(tmp_path, "Region: somebody else's\n")])
    assert found.settings == {}
    assert "Version is missing" in found.passed_over[0]
