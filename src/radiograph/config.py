"""One frozen Config: every knob and its default.

Each is a flag of ``radiograph serve`` (``--udp-port``), a variable (``RADIOGRAPH_UDP_PORT``), and a key of the TOML
file (``udp_port``); the flag wins over the variable, the variable over the file.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path

import msgspec
import platformdirs

__all__ = ["Config", "ConfigError", "default_data_directory"]

_LOG_LEVELS = ("debug", "info", "warning", "error")


class ConfigError(Exception):
    """A setting that cannot be used; the message says which, and what is accepted."""


def default_data_directory() -> Path:
    """Give the platform's place for a user's data."""
    return Path(platformdirs.user_data_dir("radiograph", appauthor=False))


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a server runs."""

    host: str = "127.0.0.1"
    port: int = 2000
    udp_port: int = 2000
    data: Path = msgspec.field(default_factory=default_data_directory)
    insecure_open: bool = False
    """Bind an address that others can reach, although nobody has to sign anything yet."""
    account: str = "000000000000"
    region: str = "us-east-1"
    retention_days: int = 30
    log_level: str = "warning"
    most_body_bytes: int = 5 << 20
    api_threads: int = 8
    journal_file_bytes: int = 64 << 20
    journal_unapplied_bytes: int = 2 << 30
    journal_retain_hours: float = 24.0
    journal_retain_bytes: int = 4 << 30
    min_free_bytes: int = 2 << 30
    demo: bool = False
    demo_scenario: str = "healthy"
    demo_history: str = ""

    def check(self) -> None:
        """Return when the settings can be used together.

        Raises: ConfigError.
        """
        if not self.insecure_open and not _is_loopback(self.host):
            raise ConfigError(
                f"host is {self.host!r}, which others can reach, and callers are not authenticated yet; "
                "bind 127.0.0.1, or add --insecure-open if the network in front of it is yours"
            )
        for name in ("port", "udp_port"):
            if not 0 <= getattr(self, name) <= 65_535:
                raise ConfigError(f"{name} is {getattr(self, name)}; 0 (any free one) to 65535 is accepted")
        if self.log_level.lower() not in _LOG_LEVELS:
            raise ConfigError(f"log_level is {self.log_level!r}; {', '.join(_LOG_LEVELS)} are accepted")
        if len(self.account) != 12 or not (self.account.isascii() and self.account.isdigit()):
            raise ConfigError(f"account is {self.account!r}; 12 digits are accepted")
        if self.retention_days < 1:
            raise ConfigError(f"retention_days is {self.retention_days}; 1 or more is accepted")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
