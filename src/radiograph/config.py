"""One frozen Config: every knob and its default.

Each is a flag of ``radiograph serve`` (``--udp-port``), a variable (``RADIOGRAPH_UDP_PORT``), and a key of the TOML
file (``udp_port``); the flag wins over the variable, the variable over the file.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path

import msgspec
import platformdirs

__all__ = ["Config", "ConfigError", "default_data_directory", "is_loopback"]

_LOG_LEVELS = ("debug", "info", "warning", "error")
_BOUNDS = {
    "port": (0, 65_535),
    "udp_port": (0, 65_535),
    "retention_days": (1, 36_500),
    "most_body_bytes": (1, 1 << 30),
    "api_threads": (1, 1024),
    "journal_file_bytes": (4096, 1 << 36),
    "journal_unapplied_bytes": (1, 1 << 60),
    "journal_retain_hours": (0, 876_000),
    "journal_retain_bytes": (0, 1 << 60),
    "min_free_bytes": (0, 1 << 60),
}
"""The least and the most of each number; port 0 is any free one."""


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
        if not self.insecure_open and not is_loopback(self.host):
            raise ConfigError(
                f"host is {self.host!r}, which others can reach, and callers are not authenticated yet; "
                "bind 127.0.0.1, or add --insecure-open if the network in front of it is yours"
            )
        for name, (least, most) in _BOUNDS.items():
            value = getattr(self, name)
            if not least <= value <= most:  # no number at all, which TOML has a word for, is outside too
                flag = f"--{name.replace('_', '-')}"
                raise ConfigError(f"{name} ({flag}) is {value}; {least} to {most} is accepted")
        if self.log_level.lower() not in _LOG_LEVELS:
            raise ConfigError(f"log_level is {self.log_level!r}; {', '.join(_LOG_LEVELS)} are accepted")
        if len(self.account) != 12 or not (self.account.isascii() and self.account.isdigit()):
            raise ConfigError(f"account is {self.account!r}; 12 digits are accepted")


def is_loopback(host: str) -> bool:
    """Whether a name or address can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
