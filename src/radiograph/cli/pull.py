"""``radiograph pull``: traces, groups and sampling rules out of an AWS account, into a server."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from radiograph import transfer
from radiograph.cli.interruption import until_interrupted
from radiograph.cli.outcome import INTERRUPTED, show_tally
from radiograph.cli.terminal import Terminal, console, endpoint_option, pass_terminal
from radiograph.cli.window import DURATION, MOMENT, Window
from radiograph.config import default_data_directory

__all__ = ["pull"]


@click.command()
@click.option("--from-aws", is_flag=True, required=True, help="Pull from AWS X-Ray, or from what speaks its API.")
@click.option("--profile", help="AWS profile. [default: as the AWS CLI finds it]")
@click.option("--region", help="AWS region. [default: as the AWS CLI finds it]")
@click.option("--endpoint-url", metavar="URL", help="The source's address, when it is not AWS.")
@click.option(
    "--since",
    "since_s",
    type=DURATION,
    metavar="DURATION",
    default="30d",
    show_default=True,
    help="How far back to begin.",
)
@click.option(
    "--until", "until_s", type=MOMENT, metavar="MOMENT", help="End: ISO 8601 or epoch seconds; now by default."
)
@click.option(
    "--filter", "expression", metavar="EXPRESSION", help="Only traces that match, such as 'service(\"cart\")'."
)
@click.option(
    "--state",
    "state_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File that remembers what was taken. [default: one a source and target, in the user's data directory]",
)
@click.option("--anew", is_flag=True, help="Forget what was taken and take everything again.")
@endpoint_option
@pass_terminal
@click.pass_context
def pull(
    context: click.Context,
    terminal: Terminal,
    from_aws: bool,
    profile: str | None,
    region: str | None,
    endpoint_url: str | None,
    since_s: float,
    until_s: float | None,
    expression: str | None,
    state_file: Path | None,
    anew: bool,
    endpoint: str,
) -> None:
    """Copy groups, sampling rules and traces to a server, the oldest traces first.

    Interrupt it whenever you like: the same command goes on where it was, and later takes only what is new. Nothing
    is ever there twice, and the source is only read. The exit code is 1 when something was refused.
    """
    now = terminal.clock()
    window = Window.asked(now, since_s, None if until_s is None else now - since_s, until_s)
    out = console()
    with until_interrupted() as stop:
        try:
            door = transfer.Door(endpoint, stop.wait)
        except ValueError as error:
            raise click.UsageError(f"--endpoint: {error}") from error
        tally = transfer.Tally()
        pulling: transfer.Pulling | None = None
        try:
            source = transfer.open_source(profile, region, endpoint_url)
            name = f"{source.name} to {door.endpoint}" + (f", filter {expression}" if expression else "")
            with closing(transfer.PullState(state_file or _usual_state(name), name)) as state:
                if anew:
                    state.forget()
                pulling = transfer.Pulling(source, door, state, tally, stop.wait)
                out.print(f"Pulling from {source.name}.")
                transfer.copy_settings(source, door, tally)
                whole = transfer.Stretch(int(window.start_s), int(window.end_s) + 1)
                with _bar(out, pulling, whole) as follow:
                    transfer.pull(pulling, whole, now, expression, follow)
        except transfer.Stopped:
            pass
        except (
            transfer.SourceFailed,
            transfer.Unanswered,
            transfer.NotTaken,
            transfer.StateUnusable,
            OSError,
        ) as error:
            if not stop.is_set():
                _show(out, tally, pulling)
                again = ". What was taken is remembered: the same command goes on from there" if pulling else ""
                raise click.ClickException(f"{error}{again}") from error
    _show(out, tally, pulling)
    if stop.is_set():
        out.print("Interrupted. The same command goes on from there.")
        context.exit(INTERRUPTED)
    context.exit(1 if tally.refusals else 0)


def _show(out: Console, tally: transfer.Tally, pulling: transfer.Pulling | None) -> None:
    if pulling is None:
        return
    out.print(f"Traces: {pulling.traces:,}.")
    show_tally(out, tally)
    if pulling.state.again:
        out.print(f"Incomplete, or not given: {len(pulling.state.again):,}. The next pull asks for them again.")


def _usual_state(name: str) -> Path:
    digest = hashlib.sha256(name.encode()).hexdigest()[:16]
    return default_data_directory() / "pulls" / f"{digest}.jsonl"


@contextmanager
def _bar(out: Console, pulling: transfer.Pulling, whole: transfer.Stretch) -> Iterator[Callable[[], None]]:
    """Yield what is to be called as the pull comes on; the bar shows how much of the time is done."""
    columns = (TextColumn("Traces"), BarColumn(), TextColumn("{task.fields[traces]:,} traces"), TimeRemainingColumn())
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as bar:
        task = bar.add_task("pull", total=whole.end_s - whole.start_s, traces=0)

        def follow() -> None:
            bar.update(task, completed=max(pulling.at_s - whole.start_s, 0), traces=pulling.traces)

        yield follow
