"""``radiograph import``: traces in files, of X-Ray, OpenTelemetry, Zipkin or Jaeger, into a server."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from radiograph.cli.interruption import until_interrupted
from radiograph.cli.outcome import INTERRUPTED, show_tally
from radiograph.cli.terminal import console, endpoint_option
from radiograph.transfer import Door, Format, Loading, NotTaken, Unanswered, load, read_file

__all__ = ["import_"]

_STDIN = "-"
_NO_SUCH_PATH = 404


@click.command("import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, readable=True, allow_dash=True),
)
@click.option(
    "--format",
    "wanted",
    type=click.Choice([one.value for one in Format]),
    default=Format.AUTO.value,
    show_default=True,
    help="What the files hold.",
)
@endpoint_option
@click.pass_context
def import_(context: click.Context, files: tuple[str, ...], wanted: str, endpoint: str) -> None:
    """Send the traces in files to a server; - is standard input.

    Files hold answers of BatchGetTraces (as the AWS CLI writes them), segment documents, OTLP in JSON or protobuf (as
    the OpenTelemetry collector's file exporter writes it), spans of Zipkin v2, or answers of Jaeger's query API; each
    may be compressed with gzip or zstd. Importing a file twice leaves nothing twice. The exit code is 1 when something
    was refused.
    """
    out = console()
    with until_interrupted() as stop:
        try:
            loading = Loading(Door(endpoint, stop.wait), stop.wait)
        except ValueError as error:
            raise click.UsageError(f"--endpoint: {error}") from error
        try:
            with _bar(out, files) as follow:
                for name in files:
                    with _opened(name) as file:
                        told = read_file("standard input" if name == _STDIN else name, file, Format(wanted))
                        load(loading, told, lambda file=file: follow(file))  # type: ignore[misc]
                    follow(None)
        except (Unanswered, NotTaken) as error:
            if not stop.is_set():
                show_tally(out, loading.tally)
                raise click.ClickException(_with_remedy(error)) from error
    show_tally(out, loading.tally)
    if stop.is_set():
        out.print("Interrupted. Import the same files again to send the rest: nothing will be there twice.")
        context.exit(INTERRUPTED)
    context.exit(1 if loading.tally.refusals else 0)


def _with_remedy(error: Exception) -> str:
    if isinstance(error, NotTaken):
        if error.status == _NO_SUCH_PATH:
            return f"{error}. Is it an older server? Start a newer one with 'radiograph serve'"
        return str(error)
    return f"{error}. Start a server with 'radiograph serve', or name another with --endpoint or RADIOGRAPH_ENDPOINT"


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == _STDIN:
        yield sys.stdin.buffer
        return
    with Path(name).open("rb") as file:
        yield file


@contextmanager
def _bar(out: Console, files: tuple[str, ...]) -> Iterator[Callable[[BinaryIO | None], None]]:
    """Yield what is to be called as a file is read, and with None at its end; the bar shows bytes of all files."""
    sizes = [0 if name == _STDIN else Path(name).stat().st_size for name in files]
    total = None if _STDIN in files else sum(sizes)
    columns = (TextColumn("Importing"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as bar:
        task = bar.add_task("import", total=total)
        behind = 0
        left = iter(sizes)

        def follow(file: BinaryIO | None) -> None:
            nonlocal behind
            if file is None:
                behind += next(left)
                bar.update(task, completed=behind)
            elif isinstance(file, io.BufferedReader) and file.seekable():
                bar.update(task, completed=behind + file.tell())

        yield follow
