"""``radiograph audit``: who did what, from a data directory: listed, exported, and verified.

The directory is read, and no server asked: what happened has to be told when the server is down or not to be trusted,
the seals can only be checked where the master key is, and who may read the directory may know all that is in it.
Elsewhere, ``aws cloudtrail lookup-events`` asks the server, by permission.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

import click
import msgspec
from rich.table import Table
from rich.text import Text

from radiograph.api.cloudtrail.lookup import username
from radiograph.audit import Found, Record, Wanted, search
from radiograph.cli.audit_csv import HEADINGS, csv_cells, csv_line
from radiograph.cli.audit_verify import verify_
from radiograph.cli.terminal import Terminal, console, json_option, pass_terminal, printable, write_json
from radiograph.cli.typed import typed
from radiograph.cli.window import duration_s, moment_s
from radiograph.config import default_data_directory

__all__ = ["audit"]

_ANY = "any"


def _ago_or_moment(text: str) -> tuple[bool, float]:
    """Give whether it is a duration, and its seconds."""
    try:
        return True, duration_s(text)
    except ValueError:
        pass
    try:
        return False, moment_s(text)
    except ValueError:
        raise ValueError(f"'{text}' is neither a duration, such as 24h, nor a moment, such as 2026-11-23") from None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options say."""

    data: Path
    since: tuple[bool, float] | None
    until: tuple[bool, float] | None
    user: str | None
    event: str | None
    error: str | None
    account: str | None

    def found(self, terminal: Terminal) -> Iterator[Found]:
        """Give the events, the newest first.

        Raises: ClickException when there is no audit.
        """
        if not (self.data / "audit").is_dir():
            raise click.ClickException(f"there is no audit in {self.data}; name the server's directory with --data")
        now = terminal.clock()
        wanted = Wanted(
            account=self.account,
            since_s=0.0 if self.since is None else _moment(self.since, now),
            until_s=float("inf") if self.until is None else _moment(self.until, now),
            accepts=self._accepts,
        )
        return search(self.data, wanted)

    def _accepts(self, record: Record) -> bool:
        identity, code = record.user_identity, record.error_code
        names = (username(record), identity.arn, identity.access_key_id, identity.principal_id)
        return (
            (self.user is None or self.user in names)
            and (self.event is None or self.event.lower() == record.event_name.lower())
            and (self.error is None or (isinstance(code, str) and self.error.lower() in (_ANY, code.lower())))
        )


def _moment(asked: tuple[bool, float], now: float) -> float:
    is_ago, seconds = asked
    return now - seconds if is_ago else seconds


_MOMENT = typed(_ago_or_moment)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of :class:`Asked`."""
    several = (
        click.option("--since", type=_MOMENT, metavar="WHEN", help="From when on: 24h, or a moment."),
        click.option("--until", type=_MOMENT, metavar="WHEN", help="Until when: the like."),
        click.option("--user", metavar="NAME", help="Who: a user's or session's name, an ARN, an access key id."),
        click.option("--event", metavar="NAME", help="What: CreateUser, ConsoleLogin, ..."),
        click.option("--error", metavar="CODE", help="What went wrong: AccessDenied, ...; any for whatever did."),
        click.option("--account", metavar="ID", help="Of one account only."),
        click.option(
            "--data",
            type=click.Path(path_type=Path),
            envvar="RADIOGRAPH_DATA",
            help="The server's directory. [default: the platform's user data directory]",
        ),
    )
    for option in reversed(several):
        command = option(command)
    return command


def _asked(given: dict[str, Any]) -> Asked:
    return Asked(**{**given, "data": given["data"] or default_data_directory()})


@click.group(invoke_without_command=True)
@_options
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most this many events.")
@json_option
@pass_terminal
@click.pass_context
def audit(context: click.Context, terminal: Terminal, /, limit: int, as_json: bool, **given: Any) -> None:
    """List who did what, the newest first; or verify, or export, the records."""
    asked = _asked(given)
    if context.invoked_subcommand is not None:
        context.meta["radiograph.audit"] = asked
        return
    found = list(islice(asked.found(terminal), limit))
    if as_json:
        write_json({"Records": [msgspec.Raw(one.text) for one in found]})
    elif not found:
        click.echo(f"No such events in {asked.data}.")
    else:
        console().print(_table(found))


def _table(found: list[Found]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    for heading, width in (("TIME (UTC)", 20), ("ACCOUNT", 12), ("USER", 14), ("EVENT", 24)):
        table.add_column(heading, no_wrap=True, min_width=width)
    table.add_column("FROM", no_wrap=True, min_width=9)
    table.add_column("ERROR", overflow="ellipsis", no_wrap=True, ratio=1)
    for one in found:
        record, code = one.record, one.record.error_code
        who = username(record) or record.user_identity.access_key_id or record.user_identity.type
        table.add_row(
            Text(printable(record.event_time)),
            Text(printable(record.recipient_account_id)),
            Text(printable(str(who))),
            Text(printable(f"{record.event_source.partition('.')[0]}:{record.event_name}")),
            Text(printable(record.source_ip_address)),
            Text(printable(code) if isinstance(code, str) else "", style="red"),
        )
    return table


@audit.command()
@_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(["json", "csv"]),
    default="json",
    show_default=True,
    help="json: a file as CloudTrail's; csv: a line an event.",
)
@click.option("--output", "-o", type=click.File("wb"), default="-", help="A file. [default: standard output]")
@pass_terminal
@click.pass_context
def export(context: click.Context, terminal: Terminal, /, format_: str, output: BinaryIO, **given: Any) -> None:
    """Write events to a file, the newest first."""
    found = _with(context, given).found(terminal)
    written = (_write_csv if format_ == "csv" else _write_json)(found, output)
    click.echo(f"{written} {'event' if written == 1 else 'events'} written.", err=True)


def _write_json(found: Iterator[Found], output: BinaryIO) -> int:
    written = 0
    output.write(b'{"Records":[')
    for written, one in enumerate(found, 1):
        output.write((b",\n" if written > 1 else b"\n") + one.text)
    output.write(b"\n]}\n")
    return written


def _write_csv(found: Iterator[Found], output: BinaryIO) -> int:
    written = 0
    output.write(csv_line(HEADINGS))
    for one in found:
        output.write(csv_line(csv_cells(one)))
        written += 1
    return written


def _with(context: click.Context, given: dict[str, Any]) -> Asked:
    """Give what a subcommand's options say, and where they say nothing what the group's do."""
    before = cast(Asked, context.meta["radiograph.audit"])
    own = {name: value for name, value in given.items() if value is not None}
    names = ("data", "since", "until", "user", "event", "error", "account")
    return Asked(**{name: own.get(name, getattr(before, name)) for name in names})


audit.add_command(verify_)
