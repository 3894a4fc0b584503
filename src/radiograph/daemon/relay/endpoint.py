"""What requests go to: host, port and prefix, over TLS or not, directly or through a proxy."""

from __future__ import annotations

import base64
import os
import ssl
from collections.abc import Mapping
from importlib.resources import files
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

import msgspec

from radiograph.config import ConfigError

__all__ = ["Endpoint", "Proxy", "proxy_from", "read_endpoint", "tls_context"]


class Proxy(msgspec.Struct, frozen=True):
    """An HTTP proxy on the way, and the header by which it knows us; empty when it need not."""

    host: str
    port: int
    authorization: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Give what the proxy itself is told with a request."""
        return {"Proxy-Authorization": self.authorization} if self.authorization else {}


class Endpoint(msgspec.Struct, frozen=True):
    """Where X-Ray answers."""

    url: str
    tls: bool
    host: str
    port: int
    prefix: str
    """What stands in front of every path; most often nothing."""
    proxy: Proxy | None = None

    @property
    def authority(self) -> str:
        """Give what the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.tls else 80) else f"{host}:{self.port}"


def read_endpoint(url: str, proxy: Proxy | None = None) -> Endpoint:
    """Give the endpoint at a URL.

    Raises: ConfigError for what is no URL of a server.
    """
    parts = _split(url)
    if parts is None or parts.scheme not in ("http", "https") or parts.query or parts.fragment or "@" in parts.netloc:
        raise ConfigError(f"the endpoint is {url!r}; http://HOST:PORT and https://HOST are accepted")
    tls = parts.scheme == "https"
    port = parts.port or (443 if tls else 80)
    return Endpoint(url.rstrip("/"), tls, parts.hostname or "", port, parts.path.rstrip("/"), proxy)


def proxy_from(address: str, environment: Mapping[str, str], url: str) -> Proxy | None:
    """Give the proxy to reach ``url`` through: the one that is set, else, for https, HTTPS_PROXY's.

    Raises: ConfigError for an address that is no HTTP proxy's.
    """
    host = urlsplit(url).hostname or ""
    if not address and url.startswith("https:") and not _is_exempt(host, environment):
        address = environment.get("HTTPS_PROXY") or environment.get("https_proxy") or ""
    if not address:
        return None
    parts = _split(address if "://" in address else f"http://{address}")
    if parts is None or parts.scheme != "http":
        raise ConfigError(f"the proxy address is {address!r}; http://HOST:PORT is accepted")
    said = ""
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        said = "Basic " + base64.b64encode(pair.encode()).decode()
    return Proxy(parts.hostname or "", parts.port or 80, said)


def tls_context(verify: bool, environment: Mapping[str, str] = os.environ) -> ssl.SSLContext:
    """Give whom we trust: AWS_CA_BUNDLE's, else the system's, else those that botocore brings; or anybody.

    Raises: ConfigError when AWS_CA_BUNDLE cannot be read.
    """
    bundle = environment.get("AWS_CA_BUNDLE")
    try:
        context = ssl.create_default_context(cafile=bundle or None)
    except OSError as error:
        raise ConfigError(f"AWS_CA_BUNDLE is {bundle!r}, which cannot be read: {error}") from error
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    elif not context.cert_store_stats()["x509_ca"]:
        context.load_verify_locations(cadata=(files("botocore") / "cacert.pem").read_text())
    return context


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        valid = parts.port is None or parts.port > 0
    except ValueError:
        return None
    return parts if valid and parts.hostname else None


def _is_exempt(host: str, environment: Mapping[str, str]) -> bool:
    exempt = environment.get("NO_PROXY") or environment.get("no_proxy") or ""
    return bool(proxy_bypass_environment(host, {"no": exempt}))
