"""Signature Version 4, as a server verifies it: :func:`read_authorization` → :func:`check_claim` → :func:`verify`.

The three are apart because between them stands the look-up of the key: what a request claims is read first, what cannot
be right whoever claims it is refused next, and the signature is computed last. None of them knows the time or a key by
itself. Whatever the bytes, nothing but a Refusal is raised.

Source: IAM user guide, "AWS Signature Version 4 for API requests" and its troubleshooting page, whose sentences AWS's
services answer with.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Collection, Iterable
from datetime import datetime
from email.utils import mktime_tz, parsedate_tz
from functools import lru_cache

import msgspec

from .canonical import Pair, canonical_head, gather, query_pairs
from .refusals import Incomplete, Unsigned, WrongSignature

__all__ = [
    "Claim",
    "check_claim",
    "forget_signing_keys",
    "is_presigned",
    "read_authorization",
    "read_presigned",
    "verify",
]

_ALGORITHM = b"AWS4-HMAC-SHA256"
_TERMINATOR = "aws4_request"
_WINDOW_S = 300
_MOST_EXPIRES_S = 604_800
_KEYS_KEPT = 1024
_SHOWN = 80
_STAMP = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_DAY = re.compile(r"\d{8}", re.ASCII)
_REGION = re.compile(r"[a-z0-9-]{1,64}", re.ASCII)
_DIGEST = re.compile(rb"[0-9a-f]{64}")
_NAMES = re.compile(rb"[a-z0-9!#$%&'*+.^_`|~;-]+")
_PARTS = (b"Credential", b"SignedHeaders", b"Signature")
_TOKEN = b"x-amz-security-token"
_BODY_HASH = b"x-amz-content-sha256"
_IN_QUERY = ("Algorithm", "Credential", "Date", "SignedHeaders", "Signature", "Expires", "Security-Token")
_MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details."
)


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Who a request says has signed it, when and for what: nothing of it is proven before :func:`verify` returns."""

    access_key_id: str
    day: str
    region: str
    service: str
    signed: bytes
    """``host;x-amz-date``."""
    signature: bytes
    stamp: str
    """``20150830T123600Z``."""
    signed_at: float
    """The same in seconds since the epoch."""
    expires_s: int | None = None
    """How long it says it is good for, when it is presigned."""
    token: str | None = None
    """The session token."""
    body_hash: bytes | None = None
    """What ``x-amz-content-sha256`` says."""
    head: bytes
    """The canonical request up to the hash of its body."""

    @property
    def signed_headers(self) -> tuple[str, ...]:
        """Give the names of the signed headers."""
        return tuple(self.signed.decode().split(";"))

    @property
    def scope(self) -> str:
        """Give the credential scope."""
        return f"{self.day}/{self.region}/{self.service}/{_TERMINATOR}"


def read_authorization(method: str, path: bytes, query: bytes, headers: Iterable[Pair]) -> Claim:
    """Give what a request's Authorization header claims.

    ``path`` and ``query`` are as they came, still percent-encoded. Every ``x-amz-…`` header must be signed but the
    session token, which some signers add when they have signed: it proves itself.

    Raises: Refusal.
    """
    given = gather(headers)
    authorization = given.get(b"authorization")
    if authorization is None:
        raise Unsigned
    pairs = query_pairs(query)
    if _presigned(pairs):
        raise Incomplete("Only one auth mechanism allowed: the Authorization header, or X-Amz-… query parameters")
    parts = _parts(authorization)
    stamp, signed_at = _moment(given)
    credential = parts[b"Credential"].decode("latin-1")
    signed = _signed(parts[b"SignedHeaders"], given)
    if b"x-amz-date" not in signed and b"date" not in signed:
        raise Incomplete("'X-Amz-Date' or 'Date' must be a 'SignedHeader' in the AWS Authorization.")
    access_key_id, day, region, service = _scope(credential)
    token = given.get(_TOKEN)
    return Claim(
        access_key_id=access_key_id,
        day=day,
        region=region,
        service=service,
        signed=b";".join(signed),
        signature=parts[b"Signature"],
        stamp=stamp,
        signed_at=signed_at,
        token=None if token is None else token.strip().decode("latin-1"),
        body_hash=_body_hash(given),
        head=canonical_head(method, path, pairs, given, signed),
    )


def read_presigned(method: str, path: bytes, query: bytes, headers: Iterable[Pair]) -> Claim:
    """Give what a presigned request claims, which has all of it in its query string.

    X-Ray's clients never do this; whoever serves it decides to.

    Raises: Refusal.
    """
    given = gather(headers)
    pairs = query_pairs(query)
    if not _presigned(pairs):
        raise Unsigned
    if b"authorization" in given:
        raise Incomplete("Only one auth mechanism allowed: the Authorization header, or X-Amz-… query parameters")
    said = _said(pairs)
    signed = _signed(said["SignedHeaders"], given)
    stamp = said["Date"].decode("latin-1")
    access_key_id, day, region, service = _scope(said["Credential"].decode("latin-1"))
    unsigned = (b"X-Amz-Signature",)
    return Claim(
        access_key_id=access_key_id,
        day=day,
        region=region,
        service=service,
        signed=b";".join(signed),
        signature=said["Signature"],
        stamp=stamp,
        signed_at=_seconds(stamp),
        expires_s=_expires(said["Expires"]),
        token=said["Security-Token"].decode("latin-1") if "Security-Token" in said else None,
        body_hash=_body_hash(given),
        head=canonical_head(method, path, [pair for pair in pairs if pair[0] not in unsigned], given, signed),
    )


def is_presigned(query: bytes) -> bool:
    """Tell whether a query string claims to be signed."""
    return b"X-Amz-" in query and _presigned(query_pairs(query))


def check_claim(claim: Claim, now: float, services: Collection[str], window_s: float = _WINDOW_S) -> None:
    """Return when a claim may be true now, and is for one of these services.

    A signature is good for ``window_s`` before and after its moment; a presigned one for as long as it says.

    Raises: Refusal.
    """
    if claim.service not in services:
        accepted = "' or '".join(sorted(services))
        raise WrongSignature(f"Credential should be scoped to correct service: '{accepted}'. ")
    if claim.day != claim.stamp[:8]:
        raise WrongSignature(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
            f"'{claim.day}' != '{claim.stamp[:8]}', from '{claim.stamp}'."
        )
    window = f"{window_s / 60:g} min."
    lasts_s, least = (window_s, window) if claim.expires_s is None else (claim.expires_s, f"{claim.expires_s} s")
    if now - claim.signed_at > lasts_s:
        raise WrongSignature(
            f"Signature expired: {claim.stamp} is now earlier than {_stamp(now - lasts_s)} ({_stamp(now)} - {least})"
        )
    if claim.signed_at - now > window_s:
        raise WrongSignature(
            f"Signature not yet current: {claim.stamp} is still later than {_stamp(now + window_s)} "
            f"({_stamp(now)} + {window})"
        )


def verify(claim: Claim, secret: str, body: bytes) -> None:
    """Return when ``secret`` has signed the claim and this body; the time it takes does not tell how much is right.

    Raises: Refusal; its ``detail`` has the canonical request and the string to sign.
    """
    body_hash = hashlib.sha256(body).hexdigest().encode()
    if claim.body_hash is not None and not hmac.compare_digest(claim.body_hash, body_hash):
        raise WrongSignature("The provided 'x-amz-content-sha256' header does not match what was computed.")
    canonical = claim.head + body_hash
    to_sign = b"\n".join(
        (_ALGORITHM, claim.stamp.encode(), claim.scope.encode(), hashlib.sha256(canonical).hexdigest().encode())
    )
    key = _signing_key(secret, claim.day, claim.region, claim.service)
    if not hmac.compare_digest(hmac.digest(key, to_sign, "sha256").hex().encode(), claim.signature):
        raise WrongSignature(
            _MISMATCH,
            f"The Canonical String for this request should have been\n'{canonical.decode('latin-1')}'\n\n"
            f"The String-to-Sign should have been\n'{to_sign.decode('latin-1')}'",
        )


def forget_signing_keys() -> None:
    """Drop what is derived from secrets: to be called when a key is deleted."""
    _signing_key.cache_clear()


@lru_cache(maxsize=_KEYS_KEPT)
def _signing_key(secret: str, day: str, region: str, service: str) -> bytes:
    key = b"AWS4" + secret.encode()
    for part in (day, region, service, _TERMINATOR):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def _parts(authorization: bytes) -> dict[bytes, bytes]:
    """Give Credential, SignedHeaders and Signature of the header."""
    algorithm, _, rest = authorization.strip().partition(b" ")
    if algorithm != _ALGORITHM:
        raise Incomplete(f"Unsupported AWS 'algorithm': '{_shown(algorithm)}'. 'AWS4-HMAC-SHA256' is accepted.")
    parts: dict[bytes, bytes] = {}
    for part in rest.split(b","):
        name, equals, value = part.strip().partition(b"=")
        if not equals:
            raise Incomplete(
                f"'{_shown(name)}' not a valid key=value pair (missing equal-sign) in Authorization header."
            )
        if name not in _PARTS or name in parts:
            raise Incomplete(f"Authorization header has '{_shown(name)}' more than once, or it is not known.")
        parts[name] = value
    if len(parts) < len(_PARTS):
        missing = next(name for name in (b"Credential", b"Signature", b"SignedHeaders") if name not in parts)
        raise Incomplete(f"Authorization header requires '{missing.decode()}' parameter.")
    _check_signature(parts[b"Signature"])
    return parts


def _said(pairs: Iterable[Pair]) -> dict[str, bytes]:
    """Give the query's parameters that are the signature's, without their ``X-Amz-``."""
    said: dict[str, bytes] = {}
    for name, value in pairs:
        key = name.decode("latin-1").removeprefix("X-Amz-")
        if name.startswith(b"X-Amz-") and key in _IN_QUERY:
            if key in said:
                raise Incomplete(f"AWS query-string parameters has 'X-Amz-{key}' more than once.")
            said[key] = value
    for key in _IN_QUERY[:-1]:
        if key not in said:
            raise Incomplete(f"AWS query-string parameters must include 'X-Amz-{key}'.")
    if said["Algorithm"] != _ALGORITHM:
        raise Incomplete(f"Unsupported AWS 'algorithm': '{_shown(said['Algorithm'])}'.")
    _check_signature(said["Signature"])
    return said


def _check_signature(signature: bytes) -> None:
    if not _DIGEST.fullmatch(signature):
        raise Incomplete(
            "The signature is not one of AWS4-HMAC-SHA256: 64 hexadecimal digits in lower case are accepted."
        )


def _signed(listed: bytes, given: dict[bytes, bytes]) -> list[bytes]:
    """Give the names of the signed headers, which are all there, each once and in order."""
    names = listed.split(b";")
    if names != sorted(set(names)) or not names[0] or not _NAMES.fullmatch(listed):
        raise Incomplete(f"SignedHeaders is '{_shown(listed)}'; sorted names in lower case are accepted.")
    for name in names:
        if name not in given:
            raise Incomplete(f"The header '{name.decode()}' is in SignedHeaders and not in the request.")
    if b"host" not in names:
        raise Incomplete("'Host' must be a 'SignedHeader' in the AWS Authorization.")
    for name in given:
        if name.startswith(b"x-amz-") and name not in names and name != _TOKEN:
            raise Incomplete(f"There were headers present in the request which were not signed: {_shown(name)}")
    return names


def _scope(credential: str) -> tuple[str, str, str, str]:
    """Give access key id, day, region and service of a credential."""
    parts = credential.split("/")
    if len(parts) != 5:
        raise Incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got: "
            f"'{credential[:_SHOWN]}'"
        )
    access_key_id, day, region, service, terminator = parts
    if terminator != _TERMINATOR:
        raise WrongSignature(f"Credential should be scoped with a valid terminator: '{_TERMINATOR}'.")
    if not _DAY.fullmatch(day):
        raise WrongSignature("Credential should be scoped to a valid date: YYYYMMDD.")
    if not _REGION.fullmatch(region):
        raise WrongSignature("Credential should be scoped to a valid region.")
    return access_key_id, day, region, service


def _moment(given: dict[bytes, bytes]) -> tuple[str, float]:
    """Give the moment of signing, from the header that tells it."""
    sent = given.get(b"x-amz-date")
    if sent is None and (sent := given.get(b"date")) is None:
        raise Incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
    text = sent.strip().decode("latin-1")
    if b"x-amz-date" not in given and not _STAMP.fullmatch(text):
        text = _of_http_date(text)
    return text, _seconds(text)


def _of_http_date(text: str) -> str:
    try:
        parsed = parsedate_tz(text)
        return _stamp(mktime_tz(parsed)) if parsed else text
    except (ValueError, OverflowError, IndexError, TypeError, OSError):
        return text


def _seconds(stamp: str) -> float:
    if _STAMP.fullmatch(stamp):
        try:
            return datetime.fromisoformat(stamp).timestamp()
        except ValueError:
            pass
    raise Incomplete(f"Date must be in ISO-8601 'basic format'. Got '{stamp[:_SHOWN]}'. See ISO-8601.")


def _stamp(moment: float) -> str:
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(moment))


def _expires(text: bytes) -> int:
    if text.isdigit() and len(text) <= 6 and 1 <= int(text) <= _MOST_EXPIRES_S:
        return int(text)
    raise Incomplete(f"X-Amz-Expires is '{_shown(text)}'; 1 to {_MOST_EXPIRES_S} seconds are accepted.")


def _body_hash(given: dict[bytes, bytes]) -> bytes | None:
    sent = given.get(_BODY_HASH)
    if sent is None:
        return None
    sent = sent.strip()
    if not _DIGEST.fullmatch(sent):
        raise Incomplete(
            f"x-amz-content-sha256 is '{_shown(sent)}'; the SHA-256 of the body in hexadecimal is accepted."
        )
    return sent


def _presigned(pairs: Iterable[Pair]) -> bool:
    return any(name in (b"X-Amz-Algorithm", b"X-Amz-Signature", b"X-Amz-Credential") for name, _ in pairs)


def _shown(text: bytes) -> str:
    return text[:_SHOWN].decode("latin-1")
