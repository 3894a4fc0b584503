"""``radiograph``: one file a command."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

from radiograph import __version__
from radiograph.cli.audit import audit
from radiograph.cli.daemon import daemon
from radiograph.cli.demo import demo
from radiograph.cli.doctor import doctor
from radiograph.cli.export import export
from radiograph.cli.import_ import import_
from radiograph.cli.keys import keys
from radiograph.cli.map import map_
from radiograph.cli.pull import pull
from radiograph.cli.sampling import sampling
from radiograph.cli.serve import serve
from radiograph.cli.trace import trace
from radiograph.cli.traces import traces
from radiograph.cli.variables import unknown_variables

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="radiograph", message="%(prog)s %(version)s")
def main() -> None:
    """AWS X-Ray as open-source software that anyone can run."""
    for sentence in unknown_variables(os.environ, _variables()):
        click.echo(f"Warning: {sentence}", err=True)


def _variables() -> Iterator[str]:
    for command in main.commands.values():
        for parameter in command.params:
            if isinstance(parameter.envvar, str):
                yield parameter.envvar


for command in (serve, daemon, demo, traces, trace, map_, sampling, doctor, export, import_, pull, audit, keys):
    main.add_command(command)
