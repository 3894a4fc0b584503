"""``python -m tests.fuzz.parsers``: changed inputs for each parser; whatever they are, it answers or refuses.

Prints its seed; ends with 1 when a parser raised what it does not say it raises, and shows the input.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml
import zstandard

from radiograph.api.sts.jwt import BadToken, read_token, verify_token
from radiograph.auth.policy import compile_policy, read_policy
from radiograph.auth.refusals import Refusal
from radiograph.auth.session_tokens import read_token as read_session
from radiograph.auth.sigv4 import check_claim, read_authorization, read_presigned, verify
from radiograph.daemon.datagram import BadDatagram, split
from radiograph.errors import ApiError
from radiograph.filters import parse
from radiograph.graph.selector import parse_selector
from radiograph.model.iam.users import CreateUserRequest
from radiograph.otlp.coding import unpack
from radiograph.secrets import Sealer
from radiograph.segments.decode import decode
from radiograph.segments.otel import UnreadableSpans, json_spans, to_documents
from radiograph.segments.otel.from_protobuf import protobuf_spans
from radiograph.segments.otel.zipkin import zipkin_spans
from radiograph.wire.query_form import decode as decode_form
from radiograph.wire.query_form import read_form
from tests.auth.signed import presign, sign
from tests.segments.otlp import request

CORPORA = Path(__file__).parents[1] / "corpora"
TOKENS = [b'"', b"'", b"\\", b"\0", b"\xff", b"{", b"}", b"[", b"]", b",", b":", b"=", b"&", b"%", b"*", b"?", b"\n"]
TOKENS += [b"1e999", b"-1", b"9" * 40, b"null", b"true", b"\xed\xa0\x80", b"${", b"aws:", b"(" * 50, b"[" * 50, b" "]
NOW_S = 1_800_000_000.0


class Parser(NamedTuple):
    """What is fed, what it may raise, and inputs to begin with."""

    feed: Callable[[bytes], object]
    raises: tuple[type[Exception], ...]
    seeds: Sequence[bytes]


def changed(seed: bytes, rng: random.Random, others: Sequence[bytes]) -> bytes:
    """Give an input with some changes."""
    text = bytearray(seed)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(text) + 1)
        match rng.randrange(7):
            case 0:
                text[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del text[at : at + rng.randrange(1, 20)]
            case 2:
                text[at:at] = rng.choice(TOKENS)
            case 3:
                text[at:at] = text[at : at + rng.randrange(1, 60)] * rng.choice((1, 2, 30))
            case 4:
                other = rng.choice(others)
                text[at:] = other[rng.randrange(len(other) + 1) :]
            case 5 if text:
                text[at - 1] ^= 1 << rng.randrange(8)
            case _:
                del text[at:]
    return bytes(text[:100_000])


def _signed(text: bytes) -> None:
    method, path, query, *lines = (text + b"\n\n\n").split(b"\n")
    headers = [(name, value) for name, _, value in (line.partition(b": ") for line in lines)]
    for read in (read_authorization, read_presigned):
        try:
            claim = read(method.decode("latin-1"), path, query, headers)
            check_claim(claim, claim.signed_at, {"xray", "sts"})
            verify(claim, "secret", b"")
        except Refusal:
            continue


def _spans(read: Callable[[bytes], object]) -> Callable[[bytes], object]:
    return lambda text: list(to_documents(read(text).spans, NOW_S))  # type: ignore[attr-defined, call-arg]


def _wires() -> list[bytes]:
    found = []
    for wire in (sign(), sign(target="/a/../b?x=1&y=%20", token="t"), presign()):
        lines = [wire.method.encode(), wire.path, wire.query, *(name + b": " + value for name, value in wire.headers)]
        found.append(b"\n".join(lines))
    return found


def parsers() -> dict[str, Parser]:
    """Give every parser that reads what others send."""
    filters = yaml.safe_load((CORPORA / "filters.yaml").read_text())
    expressions = [one["expression"].encode() for part in ("valid", "syntax", "types") for one in filters[part]]
    policies = [json.dumps(one).encode() for one in _policies()]
    segments = [path.read_bytes() for path in sorted((CORPORA / "segments").glob("*.json"))][:60]
    zipkin = [path.read_bytes() for path in sorted((CORPORA / "zipkin").glob("*.json"))] or [b"[]"]
    message = request({}, now_ns=int(NOW_S * 1e9))
    sealer = Sealer(b"k" * 32)

    token = b"eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJodHRwczovL2EiLCJzdWIiOiJiIiwiYXVkIjoiYyIsImV4cCI6MX0.YQ"
    return {
        "signature": Parser(_signed, (), _wires()),
        "policy": Parser(lambda text: compile_policy(read_policy(_text(text))), (ApiError,), policies),
        "filter": Parser(lambda text: parse(_text(text)), (ApiError,), expressions),
        "selector": Parser(
            lambda text: parse_selector(_text(text)),
            (ApiError,),
            [b'service("a")', b'edge("a", "b")', b'id(name: "a")'],
        ),
        "segment": Parser(lambda text: decode(text, NOW_S), (), segments),
        "datagram": Parser(
            split, (BadDatagram,), [b'{"format":"json","version":1}\n{}', b'{"format": "json"}\n{"id":1}']
        ),
        "otlp protobuf": Parser(protobuf_spans, (UnreadableSpans,), [message.SerializeToString()]),
        "otlp json": Parser(
            json_spans, (UnreadableSpans,), [b'{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"a"}]}]}]}']
        ),
        "zipkin": Parser(zipkin_spans, (UnreadableSpans,), zipkin),
        "gzip": Parser(lambda text: unpack(text, "gzip", 1 << 20), (ApiError, UnreadableSpans), [_gzip(b"x" * 500)]),
        "zstd": Parser(lambda text: unpack(text, "zstd", 1 << 20), (ApiError, UnreadableSpans), [_zstd(b"x" * 500)]),
        "form": Parser(
            lambda text: decode_form(CreateUserRequest, read_form(text)),
            (ApiError,),
            [b"Action=CreateUser&UserName=a&Path=%2Fa%2F&Tags.member.1.Key=k&Tags.member.1.Value=v"],
        ),
        "web identity": Parser(lambda text: _token(_text(text)), (BadToken,), [token]),
        "session token": Parser(lambda text: read_session(_text(text), sealer), (Refusal,), [b"AQIDBAUGBwg=" * 10]),
    }


def _token(text: str) -> None:
    read_token(text)
    verify_token(text, [{"kty": "oct", "k": "YQ", "kid": "a"}])


def _policies() -> list[object]:
    found = yaml.safe_load((CORPORA / "policies.yaml").read_text())
    stack, documents = [found], []
    while stack:
        one = stack.pop()
        if isinstance(one, dict) and "Statement" in one:
            documents.append(one)
        elif isinstance(one, dict | list):
            stack += one.values() if isinstance(one, dict) else one
    statement = {"Effect": "Allow", "Action": ["xray:Put*"], "Resource": "arn:aws:xray:*:*:group/${aws:username}/*"}
    statement |= {
        "Condition": {"StringLike": {"aws:username": ["a*", "b?"]}, "IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
    }
    return [*documents[:200], {"Version": "2012-10-17", "Statement": [statement]}]


def _text(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _gzip(text: bytes) -> bytes:
    return gzip.compress(text)


def _zstd(text: bytes) -> bytes:
    return zstandard.compress(text)


def fuzz(name: str, parser: Parser, inputs: int, seed: int) -> int:
    """Feed so many inputs; give how many were not borne."""
    rng, failures, began = random.Random(f"{seed} {name}"), 0, time.monotonic()
    slowest = 0.0
    for _ in range(inputs):
        text = changed(rng.choice(parser.seeds), rng, parser.seeds)
        at = time.process_time()
        try:
            parser.feed(text)
        except parser.raises:
            pass
        except Exception:
            failures += 1
            if failures <= 3:
                print(f"{name}: {text[:2000]!r}\n{traceback.format_exc(limit=-3)}")
        slowest = max(slowest, time.process_time() - at)
    print(f"{name:16s} {inputs} inputs, {failures} failures, slowest {slowest:.3f} s, {time.monotonic() - began:.0f} s")
    return failures


def main() -> int:
    """Run."""
    known = parsers()
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz.parsers", description=__doc__)
    asked.add_argument("--inputs", type=int, default=1_000_000)
    asked.add_argument("--seed", type=int, default=None)
    asked.add_argument("--parser", choices=known, action="append", help="which one; all of them, if nothing is said")
    arguments = asked.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.randrange(2**32)
    print(f"seed {seed}", flush=True)
    return 1 if sum(fuzz(one, known[one], arguments.inputs, seed) for one in arguments.parser or known) else 0


if __name__ == "__main__":
    sys.exit(main())
