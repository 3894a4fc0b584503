"""``radiograph doctor``: sends a probe by every way in and says, hop by hop, where it gets lost."""

from __future__ import annotations

import random

import click
from rich.text import Text

from radiograph.cli.address import ADDRESS, Address
from radiograph.cli.client import Client
from radiograph.cli.hops import Hop, check
from radiograph.cli.terminal import Terminal, console, endpoint_option, json_option, pass_terminal, write_json
from radiograph.cli.window import DURATION

__all__ = ["doctor"]

_MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("–", "dim")}


@click.command()
@endpoint_option
@click.option(
    "--udp",
    type=ADDRESS,
    metavar="HOST:PORT",
    help="The daemon's UDP address; the endpoint's host and port by default.",
)
@click.option(
    "--within",
    "within_s",
    type=DURATION,
    metavar="DURATION",
    default="10s",
    show_default=True,
    help="How long a probe may take to show.",
)
@json_option
@pass_terminal
@click.pass_context
def doctor(
    context: click.Context, terminal: Terminal, endpoint: str, udp: Address | None, within_s: float, as_json: bool
) -> None:
    """Check every hop from an application to an answer; the exit code is 1 when one fails."""
    with Client(endpoint) as client:
        hops = check(
            client,
            udp or Address(client.host, client.port),
            clock=terminal.clock,
            pause=terminal.pause,
            rng=random.SystemRandom(),
            within_s=within_s,
        )
    failed = [hop for hop in hops if hop.passed is False]
    if as_json:
        write_json({"healthy": not failed, "hops": hops})
    else:
        _show(hops, failed)
    context.exit(1 if failed else 0)


def _show(hops: list[Hop], failed: list[Hop]) -> None:
    out = console()
    widest = max(len(hop.name) for hop in hops)
    for hop in hops:
        mark, style = _MARKS[hop.passed]
        line = Text(f"{mark} ", style=style)
        line.append(f"{hop.name:<{widest}}  ", style="bold")
        line.append(hop.detail, style="default")
        out.print(line)
        if hop.passed is False and hop.fix:
            out.print(Text(f"  {'':<{widest}}  Fix: {hop.fix}", style="yellow"))
    if failed:
        out.print(Text(f"{len(failed)} of {len(hops)} hops failed.", style="red"))
    else:
        out.print(Text("Everything works.", style="green"))
