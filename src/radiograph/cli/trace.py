"""``radiograph trace``: one trace as a waterfall in the terminal."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from msgspec import UnsetType
from rich.text import Text

from radiograph.cli import references, timeline
from radiograph.cli.client import Client
from radiograph.cli.in_full import in_full
from radiograph.cli.terminal import console, endpoint_option, json_option, milliseconds, write_json
from radiograph.cli.waterfall import exceptions, waterfall
from radiograph.model import Trace

__all__ = ["trace"]


@click.command()
@click.argument("reference", metavar="ID")
@json_option
@endpoint_option
def trace(reference: str, as_json: bool, endpoint: str) -> None:
    """Show one trace.

    ID is an X-Ray trace id, a W3C trace id (32 hex digits), an X-Amzn-Trace-Id header (Root=…) or a traceparent.
    """
    try:
        trace_id = references.trace_id(reference)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="ID") from error
    with Client(endpoint) as client:
        found = next(in_full(client, [trace_id]), None)
    if found is None:
        raise click.ClickException(
            f"there is no trace {trace_id}. It may not have arrived yet, or be older than what is kept; "
            "'radiograph traces --last 6h' lists those that are here"
        )
    if as_json:
        write_json(found)
        return
    _show(found)


def _show(found: Trace) -> None:
    out = console()
    segments = timeline.decode(segment.document for segment in found.segments)
    rows = timeline.rows(segments)
    started_s = min((segment.start_time for segment in segments), default=0.0)
    title = Text(found.id, style="bold")
    title.append(f"  {datetime.fromtimestamp(started_s, UTC):%Y-%m-%d %H:%M:%S} UTC", style="default")
    if not isinstance(found.duration, UnsetType):
        title.append(f"  {milliseconds(found.duration)}", style="default")
    title.append(f"  {len(segments)} segment{'' if len(segments) == 1 else 's'}", style="default")
    out.print(title)
    if found.limit_exceeded:
        out.print("The trace is larger than the limit; some of it is missing.", style="yellow")
    out.print()
    for line in waterfall(rows, out.width):
        out.print(line, no_wrap=True, crop=True)
    thrown = exceptions(rows)
    if thrown:
        out.print()
        out.print("Exceptions", style="bold")
        for line in thrown:
            out.print(line)
