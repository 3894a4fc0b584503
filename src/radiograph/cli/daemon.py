"""``radiograph daemon``: a drop-in for AWS's X-Ray daemon that keeps what it cannot send."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from radiograph import __version__
from radiograph.config import ConfigError
from radiograph.daemon.relay import Settings, read_address
from radiograph.daemon.relay.cfg_file import find_file, read_file

__all__ = ["daemon", "settle"]


class _AsGoReadsThem(click.Command):
    """Takes flags as AWS's daemon does: ``-region x``, ``-n=x``, ``-o=false`` mean what they mean there."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        switches, names = dict[str, str](), set[str]()
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Option):
                known = [one.lstrip("-") for one in parameter.opts]
                if parameter.is_flag:
                    switches.update(dict.fromkeys(known, next(iter(parameter.secondary_opts), "")))
                else:
                    names.update(known)
        return super().parse_args(ctx, [read for arg in args for read in _as_click_reads_it(arg, switches, names)])


def _as_click_reads_it(arg: str, switches: dict[str, str], names: set[str]) -> list[str]:
    """Give an argument as click takes it; ``switches`` has how each is switched off, if it can be."""
    name, equals, value = arg.lstrip("-").partition("=")
    if not arg.startswith("-") or not (name in names or name in switches):
        return [arg]
    flag = f"-{name}" if len(name) == 1 else f"--{name}"
    if name in names:
        return [flag, value] if equals else [flag]
    if not equals or value.lower() in ("1", "t", "true"):
        return [flag]
    if value.lower() in ("0", "f", "false"):
        return [switches[name]] if switches[name] else []
    return [arg]


def _address(_context: click.Context, _parameter: click.Parameter, text: str | None) -> object:
    try:
        return None if text is None else read_address(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _version(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"AWS X-Ray daemon version: {__version__}+radiograph")
        context.exit()


_MALLOC = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(1 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 20),
}
"""glibc would keep a heap for each thread, and what a burst has needed once: a fifth of the daemon's memory."""

_OPTIONS: list[Any] = [
    click.option("-n", "--region", help="AWS region of the X-Ray to send to."),
    click.option(
        "--endpoint",
        envvar="RADIOGRAPH_ENDPOINT",
        metavar="URL",
        help="Server to send to, such as http://radiograph.internal:2000. [default: AWS X-Ray of the region]",
    ),
    click.option(
        "-b", "--bind", "udp", callback=_address, metavar="HOST:PORT", help="UDP address. [default: 127.0.0.1:2000]"
    ),
    click.option(
        "-t", "--bind-tcp", "tcp", callback=_address, metavar="HOST:PORT", help="TCP address. [default: 127.0.0.1:2000]"
    ),
    click.option(
        "--data",
        envvar="RADIOGRAPH_DAEMON_DATA",
        help="Directory for what waits to be sent. [default: the platform's user data directory]",
    ),
    click.option(
        "--journal-bytes",
        type=int,
        envvar="RADIOGRAPH_DAEMON_JOURNAL_BYTES",
        help="Most bytes that wait on disk; beyond them the oldest are given up. [default: 1073741824]",
    ),
    click.option(
        "-m",
        "--buffer-memory",
        "buffer_mb",
        type=int,
        help="Most MB in memory on their way to the disk, at least 3. [default: 3]",
    ),
    click.option(
        "-o", "--local-mode/--no-local-mode", "local_mode", default=None, help="Do not ask EC2's metadata service."
    ),
    click.option("-a", "--resource-arn", help="ARN of the resource that the daemon runs on, for telemetry."),
    click.option("-r", "--role-arn", help="IAM role to assume for sending."),
    click.option("-p", "--proxy-address", help="HTTP proxy on the way to the server."),
    click.option("-f", "--log-file", "log_path", help="File for log lines. [default: standard output]"),
    click.option("-l", "--log-level", help="dev, debug, info, warn, error or prod. [default: prod]"),
    click.option("-c", "--config", "file", type=click.Path(path_type=Path), help="Configuration file, a cfg.yaml."),
    click.option(
        "-v", "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
    ),
]


def _options(command: Any) -> Any:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command(cls=_AsGoReadsThem)
@_options
def daemon(file: Path | None, **given: object) -> None:
    """Receive segments as AWS's X-Ray daemon does, keep them on disk, and send them to a Radiograph or to AWS X-Ray."""
    try:
        settings, passed_over = settle(file, {name: value for name, value in given.items() if value is not None})
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    for sentence in passed_over:
        click.echo(f"Warning: {sentence}", err=True)
    _become(settings)


def settle(file: Path | None, given: dict[str, object]) -> tuple[Settings, list[str]]:
    """Give the settings, and what was passed over: what is given wins over the file.

    Raises: ConfigError naming what cannot be used.
    """
    found = find_file() if file is None else read_file(file)
    try:
        settings = Settings(**{**found.settings, **given})
    except TypeError as error:
        raise ConfigError(f"a setting is not known: {error}") from error
    settings = msgspec.structs.replace(settings, data=str(Path(settings.data).expanduser()) if settings.data else "")
    settings.check()
    return settings, found.passed_over


def _become(settings: Settings) -> None:
    """Never return: this process has loaded what all commands need; the daemon has only what it needs itself."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(msgspec.json.encode(settings))
    os.set_inheritable(reading, True)
    sys.stdout.flush()
    sys.stderr.flush()
    environment = _MALLOC | dict(os.environ)
    # -P: a module of the directory we were started in must not stand in for one of ours.
    command = [sys.executable, "-P", "-m", "radiograph.daemon.relay", str(reading)]
    os.execve(sys.executable, command, environment)  # noqa: S606
