"""The X-Ray daemon's ``cfg.yaml``: its keys, and what became of those it had once."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec
import yaml

from radiograph.config import ConfigError

from .settings import read_address

__all__ = ["PLACES", "Found", "find_file", "read_file"]

PLACES = (Path("/etc/amazon/xray/cfg.yaml"), Path("cfg.yaml"))
"""Where a file is looked for when none is named, in this order."""

_KEYS = {
    "TotalBufferSizeMB": ("buffer_mb", int),
    "Concurrency": ("concurrency", int),
    "Region": ("region", str),
    "Endpoint": ("endpoint", str),
    "Socket.UDPAddress": ("udp", str),
    "Socket.TCPAddress": ("tcp", str),
    "Logging.LogRotation": ("log_rotation", bool),
    "Logging.LogLevel": ("log_level", str),
    "Logging.LogPath": ("log_path", str),
    "LocalMode": ("local_mode", bool),
    "ResourceARN": ("resource_arn", str),
    "RoleARN": ("role_arn", str),
    "NoVerifySSL": ("no_verify_ssl", bool),
    "ProxyAddress": ("proxy_address", str),
}
_SECTIONS = {key.partition(".")[0] for key in _KEYS if "." in key}
_GONE = (
    *("Profile.CPU", "Profile.Memory", "Socket.BufferSizeKB", "Logging.LogFormat"),
    "Processor.BatchProcessorQueueSize",
)
_MOVED = {
    "LogRotation": "Logging.LogRotation",
    "Processor.Region": "Region",
    "Processor.Endpoint": "Endpoint",
    "Processor.Routine": "Concurrency",
    "MemoryLimit": "TotalBufferSizeMB",
}
_WORDS = {int: "a number", str: "a text", bool: "true or false"}
_VERSIONS = (1, 2)


class Found(msgspec.Struct, frozen=True):
    """What a file sets, by the names of Settings; and what in it was passed over."""

    settings: dict[str, Any] = {}
    passed_over: list[str] = []


def find_file(places: Iterable[Path] = PLACES) -> Found:
    """Give what the first file there sets. What is strange in it is passed over: it may be somebody else's.

    Raises: ConfigError when it cannot be read, or a value cannot be used.
    """
    for place in places:
        if place.exists():
            return _read(place, asked_for=False)
    return Found()


def read_file(file: Path) -> Found:
    """Give what the file sets.

    Raises: ConfigError; also for a key that is not known, and for a file that names no version.

    Source: aws-xray-daemon, "cfg": only a file that is named on the command line is held to its keys.
    """
    return _read(file, asked_for=True)


def _read(file: Path, asked_for: bool) -> Found:
    try:
        content = yaml.safe_load(file.read_text())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(f"the configuration file {file} cannot be read: {error}") from error
    if content is None:
        content = {}
    if not isinstance(content, dict):
        raise ConfigError(
            f"the configuration file {file} holds a {type(content).__name__}; keys and values are accepted"
        )
    version = content.pop("Version", None)
    if version not in _VERSIONS:
        said = "is missing" if version is None else f"is {version!r}"
        problem = f"Version {said}; {' and '.join(map(str, _VERSIONS))} are accepted"
        if asked_for:
            raise ConfigError(f"the configuration file {file} cannot be used: {problem}")
        return Found(passed_over=[f"{file} is passed over: {problem}"])
    settings: dict[str, Any] = {}
    strange: list[str] = []
    for key, value in _flat(content):
        if key not in _KEYS:
            strange.append(f"{file}: {_what_became_of(key)}")
        elif value is not None:
            name, type_ = _KEYS[key]
            typed = _typed(file, key, value, type_)
            if typed not in ("", 0) or type_ is bool:  # for AWS's daemon, what is empty or nought is not set
                settings[name] = typed
    if strange and asked_for:
        raise ConfigError("; ".join(strange))
    return Found(settings, strange)


def _flat(content: dict[Any, Any]) -> Iterable[tuple[str, Any]]:
    for key, value in content.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{inner}", one) for inner, one in value.items())
        elif value is not None or key not in _SECTIONS:
            yield str(key), value


def _what_became_of(key: str) -> str:
    if key in _GONE:
        return f"{key} is not supported any more; remove it"
    if key in _MOVED:
        return f"{key} is not supported; it is called {_MOVED[key]} now"
    meant = get_close_matches(key, _KEYS, n=1)
    return f"{key} is not known; {meant[0] + ' is' if meant else ', '.join([*_KEYS, 'Version']) + ' are'}"


def _typed(file: Path, key: str, value: Any, type_: type[Any]) -> Any:
    # For Python true is a number as well.
    if type(value) is not type_:
        raise ConfigError(f"{file}: {key} is {value!r}; {_WORDS[type_]} is accepted")
    if key.startswith("Socket.") and value:
        try:
            return read_address(str(value))
        except ValueError as error:
            raise ConfigError(f"{file}: {key}: {error}") from None
    return value
