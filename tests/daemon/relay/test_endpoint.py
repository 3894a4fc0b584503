"""Where requests go to, and through which proxy."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from radiograph.config import ConfigError
from radiograph.daemon.relay.endpoint import Proxy, proxy_from, read_endpoint, tls_context


@pytest.mark.parametrize(
    ("url", "tls", "host", "port", "prefix", "authority"),
    [
        ("https://xray.eu-west-1.amazonaws.com", True, "xray.eu-west-1.amazonaws.com", 443, "", None),
        ("http://127.0.0.1:2000/", False, "127.0.0.1", 2000, "", "127.0.0.1:2000"),
        ("http://[::1]:2000", False, "::1", 2000, "", "[::1]:2000"),
        ("https://radiograph.internal:8443/xray/", True, "radiograph.internal", 8443, "/xray", None),
        ("http://radiograph.internal:80", False, "radiograph.internal", 80, "", "radiograph.internal"),
    ],
)
def test_an_endpoint_is_the_url_of_a_server(
    url: str, tls: bool, host: str, port: int, prefix: str, authority: str | None
) -> None:
    found = read_endpoint(url)
    assert (found.tls, found.host, found.port, found.prefix) == (tls, host, port, prefix)
    assert found.authority == (authority or (host if port == 443 else f"{host}:{port}"))


@pytest.mark.parametrize(
    "url", ["", "127.0.0.1:2000", "ftp://a", "http://", "http://a:b", "http://a:70000", "http://u:p@a", "http://a?b=c"]
)
def test_what_is_no_url_of_a_server_is_named(url: str) -> None:
    with pytest.raises(ConfigError, match=r"the endpoint is .*; http://HOST:PORT and https://HOST are accepted"):
        read_endpoint(url)


AWS = "https://xray.eu-west-1.amazonaws.com"


@pytest.mark.parametrize(
    ("address", "environment", "url", "proxy"),
    [
        ("", {}, AWS, None),
        ("http://proxy:3128", {}, AWS, Proxy("proxy", 3128)),
        ("proxy:3128", {}, AWS, Proxy("proxy", 3128)),
        ("http://proxy:3128", {"HTTPS_PROXY": "http://other:1"}, AWS, Proxy("proxy", 3128)),
        ("http://proxy:3128", {}, "http://radiograph:2000", Proxy("proxy", 3128)),
        ("", {"HTTPS_PROXY": "http://proxy"}, AWS, Proxy("proxy", 80)),
        ("", {"HTTPS_PROXY": "http://proxy:1"}, "http://radiograph:2000", None),
        ("", {"HTTPS_PROXY": "http://proxy:1", "NO_PROXY": ".amazonaws.com"}, AWS, None),
        ("http://me:se%3Acret@proxy:1", {}, AWS, Proxy("proxy", 1, "Basic bWU6c2U6Y3JldA==")),
    ],
)
def test_the_proxy_is_the_one_that_is_set_else_https_proxy_for_https(
    address: str, environment: dict[str, str], url: str, proxy: Proxy | None
) -> None:
    assert proxy_from(address, environment, url) == proxy


@pytest.mark.parametrize("address", ["https://proxy:1", "socks5://proxy:1", "http://", "http://proxy:x"])
def test_what_is_no_http_proxy_is_named(address: str) -> None:
    with pytest.raises(ConfigError, match=r"the proxy address is .*; http://HOST:PORT is accepted"):
        proxy_from(address, {}, AWS)


def test_certificates_are_verified_unless_somebody_says_not_to(tmp_path: Path) -> None:
    assert tls_context(True, {}).verify_mode == ssl.CERT_REQUIRED
    assert tls_context(True, {}).check_hostname
    assert tls_context(False, {}).verify_mode == ssl.CERT_NONE
    with pytest.raises(ConfigError, match=r"AWS_CA_BUNDLE is .*, which cannot be read"):
        tls_context(True, {"AWS_CA_BUNDLE": str(tmp_path / "absent.pem")})
