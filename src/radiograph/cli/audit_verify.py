"""``radiograph audit verify``: whether the records are as they were written, and where they are not."""

from __future__ import annotations

import os
from pathlib import Path

import click
from rich.text import Text

from radiograph.audit import AUDIT, CHAINS, Place, verify
from radiograph.cli.terminal import console, json_option, printable, write_json
from radiograph.cli.typed import typed
from radiograph.config import default_data_directory
from radiograph.secrets import KeyFileError, Sealer, open_master_key

__all__ = ["verify_"]

_MASTER_KEY = "RADIOGRAPH_MASTER_KEY"


def _noted(text: str) -> tuple[str, Place]:
    chain, _, place = text.partition(":")
    sequence, _, digest = place.partition(":")
    if chain not in CHAINS or not sequence.isdigit() or len(digest) != 64:
        raise ValueError(f"'{text}' is no note; a line such as {CHAINS[0]}:12:<64 digits>, as verify prints it, is")
    return chain, Place(int(sequence), digest)


@click.command("verify")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    envvar="RADIOGRAPH_DATA",
    help="The server's directory. [default: the platform's user data directory]",
)
@click.option(
    "--noted",
    type=typed(_noted),
    multiple=True,
    metavar="CHAIN:SEQUENCE:HASH",
    help="An end that an earlier run printed, which has to be there still.",
)
@json_option
@click.pass_context
def verify_(context: click.Context, data: Path | None, noted: tuple[tuple[str, Place], ...], as_json: bool) -> None:
    """Check every record against the one before and against its seal; the exit code is 1 when something is wrong."""
    asked = context.meta.get("radiograph.audit")
    directory: Path = data or (asked.data if asked is not None else default_data_directory())
    if not (directory / "audit").is_dir():
        raise click.ClickException(f"there is no audit in {directory}; name the server's directory with --data")
    sealer = _sealer(directory)
    reports = verify(directory, sealer, dict(noted))
    findings = [finding for report in reports for finding in report.findings]
    if as_json:
        write_json({"intact": not findings, "chains": reports})
    else:
        out = console()
        for finding in findings:
            out.print(Text(f"✗ {printable(str(finding))}", style="red"))
        for report in reports:
            span = f"records {report.first} to {report.last}" if report.records else "no records"
            out.print(Text(f"{'✗' if report.findings else '✓'} {report.chain}: {span}"))
            if report.records:
                out.print(Text(f"  note: {report.chain}:{report.last}:{report.hash}"), soft_wrap=True)
        if sealer is None:
            out.print(Text("The seals were not checked: there is no master key here.", style="yellow"))
        if not findings:
            out.print(Text("Nothing was changed, cut or moved.", style="green"))
    context.exit(1 if findings else 0)


def _sealer(data: Path) -> Sealer | None:
    """Give what made the seals, or None when its key is not here; none is made."""
    given = os.environ.get(_MASTER_KEY)
    if given is None and not (data / "master.key").exists():
        return None
    try:
        return open_master_key(data, given).sealer(AUDIT)
    except KeyFileError as error:
        raise click.ClickException(str(error)) from error
