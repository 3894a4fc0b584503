"""One frozen Config: every knob and its default.

Each is a flag of ``radiograph serve`` (``--udp-port``), a variable (``RADIOGRAPH_UDP_PORT``), and a key of the TOML
file (``udp_port``); the flag wins over the variable, the variable over the file.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path

import msgspec
import platformdirs

__all__ = ["Config", "ConfigError", "Quotas", "default_data_directory", "is_loopback"]

_AWS_LIMITS = ("relaxed", "strict")
_AUTH = ("local", "required")
_REDACTIONS = ("credentials", "off")
_AUDIT_DATA = ("off", "reads", "all")
_LOG_LEVELS = ("debug", "info", "warning", "error")
_BOUNDS = {
    "port": (0, 65_535),
    "udp_port": (0, 65_535),
    "otlp_grpc_port": (0, 65_535),
    "otlp_http_port": (0, 65_535),
    "retention_days": (1, 36_500),
    "most_body_bytes": (1, 1 << 30),
    "most_otlp_bytes": (1, 1 << 30),
    "most_connections": (1, 1_000_000),
    "most_header_bytes": (1024, 1 << 20),
    "header_timeout_s": (0.1, 3600),
    "least_body_bytes_per_s": (0, 1 << 30),
    "keep_alive_s": (1, 86_400),
    "most_requests_per_s": (0, 1_000_000),
    "most_refusals_per_s": (0, 1_000_000),
    "signature_window_s": (1, 900),
    "api_threads": (1, 1024),
    "journal_file_bytes": (4096, 1 << 36),
    "journal_unapplied_bytes": (1, 1 << 60),
    "journal_retain_hours": (0, 876_000),
    "journal_retain_bytes": (0, 1 << 60),
    "min_free_bytes": (0, 1 << 60),
    "audit_refusals_per_minute": (0, 1_000_000),
    "audit_retain_days": (1, 36_500),
    "audit_retain_bytes": (1 << 20, 1 << 60),
    "audit_file_bytes": (4096, 1 << 30),
    "most_window_hours": (0, 876_000),
    "most_calls_per_s": (0, 1_000_000),
    "most_segments_per_s": (0, 100_000_000),
    "most_annotations": (0, 1_000_000),
    "most_trace_bytes": (0, 1 << 60),
}
"""The least and the most of each number; port 0 is any free one."""


class ConfigError(Exception):
    """A setting that cannot be used; the message says which, and what is accepted."""


def default_data_directory() -> Path:
    """Give the platform's place for a user's data."""
    return Path(platformdirs.user_data_dir("radiograph", appauthor=False))


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a server runs."""

    host: str = "127.0.0.1"
    port: int = 2000
    udp_port: int = 2000
    otlp_grpc_port: int | None = None
    """None: 4317, or any free one when ``port`` is any free one."""
    otlp_http_port: int | None = None
    """None: 4318, likewise."""
    data: Path = msgspec.field(default_factory=default_data_directory)
    auth: str = "local"
    """Who is served: with "local" whoever has this machine, with "required" who signs."""
    insecure_open: bool = False
    """Bind an address that others can reach, although nobody has to sign anything."""
    tls_certificate: Path | None = None
    """PEM, the server's own certificate first; with ``tls_key`` every way in over TCP is TLS."""
    tls_key: Path | None = None
    account: str = "000000000000"
    region: str = "us-east-1"
    retention_days: int = 30
    log_level: str = "warning"
    most_body_bytes: int = 5 << 20
    most_otlp_bytes: int = 16 << 20
    """Of one request, unpacked."""
    most_connections: int = 2000
    """Of HTTP; above it, idle ones are closed, and without any, new ones refused."""
    most_header_bytes: int = 16 << 10
    header_timeout_s: float = 10.0
    """For the head of a request to come."""
    least_body_bytes_per_s: int = 1024
    """Slower ones are refused, looked at every five seconds."""
    keep_alive_s: float = 75.0
    most_requests_per_s: float = 1000.0
    """Of one user or role; 0 is no limit."""
    most_refusals_per_s: float = 20.0
    """Of one address, that are not signed, or wrongly; 0 is no limit."""
    presigned: bool = False
    """Accept requests that are signed in their query string."""
    signature_window_s: float = 300.0
    """How far a signature's moment may be from ours."""
    oidc_issuer: str = ""
    """Who else lets people in at the console: ``https://…``, as its tokens say it."""
    oidc_client_id: str = ""
    oidc_role: str = ""
    """The ARN of the role that people have whom it lets in."""
    oidc_networks: str = ""
    """Where providers may be although it is not the open Internet, separated by commas."""
    redact: str = "credentials"
    """What is taken out of documents before they are kept: "credentials", or "off" for nothing."""
    redact_keys: str = ""
    """Further names of keys whose values are taken out, separated by commas."""
    encrypt_at_rest: bool = False
    """Seal the documents of every account, by a key of its own where it has chosen none."""
    master_key_command: str = ""
    """What prints the master key; empty for the variable or the file."""
    otlp_annotations: str = ""
    """Attributes of spans that become annotations, separated by commas; ``*`` for all."""
    api_threads: int = 8
    journal_file_bytes: int = 64 << 20
    journal_unapplied_bytes: int = 2 << 30
    journal_retain_hours: float = 24.0
    journal_retain_bytes: int = 4 << 30
    min_free_bytes: int = 2 << 30
    audit_data: str = "off"
    """Of X-Ray, beside changes and refusals: "off" tells nothing, "reads" what is read, "all" also what is sent."""
    audit_refusals_per_minute: int = 600
    """Of an account, that have a record each; the others are counted."""
    audit_retain_days: float = 90.0
    audit_retain_bytes: int = 1 << 30
    audit_file_bytes: int = 16 << 20
    aws_limits: str = "relaxed"
    """"strict" refuses what AWS refuses by quota; each of the quotas below can be set by itself. 0 is no limit."""
    most_window_hours: float | None = None
    most_calls_per_s: float | None = None
    """Of one operation."""
    most_segments_per_s: float | None = None
    most_annotations: int | None = None
    """Of one trace, that are indexed."""
    most_trace_bytes: int | None = None
    demo: bool = False
    demo_scenario: str = "healthy"
    demo_history: str = ""

    def check(self) -> None:
        """Return when the settings can be used together.

        Raises: ConfigError.
        """
        if self.auth not in _AUTH:
            raise ConfigError(f"auth is {self.auth!r}; {' or '.join(_AUTH)} is accepted")
        if self.auth == "local" and not self.insecure_open and not is_loopback(self.host):
            raise ConfigError(
                f"host is {self.host!r}, which others can reach, and nobody has to sign anything; add --auth required, "
                "or bind 127.0.0.1, or add --insecure-open if the network in front of it is yours"
            )
        told = {"oidc_issuer": self.oidc_issuer, "oidc_client_id": self.oidc_client_id, "oidc_role": self.oidc_role}
        if any(told.values()) and not all(told.values()):
            missing = ", ".join(name for name, value in told.items() if not value)
            raise ConfigError(f"{missing} is missing; {', '.join(told)} are needed together, or none of them")
        if self.oidc_issuer and not self.oidc_issuer.startswith("https://"):
            raise ConfigError(f"oidc_issuer is {self.oidc_issuer!r}; https://HOST/PATH is accepted")
        try:
            self.networks  # noqa: B018 - for what it raises
        except ValueError as error:
            raise ConfigError(f"oidc_networks: {error}; networks such as 10.0.0.0/8 are accepted") from error
        if (self.tls_certificate is None) != (self.tls_key is None):
            missing = "tls_key (--tls-key)" if self.tls_key is None else "tls_certificate (--tls-certificate)"
            raise ConfigError(f"{missing} is missing; a certificate and its key are needed, or neither")
        for name, (least, most) in _BOUNDS.items():
            value = getattr(self, name)
            if (
                value is not None and not least <= value <= most
            ):  # no number at all, which TOML has a word for, is outside too
                flag = f"--{name.replace('_', '-')}"
                raise ConfigError(f"{name} ({flag}) is {value}; {least} to {most} is accepted")
        if self.aws_limits not in _AWS_LIMITS:
            raise ConfigError(f"aws_limits is {self.aws_limits!r}; {' or '.join(_AWS_LIMITS)} is accepted")
        if self.redact not in _REDACTIONS:
            raise ConfigError(f"redact is {self.redact!r}; {' or '.join(_REDACTIONS)} is accepted")
        if self.audit_data not in _AUDIT_DATA:
            raise ConfigError(f"audit_data is {self.audit_data!r}; {', '.join(_AUDIT_DATA)} are accepted")
        if self.log_level.lower() not in _LOG_LEVELS:
            raise ConfigError(f"log_level is {self.log_level!r}; {', '.join(_LOG_LEVELS)} are accepted")
        if len(self.account) != 12 or not (self.account.isascii() and self.account.isdigit()):
            raise ConfigError(f"account is {self.account!r}; 12 digits are accepted")

    @property
    def networks(self) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
        """Give the networks that ``oidc_networks`` names.

        Raises: ValueError.
        """
        return [ipaddress.ip_network(one.strip()) for one in self.oidc_networks.split(",") if one.strip()]

    @property
    def quotas(self) -> Quotas:
        """Give the quotas in force: what is set by itself, else AWS's or none."""
        usual = _STRICT if self.aws_limits == "strict" else _RELAXED
        return Quotas(
            usual.window_s if self.most_window_hours is None else self.most_window_hours * 3600,
            usual.calls_per_s if self.most_calls_per_s is None else self.most_calls_per_s,
            usual.segments_per_s if self.most_segments_per_s is None else self.most_segments_per_s,
            usual.annotations if self.most_annotations is None else self.most_annotations,
            usual.trace_bytes if self.most_trace_bytes is None else self.most_trace_bytes,
        )


class Quotas(msgspec.Struct, frozen=True):
    """What callers may ask for; 0 is no limit.

    Source: AWS X-Ray endpoints and quotas; the calls a second are not published, ours are what its SDKs stay below.
    """

    window_s: float
    """GetTraceSummaries, GetServiceGraph, GetTimeSeriesServiceStatistics, GetInsightImpactGraph."""
    calls_per_s: float
    """Of each operation but PutTraceSegments."""
    segments_per_s: float
    annotations: int
    """Of one trace, the first ones: filters and summaries know no more."""
    trace_bytes: int
    """What BatchGetTraces gives of one trace, counted as it was sent."""


_RELAXED, _STRICT = Quotas(0.0, 0.0, 0.0, 0, 0), Quotas(6 * 3600.0, 50.0, 2600.0, 50, 500 << 10)


def is_loopback(host: str) -> bool:
    """Whether a name or address can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
