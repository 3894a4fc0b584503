"""A UDP address as it is typed: ``HOST:PORT``."""

from __future__ import annotations

from dataclasses import dataclass

from radiograph.cli.typed import typed

__all__ = ["ADDRESS", "Address", "read_address"]


@dataclass(frozen=True, slots=True)
class Address:
    """A host and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read_address(text: str) -> Address:
    """Return the address in ``127.0.0.1:2000``, ``xray.internal:2000`` or ``[::1]:2000``.

    Raises:
        ValueError: host or port is missing, or the port is no port.
    """
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
        raise ValueError(f"'{text}' is not an address; write HOST:PORT, such as 127.0.0.1:2000")
    return Address(host, int(port))


ADDRESS = typed(read_address)
