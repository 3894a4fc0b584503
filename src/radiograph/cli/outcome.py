"""What became of a transfer, in words."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from radiograph.cli.terminal import printable
from radiograph.transfer import Tally

__all__ = ["INTERRUPTED", "show_tally"]

INTERRUPTED = 130
"""The exit code of what Ctrl-C ended."""
_WIDEST_MESSAGE = 220


def show_tally(out: Console, tally: Tally) -> None:
    """Print what was taken, what was left out, and what was refused with the reasons and first examples."""
    taken = ", ".join(_counted(count, what) for what, count in sorted(tally.taken.items()))
    out.print(f"Taken: {taken or 'nothing'}.")
    for what, count in tally.left_out.items():
        out.print(f"Left out: {_counted(count, what)}; the server makes its own.")
    if not tally.refusals:
        return
    out.print(Text(f"Refused: {tally.refusals:,}", style="red"))
    for code, reason in sorted(tally.refused.items(), key=lambda one: -one[1].count):
        out.print(Text(f"  {reason.count:,} × {printable(code)}", style="bold"))
        for example in reason.examples:
            message = printable(example.message)
            cut = message if len(message) <= _WIDEST_MESSAGE else f"{message[: _WIDEST_MESSAGE - 1]}…"
            out.print(Text(f"      {printable(example.item)}: {cut}"))
    if tally.too_old:
        out.print(
            f"{tally.too_old:,} of them began before what the server keeps. To take them, start it with a longer "
            "--retention-days (30 by default) and send them again: what it has already is not there twice."
        )


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what if count != 1 else what.removesuffix('s')}"
