"""Time as it is typed: durations such as ``15m``, moments, and the window between two of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import click

from radiograph.cli.typed import typed

__all__ = ["DURATION", "MOMENT", "Window", "duration_s", "moment_s", "window_options"]

_UNITS_S = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}
_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d|w)")


def duration_s(text: str) -> float:
    """Return the seconds of ``90s``, ``15m``, ``6h``, ``2d`` or a sum such as ``1h30m``.

    Raises:
        ValueError: the text is none of these.
    """
    parts = _PART.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise ValueError(f"'{text}' is not a duration; write a number and a unit, such as 90s, 15m, 6h, 2d or 1h30m")
    return sum(float(number) * _UNITS_S[unit] for number, unit in parts)


def moment_s(text: str) -> float:
    """Return the epoch seconds of a moment: ISO 8601 (UTC when no zone is named) or epoch seconds.

    Raises:
        ValueError: the text is neither.
    """
    try:
        return float(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"'{text}' is not a moment; write 2026-11-23T14:00, 2026-11-23T14:00+01:00 or epoch seconds"
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


DURATION = typed(duration_s)
MOMENT = typed(moment_s)


@dataclass(frozen=True, slots=True)
class Window:
    """Epoch seconds from ``start_s`` up to ``end_s``."""

    start_s: float
    end_s: float

    @classmethod
    def asked(cls, now_s: float, last_s: float, from_s: float | None, to_s: float | None) -> Window:
        """Return the window that ``--last``, ``--from`` and ``--to`` mean together.

        Raises:
            click.UsageError: it would end before it starts.
        """
        end_s = now_s if to_s is None else to_s
        start_s = end_s - last_s if from_s is None else from_s
        if start_s >= end_s:
            raise click.UsageError("the window ends before it starts: --from must be earlier than --to")
        return cls(start_s, end_s)

    def slices(self, longest_s: float) -> Iterator[Window]:
        """Yield windows no longer than ``longest_s`` that together are this one, the newest first."""
        end_s = self.end_s
        while end_s > self.start_s:
            start_s = max(self.start_s, end_s - longest_s)
            yield Window(start_s, end_s)
            end_s = start_s


def window_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--last``, ``--from`` and ``--to`` (as ``last_s``, ``from_s``, ``to_s``)."""
    command = click.option(
        "--to", "to_s", type=MOMENT, metavar="MOMENT", help="End: ISO 8601 or epoch seconds; now by default."
    )(command)
    command = click.option("--from", "from_s", type=MOMENT, metavar="MOMENT", help="Start, instead of --last.")(command)
    return click.option(
        "--last",
        "last_s",
        type=DURATION,
        metavar="DURATION",
        default="15m",
        show_default=True,
        help="How far back, such as 15m or 6h.",
    )(command)
