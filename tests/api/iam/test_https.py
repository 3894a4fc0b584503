"""Fetching from providers: never from inside a network, whatever an address looks like."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from radiograph.api.iam.https import Fetcher, Unreachable, is_public

from .provider import Provider

INSIDE = """
0.0.0.0 127.0.0.1 127.255.255.254 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1
169.254.169.254 169.254.170.2 100.64.0.1 100.100.100.200 192.0.0.8 192.0.0.170 192.0.2.1 198.18.0.1
198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1
::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1::
2002:a9fe:a9fe:: 2001::1 2001:db8::1 fc00::1 fd00:ec2::254 fe80::1 ff02::1 ff0e::1 100::1
"""
OUTSIDE = """
1.1.1.1 8.8.8.8 93.184.216.34 52.94.236.248 2606:4700:4700::1111 2a00:1450:4001::1 ::ffff:8.8.8.8
"""
URLS = """
http://example.com/ ftp://example.com/ file:///etc/passwd gopher://127.0.0.1/ https:// https:///x https://u@h/
https://127.0.0.1/ https://[::1]/ https://2130706433/ https://0x7f.1/ https://0177.0.0.1/ https://localhost/
https://0/ https://[::ffff:127.0.0.1]/ https://169.254.169.254/latest/meta-data/ https://127.1/
https://[fe80::1]/ https://localhost:8443/ https://127.0.0.1:80/ https://[::]/ https://%31%32%37.0.0.1/
https://h:99999/ https://[/
"""


@pytest.mark.parametrize("text", INSIDE.split())
def test_an_address_inside_is_none_of_the_internet(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", OUTSIDE.split())
def test_an_address_outside_is_one_of_the_internet(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("url", URLS.split())
def test_nothing_is_fetched_from_inside(url: str) -> None:
    with pytest.raises(Unreachable):
        Fetcher()(url)


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[Provider]:
    made = Provider(tmp_path)
    yield made
    made.close()


LOOPBACK = [ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128")]


def test_what_is_allowed_is_fetched_from_inside_and_only_with_a_good_certificate(provider: Provider) -> None:
    provider.say("/a?b=c", {"d": 1})
    assert Fetcher(LOOPBACK, provider.trusting)(f"{provider.issuer}/a?b=c") == b'{"d": 1}'
    with pytest.raises(Unreachable, match="certificate"):
        Fetcher(LOOPBACK)(f"{provider.issuer}/a?b=c")
    with pytest.raises(Unreachable, match="not public"):
        Fetcher((), provider.trusting)(f"{provider.issuer}/a?b=c")


def test_an_answer_that_is_too_long_or_leads_elsewhere_is_refused(provider: Provider) -> None:
    fetch = Fetcher(LOOPBACK, provider.trusting)
    provider.say("/long", "x" * 300_000)
    with pytest.raises(Unreachable, match="more than 262144 bytes"):
        fetch(f"{provider.issuer}/long")
    provider.say("/else", provider.issuer, 302)
    with pytest.raises(Unreachable, match="status 302"):
        fetch(f"{provider.issuer}/else")
    assert provider.asked == ["/long", "/else"]


def test_a_certificate_is_checked_by_default() -> None:
    fetch = Fetcher()
    assert fetch._context.verify_mode is ssl.CERT_REQUIRED
    assert fetch._context.check_hostname
