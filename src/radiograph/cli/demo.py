"""``radiograph demo``: an online shop that does not exist sends its traces here, until it is stopped."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from radiograph import demo as shop
from radiograph.cli.address import ADDRESS, Address
from radiograph.cli.interruption import until_interrupted
from radiograph.cli.terminal import Terminal, console, endpoint_option, pass_terminal
from radiograph.cli.window import DURATION

__all__ = ["demo"]


@click.command()
@click.option(
    "--scenario",
    type=click.Choice([scenario.value for scenario in shop.Scenario]),
    default=shop.Scenario.HEALTHY.value,
    show_default=True,
    help="What is wrong with the shop.",
)
@click.option("--rate", type=click.FloatRange(0.01, 1000), default=4.0, show_default=True, help="Traces a second.")
@click.option("--seed", type=int, help="Repeats a run: the same seed makes the same choices.")
@click.option(
    "--history",
    "history_s",
    type=DURATION,
    metavar="DURATION",
    help="First send this much past, such as 6h, over HTTP.",
)
@click.option(
    "--duration",
    "duration_s",
    type=DURATION,
    metavar="DURATION",
    help="Stop after this long; 0s sends only the history.",
)
@click.option(
    "--udp",
    type=ADDRESS,
    metavar="HOST:PORT",
    default="127.0.0.1:2000",
    show_default=True,
    help="The daemon's UDP address.",
)
@endpoint_option
@pass_terminal
def demo(
    terminal: Terminal,
    scenario: str,
    rate: float,
    seed: int | None,
    history_s: float | None,
    duration_s: float | None,
    udp: Address,
    endpoint: str,
) -> None:
    """Send the traces of a shop of eleven services, as they happen and, with --history, from its past."""
    chosen = shop.Scenario(scenario)
    seed = secrets.randbelow(1_000_000) if seed is None else seed
    out = console()
    out.print(f"The shop is {chosen.value}; seed {seed}. Ctrl-C stops it.")
    with until_interrupted() as stop:
        if history_s:
            _past(out, terminal.clock(), history_s, chosen, seed, rate, endpoint, stop)
        if duration_s != 0 and not stop.is_set():
            _present(out, terminal, duration_s, chosen, seed, rate, udp, stop)


def _past(
    out: Console,
    until_s: float,
    history_s: float,
    scenario: shop.Scenario,
    seed: int,
    rate_per_s: float,
    endpoint: str,
    stop: threading.Event,
) -> None:
    columns = (TextColumn("History"), BarColumn(), TextColumn("{task.fields[traces]} traces"), TimeRemainingColumn())
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as bar:
        task = bar.add_task("history", total=history_s, traces=0)
        from_s = until_s - history_s
        try:
            filled = shop.fill_history(
                endpoint,
                until_s=until_s,
                history_s=history_s,
                scenario=scenario,
                seed=seed,
                rate_per_s=rate_per_s,
                wait=stop.wait,
                progress=lambda so_far: bar.update(task, completed=so_far.until_s - from_s, traces=so_far.traces),
            )
        except shop.HistoryRefused as refused:
            raise click.ClickException(
                f"the history could not be sent: {refused}. Is the server running ('radiograph serve') at {endpoint}?"
            ) from refused
    rejected = f", {filled.rejected} of them rejected" if filled.rejected else ""
    out.print(f"Sent the past: {filled.traces} traces, {filled.documents} documents{rejected}.")


def _present(
    out: Console,
    terminal: Terminal,
    duration_s: float | None,
    scenario: shop.Scenario,
    seed: int,
    rate_per_s: float,
    udp: Address,
    stop: threading.Event,
) -> None:
    try:
        sender = shop.udp_sender(udp.host, udp.port)
        with sender as send, out.status(f"Sending to {udp} …") if out.is_terminal else _silence() as line:
            warned = False

            def show(told: shop.Told) -> None:
                nonlocal warned
                if send.refused and not warned:
                    warned = True
                    out.print(f"Nobody listens on UDP {udp}: start 'radiograph serve', or name another with --udp.")
                if line is not None:
                    line.update(f"Sending to {udp}: {told.traces} traces, {told.documents} documents")

            told = shop.run(
                send,
                clock=terminal.clock,
                wait=stop.wait,
                scenario=scenario,
                seed=seed,
                rate_per_s=rate_per_s,
                duration_s=duration_s,
                progress=show,
            )
    except OSError as error:
        raise click.ClickException(f"cannot send to UDP {udp}: {error}. Name another address with --udp") from error
    out.print(f"Sent {told.traces} traces, {told.documents} documents to {udp}.")


@contextmanager
def _silence() -> Iterator[None]:
    yield None
