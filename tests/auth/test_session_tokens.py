"""Session tokens: whole, or nothing."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from radiograph.auth.refusals import UnknownKey
from radiograph.auth.session_tokens import MOST_TOKEN_BYTES, Session, packed_percent, read_token, write_token
from radiograph.secrets import MasterKey

SEALER = MasterKey(b"a" * 32).sealer("session tokens")
SESSION = Session(
    kind="role",
    account="123456789012",
    access_key_id="ASIAIOSFODNN7EXAMPLE",
    secret="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    entity_id="AROAIOSFODNN7EXAMPLE1",
    name="me",
    issued_at=1_700_000_000.0,
    expires_at=1_700_003_600.0,
)

texts = st.text(max_size=20)


@given(texts, st.lists(texts, max_size=5), st.dictionaries(texts, texts, max_size=5), st.integers(0, 4000))
def test_a_session_comes_back_as_it_went(policy: str, arns: list[str], tags: dict[str, str], least: int) -> None:
    session = replace(SESSION, policy=policy, policy_arns=tuple(arns), tags=tags, transitive=tuple(tags))
    token = write_token(session, SEALER, least)
    assert least <= len(token) <= MOST_TOKEN_BYTES
    assert read_token(token, SEALER) == session


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_token_of_which_a_byte_was_changed_is_none(at: int, flip: int) -> None:
    data = bytearray(base64.b64decode(write_token(SESSION, SEALER)))
    data[at % len(data)] ^= flip
    with pytest.raises(UnknownKey):
        read_token(base64.b64encode(data).decode(), SEALER)


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: base64.b64encode(data).decode()))
def test_whatever_the_token_nothing_but_a_refusal_is_raised(token: str) -> None:
    with pytest.raises(UnknownKey):
        read_token(token, SEALER)


def test_a_token_of_another_server_or_purpose_is_none() -> None:
    token = write_token(SESSION, SEALER)
    for other in (MasterKey(b"b" * 32).sealer("session tokens"), MasterKey(b"a" * 32).sealer("access keys")):
        with pytest.raises(UnknownKey):
            read_token(token, other)
    with pytest.raises(UnknownKey):
        read_token("A" * 100_000, SEALER)


def test_a_token_tells_nothing_of_its_session_and_no_two_are_alike() -> None:
    one, other = write_token(SESSION, SEALER), write_token(SESSION, SEALER)
    assert one != other
    assert SESSION.secret.encode() not in base64.b64decode(one)


def test_a_session_that_is_printed_keeps_its_secret() -> None:
    assert SESSION.secret not in repr(SESSION)
    assert SESSION.secret not in str([SESSION])


def test_what_is_passed_takes_its_share() -> None:
    assert packed_percent((), {}) == 0
    assert packed_percent(("{}",), {}) > 0
    assert packed_percent(("x" * 2048,), {}) < 100
