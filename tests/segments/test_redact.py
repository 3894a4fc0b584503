"""Credentials in documents: what is taken out, and what stays as it is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.segments.redact import REDACTED, Redactor

redact = Redactor()
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
KEY = "AKIAIOSFODNN7EXAMPLE"


def redacted(**members: Any) -> dict[str, Any]:
    return json.loads(redact(json.dumps(members).encode()))


@pytest.mark.parametrize(
    "key",
    [
        *("password", "Password", "db_password", "DB-PASSWD", "user.pwd", "passphrase", "client_secret", "secret"),
        *("aws_secret_access_key", "SecretAccessKey", "token", "access_token", "refreshToken", "X-Amz-Security-Token"),
        *("Authorization", "http.request.header.authorization", "Proxy-Authorization", "cookie", "Set-Cookie"),
        *("api_key", "apiKey", "X-Api-Key", "private_key", "credentials", "X-Amz-Signature"),
    ],
)
@pytest.mark.parametrize("where", ["annotations", "metadata"])
def test_the_value_of_a_key_that_names_a_secret_goes(key: str, where: str):
    assert redacted(**{where: {key: "hunter2"}}) == {where: {key: REDACTED}}


@pytest.mark.parametrize("key", ["tokens_used", "password_age_days", "secretary", "passenger", "cookies_accepted"])
def test_the_value_of_a_key_that_only_resembles_one_stays(key: str):
    assert redacted(metadata={key: "hunter2"}) == {"metadata": {key: "hunter2"}}


@pytest.mark.parametrize("value", [7, 1.5, True, None, ""])
def test_numbers_and_nothing_stay_under_any_key(value: object):
    assert redacted(annotations={"token": value}) == {"annotations": {"token": value}}


def test_everything_under_a_key_that_names_a_secret_goes():
    assert redacted(metadata={"credentials": {"user": "me", "pass": "x"}}) == {"metadata": {"credentials": REDACTED}}


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"called with {KEY}", f"called with {REDACTED}"),
        (f"token was {JWT}!", f"token was {REDACTED}!"),
        (f"Authorization: Bearer {JWT}", f"Authorization: Bearer {REDACTED}"),
        ("authorization: basic dXNlcjpwYXNz", f"authorization: basic {REDACTED}"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- ok", f"{REDACTED} ok"),
        ("-----BEGIN PRIVATE KEY-----\nMIIE cut off", REDACTED),
        ("https://me:hunter2@db.example/shop", f"https://me:{REDACTED}@db.example/shop"),
        ("https://h/?a=1&access_token=abc&b=2", f"https://h/?a=1&access_token={REDACTED}&b=2"),
        ("https://h/x?X-Amz-Signature=0f0f#top", f"https://h/x?X-Amz-Signature={REDACTED}#top"),
    ],
)
def test_what_looks_like_a_secret_goes_wherever_it_is(text: str, clean: str):
    found = redacted(
        http={"request": {"url": text}},
        cause={"exceptions": [{"message": text}]},
        subsegments=[{"metadata": {"default": {"list": ["a", text]}}}],
    )
    assert found["http"]["request"]["url"] == clean
    assert found["cause"]["exceptions"][0]["message"] == clean
    assert found["subsegments"][0]["metadata"]["default"]["list"] == ["a", clean]


def test_ids_and_names_are_never_touched():
    told = {"id": KEY, "trace_id": KEY, "name": f"db@{KEY}", "parent_id": KEY}
    assert redacted(**told) == told


def test_a_document_without_secrets_is_the_same_object():
    document = b'{"name":"shop@db.example","metadata":{"default":{"x":1}}}'
    assert redact(document) is document


def test_a_document_that_only_looks_suspicious_is_the_same_bytes():
    document = b'{ "name": "token-service", "metadata": {"prompt_tokens": 5} }'
    assert redact(document) is document


def test_further_keys_may_be_named():
    more = Redactor(("Customer-IBAN",))
    assert json.loads(more(b'{"metadata":{"customer_iban":"DE1","other":"x"}}')) == {
        "metadata": {"customer_iban": REDACTED, "other": "x"}
    }


@given(st.binary(max_size=100))
def test_whatever_the_bytes_it_does_not_fail(document: bytes):
    redact(b"token" + document)


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(_json, min_size=1, max_size=4), st.sampled_from([KEY, JWT, f"bearer {JWT}", "x://u:hunter22@h/"]))
def test_no_planted_secret_is_left_at_any_depth(beside: list[Any], secret: str):
    value: Any = f"before {secret} after"
    for one in beside:
        value = {"deeper": value, "beside": one} if isinstance(one, dict) else [one, value]
    text = json.dumps(redacted(metadata={"default": value}))
    assert KEY not in text
    assert JWT not in text
    assert "hunter22" not in text
