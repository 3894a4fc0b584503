"""Ten thousand changes to signed requests: what is still let in says what was signed.

SIGV4_EXAMPLES=10000 lets it run as long as a release needs; a part of them runs always.
"""

from __future__ import annotations

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from radiograph.auth.refusals import Refusal
from radiograph.auth.sigv4 import check_claim, read_presigned, verify
from tests.auth.signed import KEY, SECRET, Wire, accept, accept_presigned, claimed, presign, sign

SECRETS = {KEY: SECRET}
EXAMPLES = int(os.environ.get("SIGV4_EXAMPLES", "1000"))
SIGNED = sign(
    target="/Traces?b=2&a=1",
    headers=[("Content-Type", "application/json"), ("X-Amz-Meta", "one two"), ("Accept", "*/*")],
    body=b'{"TraceIds":["1-5759e988-bd862e3fe1be46a994272793"]}',
    token="FwoGZXIvYXdz",
)
PRESIGNED = presign("/?Action=GetCallerIdentity&Version=2011-06-15", 60)


@st.composite
def mutated(draw: st.DrawFn, wire: Wire) -> Wire:
    """Give a request with one byte replaced, left out or put in, anywhere."""
    slots = [wire.method.encode(), wire.path, wire.query, wire.body, *(part for pair in wire.headers for part in pair)]
    slot = draw(st.integers(0, len(slots) - 1))
    text = slots[slot]
    at = draw(st.integers(0, len(text)))
    put = draw(st.binary(max_size=1))
    slots[slot] = text[:at] + put + text[at + draw(st.integers(0, 1)) :]
    pairs = list(zip(slots[4::2], slots[5::2], strict=True))
    return Wire(slots[0].decode("latin-1"), slots[1], slots[2], pairs, slots[3])


@settings(max_examples=EXAMPLES)
@given(mutated(SIGNED))
def test_a_changed_request_is_let_in_only_if_it_says_the_same(wire: Wire) -> None:
    try:
        claim = claimed(wire)
        check_claim(claim, claimed(SIGNED).signed_at, {"xray"})
        verify(claim, SECRETS.get(claim.access_key_id, "none"), wire.body)
    except Refusal:
        return
    assert claim == claimed(SIGNED)
    assert wire.body == SIGNED.body


@settings(max_examples=EXAMPLES)
@given(mutated(PRESIGNED))
def test_a_changed_presigned_request_is_let_in_only_if_it_says_the_same(wire: Wire) -> None:
    before = read_presigned(*PRESIGNED[:4])
    try:
        claim = accept_presigned(wire)
    except Refusal:
        return
    assert claim == before
    assert wire.body == PRESIGNED.body


def test_the_requests_that_are_changed_are_good_ones() -> None:
    accept(SIGNED)
    accept_presigned(PRESIGNED)
