"""What every command shares with the terminal: its console, its clock, its pauses, the option ``--endpoint``."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click
import msgspec
from rich.console import Console

from radiograph.clock import Clock, wall_clock

__all__ = [
    "DEFAULT_ENDPOINT",
    "Terminal",
    "console",
    "endpoint_option",
    "json_option",
    "milliseconds",
    "pass_terminal",
    "printable",
    "status_style",
    "write_json",
]

DEFAULT_ENDPOINT = "http://127.0.0.1:2000"
_PIPED_WIDTH = 160
_STYLES = {"ok": "green", "error": "yellow", "throttle": "magenta", "fault": "red", "in progress": "cyan"}


@dataclass(frozen=True, slots=True)
class Terminal:
    """The world outside a command; a test passes its own as ``obj``."""

    clock: Clock = wall_clock
    pause: Callable[[float], None] = time.sleep


pass_terminal = click.make_pass_decorator(Terminal, ensure=True)

endpoint_option = click.option(
    "--endpoint",
    envvar="RADIOGRAPH_ENDPOINT",
    default=DEFAULT_ENDPOINT,
    show_default=True,
    help="Where the server answers.",
)

json_option = click.option("--json", "as_json", is_flag=True, help="JSON for machines, instead of a table.")


def console() -> Console:
    """Return a console on standard output: colours and the window's width on a terminal, neither when piped."""
    piped = not sys.stdout.isatty()
    return Console(highlight=False, width=_PIPED_WIDTH if piped else None, soft_wrap=False)


def write_json(value: Any) -> None:
    """Write a value, Structs as AWS spells them, as indented JSON."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def printable(text: str) -> str:
    """Return a text from a trace without what would steer the terminal: escapes and line ends become ``·``."""
    return text if text.isprintable() else "".join(each if each.isprintable() else "·" for each in text)


def status_style(word: str) -> str:
    """Return the rich style of a status word."""
    return _STYLES.get(word, "default")


def milliseconds(seconds: float) -> str:
    """Return a duration as people read it: ``0.4 ms``, ``12 ms``, ``1.25 s``, ``2 m 05 s``."""
    if seconds < 0.00095:
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 0.00995:
        return f"{seconds * 1000:.1f} ms"
    if seconds < 0.9995:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.2f} s"
    whole = round(seconds)
    return f"{whole // 60} m {whole % 60:02} s"
