"""``radiograph export``: traces as a file, for ``radiograph import``, a collector, or safekeeping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import BinaryIO

import click
import msgspec

from radiograph.cli import references
from radiograph.cli.client import Client
from radiograph.cli.in_full import in_full
from radiograph.cli.one_file import MOST_TRACES, TooMuch, one_file
from radiograph.cli.terminal import Terminal, endpoint_option, pass_terminal
from radiograph.cli.traces import summaries
from radiograph.cli.window import Window, window_options
from radiograph.console import viewer_page
from radiograph.model import GetTraceGraphRequest, Service, Trace
from radiograph.segments.otel import resource_spans, to_spans

__all__ = ["export"]

_encode = msgspec.json.Encoder().encode


@click.command()
@click.argument("references_", metavar="[ID]...", nargs=-1)
@window_options
@click.option("--filter", "expression", metavar="EXPRESSION", help='A filter expression: service("cart") AND fault.')
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help="At most this many traces.  [default: 1000; 100 of html]",
    show_default=False,
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["xray", "otlp", "html"]),
    default="xray",
    show_default=True,
    help="xray: as BatchGetTraces answers; otlp: OTLP/JSON; both with one line a trace. html: one page with the traces "
    "and their map, which opens without a server; at most 100 traces and 32 MiB.",
)
@click.option("--output", "-o", type=click.File("wb"), default="-", help="A file. [default: standard output]")
@endpoint_option
@pass_terminal
def export(
    terminal: Terminal,
    references_: tuple[str, ...],
    last_s: float,
    from_s: float | None,
    to_s: float | None,
    expression: str | None,
    limit: int | None,
    format_: str,
    output: BinaryIO,
    endpoint: str,
) -> None:
    """Write traces to a file: those of a window, the newest first, or those whose IDs are given."""
    most = limit or (MOST_TRACES if format_ == "html" else 1000)
    written = 0
    with Client(endpoint) as client:
        if references_:
            wanted: Iterable[str] = map(_trace_id, references_)
        else:
            window = Window.asked(terminal.clock(), last_s, from_s, to_s)
            wanted = (one.id for one in islice(summaries(client, window, expression), most) if isinstance(one.id, str))
        traces = in_full(client, iter(wanted))
        if format_ == "html":
            written = _write_page(output, traces, client, expression or "", terminal.clock())
        else:
            for trace in traces:
                output.write(_LINES[format_](trace) + b"\n")
                written += 1
    click.echo(f"{written} {'trace' if written == 1 else 'traces'} written.", err=True)
    if references_ and written < len(references_):
        raise click.ClickException(f"{len(references_) - written} of {len(references_)} traces are not here")


def _trace_id(reference: str) -> str:
    try:
        return references.trace_id(reference)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="ID") from error


def _write_page(output: BinaryIO, traces: Iterable[Trace], client: Client, question: str, now_s: float) -> int:
    page = viewer_page()
    if page is None:
        raise click.ClickException("this Radiograph was built without its console, and --format html needs its pages")
    whole = list(traces)

    def graph(ids: Sequence[str]) -> list[Service]:
        return client.get_trace_graph(GetTraceGraphRequest(trace_ids=list(ids))).services

    try:
        output.write(one_file(page, whole, graph, question, now_s))
    except TooMuch as error:
        raise click.ClickException(str(error)) from error
    return len(whole)


def _as_xray(trace: Trace) -> bytes:
    return b'{"Traces":[%b]}' % _encode(trace)


def _as_otlp(trace: Trace) -> bytes:
    spans = [span for segment in trace.segments for span in to_spans(segment.document.encode())]
    return _encode({"resourceSpans": resource_spans(spans)})


_LINES: dict[str, Callable[[Trace], bytes]] = {"xray": _as_xray, "otlp": _as_otlp}
