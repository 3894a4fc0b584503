"""The web console's files, served with a strict Content-Security-Policy."""

from .files import ConsoleFiles

__all__ = ["ConsoleFiles"]
