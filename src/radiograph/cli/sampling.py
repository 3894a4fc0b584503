"""``radiograph sampling``: the rules in order, which one decides on a request and why, and what it keeps."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime

import click
import msgspec
from msgspec import UNSET
from rich.table import Table
from rich.text import Text

from radiograph.cli.terminal import (
    Terminal,
    console,
    endpoint_option,
    json_option,
    pass_terminal,
    printable,
    write_json,
)
from radiograph.cli.traffic import SamplingClient, traffic
from radiograph.cli.window import DURATION, Window
from radiograph.model import SamplingBoost, SamplingRule, SamplingStatisticSummary
from radiograph.sampling import (
    OTEL,
    XRAY,
    Considered,
    Forecast,
    Incoming,
    Recorded,
    consider,
    forecast,
    in_order,
)

__all__ = ["sampling"]

_LATELY_S = 60.0
_READINGS = {"xray": XRAY, "otel": OTEL}
_BASES = {
    "counted": "clients counted the requests",
    "rate": "by the rule's reservoir and rate as they are now",
    "none": "each for itself: no rule is recorded",
}


class Lately(msgspec.Struct, frozen=True):
    """What clients reported of a rule in the last minute, a second."""

    requests_per_s: float
    sampled_per_s: float
    borrowed_per_s: float


class Explanation(msgspec.Struct, frozen=True):
    """All that ``explain`` tells."""

    client: str
    considered: list[Considered]
    elsewhere: str | None
    """The rule that the other kind of client lets decide, when it is another."""
    boost: SamplingBoost | None
    lately: Lately | None
    forecast: Forecast


@click.group()
def sampling() -> None:
    """Look at sampling rules: which decides, why, and what it keeps."""


@sampling.command()
@json_option
@endpoint_option
@pass_terminal
def rules(terminal: Terminal, as_json: bool, endpoint: str) -> None:
    """List the rules in the order clients look at them, with what was reported in the last minute."""
    now_s = terminal.clock()
    with closing(SamplingClient(endpoint)) as client:
        ordered = in_order(client.rules())
        statistics = client.statistics(Window(now_s - _LATELY_S, now_s + _LATELY_S))
    if as_json:
        write_json([{"SamplingRule": rule, "Lately": _lately(rule, statistics)} for rule in ordered])
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("PRIORITY", "RULE", "RESERVOIR", "RATE", "REQUESTS/S", "SAMPLED/S", "MATCHES"):
        right = heading in ("PRIORITY", "RESERVOIR", "RATE", "REQUESTS/S", "SAMPLED/S")
        table.add_column(heading, justify="right" if right else "left", no_wrap=not heading.startswith("MATCHES"))
    for rule in ordered:
        lately = _lately(rule, statistics)
        table.add_row(
            str(rule.priority),
            Text(_name(rule), style="bold"),
            f"{rule.reservoir_size}/s",
            _percent(rule.fixed_rate),
            "" if lately is None else f"{lately.requests_per_s:.1f}",
            "" if lately is None else f"{lately.sampled_per_s:.1f}",
            Text(_patterns(rule), style="dim"),
        )
    console().print(table)


@sampling.command()
@click.option("--service", help="The service that is asked.")
@click.option("--type", "service_type", help="Its type, such as AWS::ECS::Container.")
@click.option("--method", help="The method of the request.")
@click.option("--host", help="Its Host header.")
@click.option("--path", help="Its path, without the query.")
@click.option("--resource-arn", help="The ARN of the resource the service runs on.")
@click.option("--attribute", "attributes", multiple=True, metavar="KEY=VALUE", help="An attribute; may be repeated.")
@click.option(
    "--client",
    "kind",
    type=click.Choice(["xray", "otel"]),
    help="Who reads the rules: an X-Ray SDK or a sampler of OpenTelemetry (which alone reads attributes).",
)
@click.option(
    "--since", "since_s", type=DURATION, metavar="DURATION", default="1h", show_default=True, help="Whose traffic."
)
@click.option(
    "--traces", "most", type=click.IntRange(min=1), default=500, show_default=True, help="Read at most this many."
)
@json_option
@endpoint_option
@pass_terminal
def explain(
    terminal: Terminal,
    service: str | None,
    service_type: str | None,
    method: str | None,
    host: str | None,
    path: str | None,
    resource_arn: str | None,
    attributes: tuple[str, ...],
    kind: str | None,
    since_s: float,
    most: int,
    as_json: bool,
    endpoint: str,
) -> None:
    """Say which rule decides on a request, why none before it does, and what it would keep of real traffic."""
    incoming = Incoming(service, service_type, method, host, path, resource_arn, _pairs(attributes))
    kind = kind or ("otel" if attributes or resource_arn else "xray")
    with closing(SamplingClient(endpoint)) as client:
        found = _explain(client, incoming, kind, terminal.clock(), since_s, most)
    if as_json:
        write_json(found)
        return
    for line in _told(found):
        console().print(line, soft_wrap=True)


def _explain(
    client: SamplingClient, incoming: Incoming, kind: str, now_s: float, since_s: float, most: int
) -> Explanation:
    window = Window(now_s - since_s, now_s)
    ordered = client.rules()
    considered = consider(ordered, incoming, _READINGS[kind])
    rule = considered[-1].rule
    other = consider(ordered, incoming, _READINGS["xray" if kind == "otel" else "otel"])[-1].rule
    statistics = client.statistics(Window(window.start_s, now_s + _LATELY_S))
    target = client.target(rule, now_s)
    seen = traffic(client, window, most)
    return Explanation(
        client=_READINGS[kind].name,
        considered=considered,
        elsewhere=other.rule_name if other is not rule else None,
        boost=None if target is None or target.sampling_boost is UNSET else target.sampling_boost,
        lately=_lately(rule, [one for one in statistics if one.timestamp >= now_s - _LATELY_S]),
        forecast=forecast(rule, ordered, seen.observed, statistics, since_s, seen.share, _READINGS[kind]),
    )


def _pairs(attributes: Iterable[str]) -> dict[str, str]:
    pairs = {}
    for text in attributes:
        key, equals, value = text.partition("=")
        if not key or not equals:
            raise click.BadParameter(f"'{text}' is no attribute; write KEY=VALUE", param_hint="--attribute")
        pairs[key] = value
    return pairs


def _lately(rule: SamplingRule, statistics: Iterable[SamplingStatisticSummary]) -> Lately | None:
    mine = [one for one in statistics if one.rule_name == rule.rule_name]
    if not mine:
        return None
    return Lately(
        sum(one.request_count for one in mine) / _LATELY_S,
        sum(one.sampled_count for one in mine) / _LATELY_S,
        sum(one.borrow_count for one in mine) / _LATELY_S,
    )


def _told(found: Explanation) -> Iterable[Text]:
    rule = found.considered[-1].rule
    yield Text.assemble((_name(rule), "bold green"), f" decides, for {found.client} clients: {_patterns(rule)}.")
    if found.elsewhere is not None:
        yield Text(f"The other kind of client lets {printable(found.elsewhere)} decide: see --client.", style="yellow")
    if len(found.considered) > 1:
        yield Text()
        yield Text("Before it", style="bold")
        for one in found.considered[:-1]:
            for told in one.mismatches:
                value = "" if told.value is None else f" {printable(told.value)!r}"
                name = f"{one.rule.priority:>5}  {_name(one.rule)}"
                yield Text(f"{name}: {told.field}{value} against {printable(told.pattern)!r}: {told.reason}")
    yield Text()
    yield Text("Now", style="bold")
    yield Text(
        f"A reservoir of {rule.reservoir_size}/s, shared by all clients, and {_percent(rule.fixed_rate)} of the others."
    )
    if found.boost is not None:
        until = datetime.fromtimestamp(found.boost.boost_rate_ttl, UTC)
        raised = _percent(found.boost.boost_rate)
        yield Text(f"Raised to {raised} until {until:%H:%M:%S} UTC, for what went wrong.", style="yellow")
    lately = found.lately
    if lately is None:
        yield Text("In the last minute no client reported a request that it decided on.", style="dim")
    else:
        yield Text(
            f"In the last minute clients reported {lately.requests_per_s:.1f} requests/s, {lately.sampled_per_s:.1f}/s "
            f"sampled, {lately.borrowed_per_s:.1f}/s borrowed."
        )
    yield Text()
    yield from _forecast(found.forecast)


def _forecast(told: Forecast) -> Iterable[Text]:
    yield Text(f"Of the last {_length(told.window_s)}", style="bold")
    read = "all" if told.share == 1 else f"{_percent(told.share)} of the"
    yield Text(f"It would decide on {told.matched:,} of {told.traces:,} traces ({read} stored ones were read).")
    if not told.matched:
        return
    for one in told.recorded:
        yield Text(f"  {one.traces:>7,} {_recorder(one)}: about {one.requests:,.0f} requests; {_BASES[one.basis]}")
    kept = told.kept / told.requests if told.requests else 0.0
    yield Text.assemble(
        "It would keep about ",
        (f"{told.kept:,.0f} of {told.requests:,.0f} requests", "bold"),
        f" ({_percent(kept)}; {told.kept / told.window_s:.2f} a second).",
    )
    yield Text(
        "What is stored was sampled when it was recorded: requests are estimated from what was kept of them, and what "
        "no rule ever kept is not seen here.",
        style="dim",
    )


def _recorder(one: Recorded) -> str:
    return (
        "decided upstream or without a rule" if one.rule_name is None else f"recorded under {printable(one.rule_name)}"
    )


def _name(rule: SamplingRule) -> str:
    return printable(rule.rule_name or "")


def _patterns(rule: SamplingRule) -> str:
    """Return the fields of a rule that are not ``*``."""
    fields = {
        "ServiceName": rule.service_name,
        "ServiceType": rule.service_type,
        "Host": rule.host,
        "HTTPMethod": rule.http_method,
        "URLPath": rule.url_path,
        "ResourceARN": rule.resource_arn,
        **{f"Attributes.{key}": pattern for key, pattern in (rule.attributes or {}).items()},
    }
    said = [f"{name} {printable(pattern)}" for name, pattern in fields.items() if pattern != "*"]
    return " · ".join(said) or "everything"


def _percent(share: float) -> str:
    return f"{share * 100:.3g} %"


def _length(seconds: float) -> str:
    for unit, length_s in (("hours", 3600), ("minutes", 60)):
        if seconds >= length_s:
            return unit.removesuffix("s") if seconds == length_s else f"{seconds / length_s:g} {unit}"
    return f"{seconds:g} seconds"
