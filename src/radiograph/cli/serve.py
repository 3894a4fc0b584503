"""``radiograph serve``: the server, until it is told to stop."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any, get_args

import click
import msgspec

from radiograph import __version__
from radiograph import demo as shop
from radiograph.cli.window import duration_s
from radiograph.config import Config, ConfigError
from radiograph.lock import DirectoryInUse
from radiograph.server.front import Server
from radiograph.server.front import serve as run_server

__all__ = ["serve"]

_HELP = {
    "host": "Address to bind.",
    "port": "TCP port of the API and the console; 0 picks a free one.",
    "udp_port": "UDP port for segment documents; 0 picks a free one, the TCP port's number if it can.",
    "otlp_grpc_port": "TCP port of OTLP over gRPC. [default: 4317, or a free one when --port is 0]",
    "otlp_http_port": "TCP port of OTLP over HTTP. [default: 4318, or a free one when --port is 0]",
    "data": "Directory for everything that is kept. [default: the platform's user data directory]",
    "auth": "local: whoever has this machine is served; required: who signs requests with an access key.",
    "insecure_open": "Bind an address that others can reach, although nobody has to sign anything.",
    "tls_certificate": "PEM file with the server's certificate and its chain: TLS on every TCP port.",
    "tls_key": "PEM file with the certificate's private key.",
    "account": "12-digit account everything belongs to.",
    "region": "AWS region written into ARNs.",
    "retention_days": "Days that traces are kept.",
    "log_level": "debug, info, warning or error.",
    "most_body_bytes": "Largest request body.",
    "most_otlp_bytes": "Largest OTLP or Zipkin body, unpacked.",
    "most_connections": "HTTP connections at once.",
    "most_header_bytes": "Largest head of a request.",
    "header_timeout_s": "Seconds for the head of a request to come.",
    "least_body_bytes_per_s": "Bytes a second below which a body is too slow.",
    "keep_alive_s": "Seconds that an idle connection is kept.",
    "most_requests_per_s": "Requests a second of one user or role, where everybody signs; 0 for any number.",
    "most_refusals_per_s": "Refused requests a second of one address before it is told to wait; 0 for any number.",
    "presigned": "Accept requests that are signed in their query string; X-Ray's clients never send such.",
    "signature_window_s": "Seconds that the moment of a signature may be from the server's clock.",
    "oidc_issuer": "Provider of OpenID Connect that people may log in to the console with.",
    "oidc_client_id": "What the provider knows this server by; its secret is RADIOGRAPH_OIDC_CLIENT_SECRET.",
    "oidc_role": "ARN of the role that such people have; its trust policy says who.",
    "oidc_networks": "Networks where providers may be besides the open Internet, separated by commas.",
    "otlp_annotations": "Attributes of spans to index as annotations, separated by commas; * for all.",
    "redact": "credentials: take passwords, tokens and keys out of documents before they are kept; or off.",
    "redact_keys": "Further names of keys whose values are taken out, separated by commas.",
    "encrypt_at_rest": "Encrypt the documents of every account, by a key of its own where it has chosen none.",
    "master_key_command": "Command that prints the master key, 32 bytes in base64, such as one that asks a KMS.",
    "api_threads": "Threads that answer questions.",
    "journal_file_bytes": "Size of a journal file.",
    "journal_unapplied_bytes": "Journal bytes that may wait for the store before callers get 429.",
    "journal_retain_hours": "Hours a journal file is kept after it has been applied.",
    "journal_retain_bytes": "Bytes of applied journal above which files go before their time.",
    "min_free_bytes": "Free disk space below which callers get 429.",
    "audit_data": "off: the audit tells of changes and refusals; reads: of what is read too; all: of what is sent too.",
    "audit_refusals_per_minute": "Refusals of an account that have a record of their own; the others are counted.",
    "audit_retain_days": "Days that audit records are kept.",
    "audit_retain_bytes": "Bytes of audit records above which the oldest go before their time.",
    "audit_file_bytes": "Size of an audit file.",
    "aws_limits": "relaxed, or strict: refuse what AWS refuses by quota.",
    "most_window_hours": "Longest window a question may ask for; 0 for any. [default: 6 when strict, else any]",
    "most_calls_per_s": "Calls of one operation a second; 0 for any number. [default: 50 when strict, else any]",
    "most_segments_per_s": "Documents a second; 0 for any number. [default: 2600 when strict, else any]",
    "most_annotations": "Annotations of a trace that are indexed; 0 for all. [default: 50 when strict, else all]",
    "most_trace_bytes": "Bytes of a trace given whole; 0 for any number. [default: 512000 when strict, else any]",
    "demo": "Run the demo shop inside the server.",
    "demo_scenario": f"What is wrong with the demo shop: {', '.join(shop.Scenario)}.",
    "demo_history": "Past to fill when the demo starts, such as 6h. [default: 30m on a new data directory]",
}


def _options(command: Any) -> Any:
    """Give the command one option for each knob of Config."""
    for field in reversed(msgspec.structs.fields(Config)):
        flag = field.type is bool
        default = None if field.default_factory is not msgspec.NODEFAULT else field.default
        command = click.option(
            f"--{field.name.replace('_', '-')}",
            field.name,
            is_flag=flag,
            type=None if flag else _parameter_type(field.type),
            default=None,
            envvar=f"RADIOGRAPH_{field.name.upper()}",
            help=_HELP[field.name] + (f" [default: {default}]" if default not in (None, "", False) else ""),
        )(command)
    return command


def _parameter_type(type_: Any) -> type:
    (plain,) = [one for one in get_args(type_) if one is not type(None)] or [type_]
    found: type = str if plain is Path else plain
    return found


@click.command()
@_options
@click.option("--config", "config_file", type=click.Path(path_type=Path), envvar="RADIOGRAPH_CONFIG", help="TOML file.")
def serve(config_file: Path | None, **given: object) -> None:
    """Run the server: UDP and TCP 2000, as the X-Ray daemon has them, and the console in a browser."""
    try:
        config = read_config(config_file, {name: value for name, value in given.items() if value is not None})
        _check_demo(config)
        run_server(config, lambda server, took_s: _ready(server, config, took_s))
    except (ConfigError, DirectoryInUse, RuntimeError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"cannot start with data in {config.data}: {error}") from error


def read_config(file: Path | None, given: dict[str, object]) -> Config:
    """Give the settings: what was given on the command line or in the environment wins over the file.

    Raises: ConfigError naming what cannot be used.
    """
    settings: dict[str, object] = {}
    if file is not None:
        try:
            settings = tomllib.loads(file.read_text())
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"the configuration file {file} cannot be read: {error}") from error
    try:
        return msgspec.convert(settings | given, Config, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        where = f"the configuration file {file}" if file is not None else "a setting"
        raise ConfigError(f"{where} is not valid: {error}{_meant(settings)}") from error


def _meant(settings: dict[str, object]) -> str:
    known = [field.name for field in msgspec.structs.fields(Config)]
    for name in settings:
        if name not in known:
            near = difflib.get_close_matches(name.lower().replace("-", "_"), known, n=1)
            return f"; perhaps {near[0]} was meant" if near else "; `radiograph serve --help` lists what there is"
    return ""


def _check_demo(config: Config) -> None:
    if config.demo_scenario not in list(shop.Scenario):
        raise ConfigError(f"demo_scenario is {config.demo_scenario!r}; {', '.join(shop.Scenario)} are accepted")
    if config.demo and config.tls_certificate is not None:
        raise ConfigError("demo sends its history over plain HTTP; start it without tls_certificate")
    try:
        duration_s(config.demo_history or "0s")
    except ValueError as error:
        raise ConfigError(f"demo_history: {error}") from error


def _path(type_: type, value: object) -> object:
    if type_ is Path and isinstance(value, str):
        return Path(value).expanduser()
    raise NotImplementedError


def _ready(server: Server, config: Config, took_s: float) -> None:
    host = f"[{config.host}]" if ":" in config.host else config.host
    url = f"{'http' if server.tls is None else 'https'}://{host}:{server.port}/"
    key = server.first_key
    if key is not None:
        click.echo("The first administrator, told this once:")
        click.echo(f"  export AWS_ACCESS_KEY_ID={key.id} AWS_SECRET_ACCESS_KEY={key.secret}")
        click.echo(f"  and to log in at {url}login")
    click.echo(
        f"Radiograph {__version__} ready in {took_s:.1f} s · {url} · udp {host}:{server.udp.port} "
        f"· otlp grpc {host}:{server.spans.grpc_port}, http {host}:{server.spans.http_port} · data {config.data}"
    )
    if config.demo:
        # A directory that has traces keeps them as they are, unless more of the past is asked for.
        history = config.demo_history or ("0s" if server.journal.durable_sequence else "30m")
        scenario = shop.Scenario(config.demo_scenario)
        server.demo.start(scenario, duration_s(history), lambda words: click.echo(f"Demo: {words}"))
