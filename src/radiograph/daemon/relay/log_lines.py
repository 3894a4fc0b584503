"""Log lines as the X-Ray daemon writes them: ``2026-11-23T07:01:04Z [Info] message``."""

from __future__ import annotations

import logging
import sys
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path

from radiograph.config import ConfigError
from radiograph.telemetry import log

from .settings import Settings

__all__ = ["Lines", "configure"]

_TRACE = 5
_LEVELS = {
    "dev": _TRACE,
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "prod": logging.INFO,
    "warn": logging.WARNING,
    "error": logging.ERROR,
}
_NAMES = ((logging.ERROR, "Error"), (logging.WARNING, "Warn"), (logging.INFO, "Info"), (logging.DEBUG, "Debug"))
_ROTATE_AT_BYTES = 50 << 20


class Lines(logging.Formatter):
    """One line a record: whatever a value holds, it cannot forge a second one."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        message = record.getMessage()
        if record.exc_info:
            message += "\n" + self.formatException(record.exc_info)
        level = next((name for least, name in _NAMES if record.levelno >= least), "Trace")
        return f"{_stamp(record.created)} [{level}] {_one_line(message)}"


def configure(settings: Settings) -> None:
    """Send our log lines to the file that is set, or to standard output.

    Raises: ConfigError when the file cannot be written.
    """
    handler: logging.Handler = logging.StreamHandler(sys.stdout)
    if settings.log_path:
        rolls = settings.log_rotation
        try:
            Path(settings.log_path).parent.mkdir(parents=True, exist_ok=True)
            handler = RotatingFileHandler(
                settings.log_path, "a", _ROTATE_AT_BYTES if rolls else 0, 1 if rolls else 0, "utf-8"
            )
        except OSError as error:
            raise ConfigError(f"the log file {settings.log_path} cannot be written: {error}") from error
    handler.setFormatter(Lines())
    log.handlers[:] = [handler]
    log.setLevel(_LEVELS[settings.log_level.lower()])
    log.propagate = False
    # Standard output may be gone; the daemon goes on without.
    logging.raiseExceptions = False


def _stamp(at_s: float) -> str:
    local = time.localtime(at_s)
    offset = local.tm_gmtoff
    sign, minutes = "+" if offset >= 0 else "-", abs(offset) // 60
    zone = f"{sign}{minutes // 60:02}:{minutes % 60:02}" if offset else "Z"
    return time.strftime("%Y-%m-%dT%H:%M:%S", local) + zone


def _one_line(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
