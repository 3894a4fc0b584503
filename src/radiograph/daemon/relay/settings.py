"""How a daemon runs: AWS's settings under plain names, and three of our own."""

from __future__ import annotations

import msgspec

from radiograph.config import ConfigError, default_data_directory

__all__ = ["LOG_LEVELS", "Address", "Settings", "read_address"]

LOG_LEVELS = ("dev", "debug", "info", "warn", "error", "prod")
_BOUNDS = {
    "journal_bytes": (16 << 20, 1 << 50, "--journal-bytes"),
    "buffer_mb": (3, 1 << 20, "--buffer-memory, TotalBufferSizeMB"),
    "concurrency": (1, 64, "Concurrency"),
}


class Address(msgspec.Struct, frozen=True):
    """A host and a port; port 0 is any free one."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read_address(text: str) -> Address:
    """Give the address in ``127.0.0.1:2000``, ``[::1]:2000`` or, for every interface, ``:2000``.

    Raises: ValueError when the port is missing or no port.
    """
    host, colon, port = text.strip().rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not (colon and port.isascii() and port.isdecimal() and int(port) < 65_536) or (":" in host and "[" not in text):
        raise ValueError(f"{text!r} is no address; HOST:PORT is accepted, such as 127.0.0.1:2000 or [::1]:2000")
    return Address(host or "0.0.0.0", int(port))  # noqa: S104 - what AWS's daemon takes ":2000" for


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the flags, the environment and the file have settled; names that are empty are not set.

    Source: aws-xray-daemon, "cfg"; ``endpoint`` is also ours, ``data`` and ``journal_bytes`` are ours only.
    """

    region: str = ""
    endpoint: str = ""
    udp: Address = Address("127.0.0.1", 2000)
    tcp: Address = Address("127.0.0.1", 2000)
    data: str = msgspec.field(default_factory=lambda: str(default_data_directory() / "daemon"))
    journal_bytes: int = 1 << 30
    """On disk; beyond it the oldest documents are given up."""
    buffer_mb: int = 0
    """In memory, on their way to the disk; 0 is 3."""
    concurrency: int = 8
    log_path: str = ""
    log_level: str = "prod"
    log_rotation: bool = True
    local_mode: bool = False
    resource_arn: str = ""
    role_arn: str = ""
    no_verify_ssl: bool = False
    proxy_address: str = ""

    def check(self) -> None:
        """Return when the settings can be used.

        Raises: ConfigError.
        """
        for name, (least, most, known_as) in _BOUNDS.items():
            value = getattr(self, name)
            if not least <= value <= most and (name, value) != ("buffer_mb", 0):
                raise ConfigError(f"{name} ({known_as}) is {value}; {least} to {most} is accepted")
        if self.log_level.lower() not in LOG_LEVELS:
            raise ConfigError(f"the log level is {self.log_level!r}; {', '.join(LOG_LEVELS)} are accepted")
        if not self.data:
            raise ConfigError("--data is empty; a directory is accepted")
