"""``radiograph traces``: what happened lately, one line a trace, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

import click
from msgspec import UNSET, UnsetType
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from radiograph.cli.client import Client
from radiograph.cli.terminal import (
    Terminal,
    console,
    endpoint_option,
    json_option,
    milliseconds,
    pass_terminal,
    printable,
    status_style,
    write_json,
)
from radiograph.cli.window import Window, window_options
from radiograph.model import GetTraceSummariesRequest, Http, ServiceId, TraceSummary

__all__ = ["listing", "status", "summaries", "traces"]

_LONGEST_S = 6 * 3600.0  # the longest window GetTraceSummaries accepts
_HEADINGS = ("TIME (UTC)", "ID", "STATUS", "RESPONSE")
_WIDTHS = (18, 35, 11, 8)
_ONE_LINE = 120  # a terminal as wide as this has room for request and services beside the rest


@click.command()
@window_options
@click.option("--filter", "expression", metavar="EXPRESSION", help='A filter expression: service("cart") AND fault.')
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most this many traces.")
@json_option
@endpoint_option
@pass_terminal
def traces(
    terminal: Terminal,
    last_s: float,
    from_s: float | None,
    to_s: float | None,
    expression: str | None,
    limit: int,
    as_json: bool,
    endpoint: str,
) -> None:
    """List traces, the newest first."""
    window = Window.asked(terminal.clock(), last_s, from_s, to_s)
    with Client(endpoint) as client:
        found = list(islice(summaries(client, window, expression), limit))
    if as_json:
        write_json({"TraceSummaries": found})
        return
    if not found:
        click.echo("No traces in this window. Look further back with --last 6h, or make some: radiograph demo.")
        return
    out = console()
    out.print(listing(found, out.width))


def summaries(client: Client, window: Window, expression: str | None = None) -> Iterator[TraceSummary]:
    """Yield the summaries of a window, the newest first, asking for the next page only when it is wanted."""
    for part in window.slices(_LONGEST_S):
        token: str | None = None
        while True:
            page = client.get_trace_summaries(
                GetTraceSummariesRequest(
                    start_time=part.start_s, end_time=part.end_s, filter_expression=expression, next_token=token
                )
            )
            yield from page.trace_summaries
            if page.next_token is UNSET or not page.next_token:
                break
            token = page.next_token


def status(summary: TraceSummary) -> str:
    """Return one word for a trace: fault, throttle, error, in progress or ok."""
    if summary.has_fault:
        return "fault"
    if summary.has_throttle:
        return "throttle"
    if summary.has_error:
        return "error"
    return "in progress" if summary.is_partial else "ok"


def listing(found: list[TraceSummary], width: int) -> RenderableType:
    """Return the traces for a terminal of ``width`` cells: one line each, or two where one would lose their requests.

    Ids are there to be copied: requests and services give way first.
    """
    return _table(found) if width >= _ONE_LINE else Group(*_pairs(found))


def _table(found: list[TraceSummary]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    for heading, width in zip(_HEADINGS, _WIDTHS, strict=True):
        table.add_column(heading, justify="right" if heading == "RESPONSE" else "left", no_wrap=True, min_width=width)
    table.add_column("REQUEST", overflow="ellipsis", no_wrap=True, ratio=3)
    table.add_column("SERVICES", overflow="ellipsis", no_wrap=True, ratio=2)
    for summary in found:
        table.add_row(*_figures(summary), Text(_request(summary.http)), Text(_services(summary.service_ids)))
    return table


def _pairs(found: list[TraceSummary]) -> Iterator[Text]:
    yield _line([Text(heading, style="bold") for heading in _HEADINGS])
    for summary in found:
        yield _line(_figures(summary))
        words = [word for word in (_request(summary.http), _services(summary.service_ids)) if word]
        yield Text("  " + " · ".join(words), style="dim", no_wrap=True, overflow="ellipsis")


def _line(cells: list[Text]) -> Text:
    for cell, heading, width in zip(cells, _HEADINGS, _WIDTHS, strict=True):
        cell.align("right" if heading == "RESPONSE" else "left", width)
    line = Text("  ", no_wrap=True, overflow="crop").join(cells)
    line.rstrip()
    return line


def _figures(summary: TraceSummary) -> list[Text]:
    word = status(summary)
    took = "" if isinstance(summary.response_time, UnsetType) else milliseconds(summary.response_time)
    return [Text(_time(summary.start_time)), Text(summary.id), Text(word, style=status_style(word)), Text(took)]


def _services(nodes: list[ServiceId]) -> str:
    return printable(", ".join(dict.fromkeys(node.name for node in nodes if node.type != "client")))


def _request(http: Http) -> str:
    return " ".join(word for word in map(_said, (http.http_method, http.http_status, http.http_url)) if word)


def _said(value: str | int | UnsetType) -> str:
    return "" if isinstance(value, UnsetType) else printable(str(value))


def _time(start_s: float | UnsetType) -> str:
    if isinstance(start_s, UnsetType):
        return ""
    return datetime.fromtimestamp(start_s, UTC).strftime("%m-%d %H:%M:%S.%f")[:-3]
