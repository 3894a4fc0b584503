"""``radiograph map``: who calls whom, how much, how fast and how well."""

from __future__ import annotations

import click
from msgspec import UNSET, UnsetType
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
    write_json,
)
from radiograph.cli.window import Window, window_options
from radiograph.model import EdgeStatistics, GetServiceGraphRequest, HistogramEntry, Service, ServiceStatistics

__all__ = ["map_", "ordered", "percentile"]


@click.command("map")
@window_options
@click.option("--group", metavar="NAME", help="Only the traces of this group.")
@json_option
@endpoint_option
@pass_terminal
def map_(
    terminal: Terminal,
    last_s: float,
    from_s: float | None,
    to_s: float | None,
    group: str | None,
    as_json: bool,
    endpoint: str,
) -> None:
    """Show the service map: every node, and under it the nodes it calls."""
    window = Window.asked(terminal.clock(), last_s, from_s, to_s)
    with Client(endpoint) as client:
        services = _read(client, window, group)
    if as_json:
        write_json({"StartTime": window.start_s, "EndTime": window.end_s, "Services": services})
        return
    if not services:
        click.echo("No services in this window. Look further back with --last 6h, or make some: radiograph demo.")
        return
    console().print(_table(services))


def ordered(services: list[Service]) -> list[Service]:
    """Return the nodes from the entry inwards: clients, those they call, those these call; unreached ones last."""
    known = {service.reference_id: service for service in services}
    queue = [service for service in services if service.type == "client"]
    queue += [service for service in services if service.root is True]
    told: dict[int, Service] = {}
    for start in (queue, services):
        line = list(start)
        for service in line:  # grows while it is walked
            if service.reference_id in told:
                continue
            told[service.reference_id] = service
            line += [known[edge.reference_id] for edge in service.edges if edge.reference_id in known]
    return list(told.values())


def percentile(histogram: list[HistogramEntry], share: float) -> float | None:
    """Return the seconds within which this share (0 to 1) of the requests was answered; None without any."""
    total = sum(entry.count for entry in histogram)
    seen = 0
    for entry in sorted(histogram, key=lambda entry: entry.value):
        seen += entry.count
        if total and seen >= share * total:
            return entry.value
    return None


def _read(client: Client, window: Window, group: str | None) -> list[Service]:
    services: list[Service] = []
    token: str | None = None
    while True:
        page = client.get_service_graph(
            GetServiceGraphRequest(start_time=window.start_s, end_time=window.end_s, group_name=group, next_token=token)
        )
        services += page.services
        if page.next_token is UNSET or not page.next_token:
            return services
        token = page.next_token


def _table(services: list[Service]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("SERVICE", overflow="ellipsis", no_wrap=True, ratio=1)
    table.add_column("TYPE", no_wrap=True)
    for heading in ("REQUESTS", "AVERAGE", "P95", "OK", "ERROR", "THROTTLE", "FAULT"):
        table.add_column(heading, justify="right", no_wrap=True)
    names = {service.reference_id: service for service in services}
    for service in ordered(services):
        table.add_row(
            Text(printable(service.name), style="bold"),
            Text(_said(service.type), style="dim"),
            *_numbers(service.summary_statistics, service.response_time_histogram),
        )
        for edge in service.edges:
            callee = names.get(edge.reference_id)
            arrow = "⇢" if edge.edge_type == "link" else "→"
            table.add_row(
                Text(f"  {arrow} {printable(callee.name) if callee else f'#{edge.reference_id}'}"),
                Text(_said(callee.type) if callee else "", style="dim"),
                *_numbers(edge.summary_statistics, edge.response_time_histogram),
            )
    return table


def _numbers(
    statistics: ServiceStatistics | EdgeStatistics | UnsetType, histogram: list[HistogramEntry] | UnsetType
) -> list[Text]:
    if isinstance(statistics, UnsetType):
        return [Text("")] * 7
    total = statistics.total_count
    p95_s = None if isinstance(histogram, UnsetType) else percentile(histogram, 0.95)
    errors = statistics.error_statistics
    return [
        Text(str(total)),
        Text(milliseconds(statistics.total_response_time / total) if total else ""),
        Text("" if p95_s is None else milliseconds(p95_s)),
        _count(statistics.ok_count, "green"),
        _count(errors.other_count, "yellow"),
        _count(errors.throttle_count, "magenta"),
        _count(statistics.fault_statistics.total_count, "red"),
    ]


def _count(count: int, style: str) -> Text:
    return Text(str(count), style=style if count else "dim")


def _said(value: str | UnsetType) -> str:
    return "" if isinstance(value, UnsetType) else printable(value)
