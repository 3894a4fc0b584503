"""``radiograph keys``: keys that documents are encrypted with, in a data directory, whether or not a server runs."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from msgspec.structs import asdict, replace
from rich.table import Table
from rich.text import Text

from radiograph.cli.terminal import Terminal, console, json_option, pass_terminal, write_json
from radiograph.config import Config, default_data_directory
from radiograph.keys import KeyMaker, NoSuchKey, destroy, find, is_key_name
from radiograph.model.keys import CustomerKey
from radiograph.secrets import KeyFileError, open_master_key
from radiograph.storage.documents import SettingsDatabase
from radiograph.storage.interfaces import CustomerKeys

__all__ = ["keys"]

_PATIENCE_S = 30.0


def _options(command: Any) -> Any:
    for option in (
        click.option("--region", envvar="RADIOGRAPH_REGION", default=Config().region, show_default=True),
        click.option("--account", envvar="RADIOGRAPH_ACCOUNT", default=Config().account, show_default=True),
        click.option(
            "--data",
            type=click.Path(path_type=Path, file_okay=False),
            envvar="RADIOGRAPH_DATA",
            help="The server's data directory. [default: the platform's user data directory]",
        ),
    ):
        command = option(command)
    return command


@click.group()
def keys() -> None:
    """Make, list, disable and destroy the keys that documents are encrypted with."""


@keys.command("list")
@_options
@json_option
def list_(data: Path | None, account: str, region: str, as_json: bool) -> None:
    """List keys, oldest first; destroyed ones too."""
    with closing(_opened(data)) as settings, settings.read(account) as kept:
        found, aliases, data_keys = kept.keys.all(), kept.keys.aliases(), kept.keys.data_keys()
    named = {key.id: sorted(alias for alias, id_ in aliases.items() if id_ == key.id) for key in found}
    if as_json:
        write_json([_told(key) | {"aliases": named[key.id]} for key in found])
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("KEY", "STATE", "MADE (UTC)", "DATA KEYS", "ALIASES"):
        table.add_column(heading, justify="right" if heading == "DATA KEYS" else "left", no_wrap=heading == "KEY")
    for key in found:
        under = sum(one.key_id == key.id for one in data_keys)
        made = datetime.fromtimestamp(key.created_at, UTC).strftime("%Y-%m-%d %H:%M")
        table.add_row(key.id, key.state, made, str(under), Text(" ".join(named[key.id])))
    console().print(table)


@keys.command()
@_options
@click.option("--alias", help="A name for it, such as alias/traces.")
@click.option("--description", default="", help="What it is for.")
@click.option("--master-key-command", envvar="RADIOGRAPH_MASTER_KEY_COMMAND", default="", help="As the server's.")
@pass_terminal
def create(
    terminal: Terminal,
    data: Path | None,
    account: str,
    region: str,
    alias: str | None,
    description: str,
    master_key_command: str,
) -> None:
    """Make a key, and print its id: PutEncryptionConfig takes it."""
    if alias is not None and (
        not alias.startswith("alias/") or alias.startswith("alias/aws/") or not is_key_name(alias)
    ):
        raise click.UsageError(f"--alias is {alias!r}; alias/ and letters, digits, / _ - are accepted, not alias/aws/")
    with closing(_opened(data)) as settings:
        try:
            given = os.environ.get("RADIOGRAPH_MASTER_KEY")
            maker = KeyMaker(open_master_key(_directory(data), given, master_key_command))
            maker.check(settings)
        except KeyFileError as error:
            raise click.ClickException(str(error)) from error
        made = maker.customer_key(account, terminal.clock(), description)
        with settings.change(account) as kept:
            if alias is not None and alias in kept.keys.aliases():
                raise click.ClickException(f"{alias} exists already; take another name")
            kept.keys.put(made)
            if alias is not None:
                kept.keys.put_alias(alias, made.id, made.created_at)
    click.echo(made.id)


@keys.command()
@click.argument("key")
@_options
def enable(key: str, data: Path | None, account: str, region: str) -> None:
    """Let KEY be used again; also one that was pending deletion."""
    with _named(data, account, region, key) as (kept, found):
        kept.put(replace(found, state="Enabled", deletes_at=None))


@keys.command()
@click.argument("key")
@_options
def disable(key: str, data: Path | None, account: str, region: str) -> None:
    """Let KEY not be used: its account's documents are refused, and those it encrypted are in no answer."""
    with _named(data, account, region, key) as (kept, found):
        kept.put(replace(found, state="Disabled", deletes_at=None))


@keys.command("destroy")
@click.argument("key")
@_options
@click.option("--yes", is_flag=True, help="Do not ask.")
def destroy_(key: str, data: Path | None, account: str, region: str, yes: bool) -> None:
    """Destroy KEY at once and for ever: nobody will read what was encrypted by it."""
    if not yes:
        click.confirm(
            f"Everything that {key} encrypted will be lost for ever, and if it is the account's key, nothing more is "
            "taken until another is chosen. Destroy it?",
            abort=True,
        )
    with _named(data, account, region, key, even_destroyed=True) as (kept, found):
        if found.state != "Destroyed":
            destroy(kept, found)
    with closing(_opened(data)) as settings:
        # Whoever reads meanwhile keeps the log from being emptied; nobody reads for long.
        until = time.monotonic() + _PATIENCE_S
        while not settings.scrub():
            if time.monotonic() > until:
                raise click.ClickException(
                    f"{found.id} is destroyed, but the settings' log still has it; destroy it once more, by this id"
                )
            time.sleep(0.05)
    click.echo(f"{found.id} is destroyed")


@contextmanager
def _named(
    data: Path | None, account: str, region: str, key: str, even_destroyed: bool = False
) -> Iterator[tuple[CustomerKeys, CustomerKey]]:
    with closing(_opened(data)) as settings, settings.change(account) as kept:
        try:
            found = find(kept.keys, key, account, region, even_destroyed)
        except (ValueError, NoSuchKey) as error:
            raise click.ClickException(str(error)) from error
        yield kept.keys, found


def _directory(data: Path | None) -> Path:
    return data if data is not None else default_data_directory()


def _opened(data: Path | None) -> SettingsDatabase:
    path = _directory(data) / "settings.sqlite3"
    if not path.exists():
        raise click.ClickException(f"{path.parent} is no data directory of a server; name one with --data")
    try:
        return SettingsDatabase(path)
    except OSError as error:
        raise click.ClickException(str(error)) from error


def _told(key: CustomerKey) -> dict[str, object]:
    return {name: value for name, value in asdict(key).items() if name != "material"}
