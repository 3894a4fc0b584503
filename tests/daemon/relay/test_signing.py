"""Our signatures are the ones botocore makes, which is what AWS accepts."""

from __future__ import annotations

import string
import time
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st

from radiograph.daemon.relay.signing import Keys, Signer, signature_headers

from .upstream import KEYS, NOW_S

HOST = "xray.eu-west-1.amazonaws.com"


def by_botocore(method: str, url: str, headers: dict[str, str], body: bytes, keys: Keys, region: str, date: str) -> str:
    """Give the Authorization header that botocore computes for a request of which all headers given are signed."""
    request = AWSRequest(method=method, url=url, headers=headers, data=body)
    request.context["timestamp"] = date
    auth = SigV4Auth(Credentials(*keys), "xray", region)
    signature = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    signed = auth.signed_headers(auth.headers_to_sign(request))
    return f"AWS4-HMAC-SHA256 Credential={auth.scope(request)}, SignedHeaders={signed}, Signature={signature}"


def check(
    method: str, target: str, kind: str | None, body: bytes, keys: Keys = KEYS, region: str = "eu-west-1"
) -> None:
    added = dict(signature_headers(Signer(keys, region), method, target, HOST, kind, body, NOW_S))
    headers: dict[str, Any] = {"Host": HOST, "X-Amz-Date": added["X-Amz-Date"]}
    if kind is not None:
        headers["Content-Type"] = kind
    if keys.token:
        headers["X-Amz-Security-Token"] = added["X-Amz-Security-Token"]
    date = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(NOW_S))
    assert added["X-Amz-Date"] == date
    expected = by_botocore(method, f"https://{HOST}{target}", headers, body, keys, region, date)
    assert added["Authorization"] == expected


@pytest.mark.parametrize("token", [None, "a/session+token=="])
@pytest.mark.parametrize("kind", ["application/json", "  application/x-amz-json-1.1;   charset=utf-8 ", None])
def test_a_request_of_ours_is_signed_as_botocore_signs_it(token: str | None, kind: str | None) -> None:
    check("POST", "/TraceSegments", kind, b'{"TraceSegmentDocuments":[]}', KEYS._replace(token=token))


text = st.text(string.printable, min_size=1, max_size=40).filter(lambda one: one.strip() == one and one.isprintable())
parts = st.lists(st.sampled_from(["", ".", "..", "Traces", "a%20b", "a+b", "é", "~x", "%2F", "a;b=c", "*"]), max_size=5)
pairs = st.lists(
    st.tuples(st.sampled_from(["a", "b", "A", "a%20", ""]), st.sampled_from(["", "1", "%C3%A9", "=", "~"]))
)


@given(
    st.sampled_from(["GET", "POST", "PUT", "DELETE"]), parts, st.booleans(), pairs, st.binary(max_size=200), text, text
)
def test_any_path_and_query_is_signed_as_botocore_signs_it(
    method: str, path: list[str], slash: bool, query: list[tuple[str, str]], body: bytes, secret: str, region: str
) -> None:
    target = "/" + "/".join(path) + ("/" if slash else "")
    # botocore takes what begins with two slashes for a host.
    target = "/" + target.lstrip("/")
    if query:
        target += "?" + "&".join(f"{name}={value}" for name, value in query)
    check(method, target, "application/json", body, Keys("AKID", secret, None), region)
