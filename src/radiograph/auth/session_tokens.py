"""Session tokens: all there is to know of a session, sealed, so that none has to be kept.

A token is base64 of what a sealer makes of the session. The access key's own secret is in it, which is why a token must
be sealed and not only signed. Who may be behind it is asked again with every request: a role that was deleted has no
sessions any more.
"""

from __future__ import annotations

import base64
import zlib
from typing import Literal, TypeAlias

import msgspec

from radiograph.secrets import Sealer, Unsealable

from .refusals import UnknownKey

__all__ = ["MOST_TOKEN_BYTES", "Session", "SessionKind", "packed_percent", "read_token", "write_token"]

MOST_TOKEN_BYTES = 4096
_MOST_PACKED = 2400
_ABOUT = b"session token"

SessionKind: TypeAlias = Literal["role", "user"]


class Session(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One session of a role, or of a user by GetSessionToken. Times are epoch seconds."""

    kind: SessionKind
    account: str
    access_key_id: str
    secret: str
    entity_id: str
    """``AROA…`` or ``AIDA…``: a role made anew under the same name is another one."""
    name: str = ""
    """Of a role's session."""
    issued_at: float
    expires_at: float
    policy: str = ""
    """The session policy that was passed, as it was passed."""
    policy_arns: tuple[str, ...] = ()
    tags: dict[str, str] = {}
    """Those of the session, not those of its role."""
    transitive: tuple[str, ...] = ()
    """Keys of the tags that go on to sessions that this one begins."""
    source_identity: str = ""
    provider: str = ""
    """ARN of the OpenID Connect provider that it came by."""

    def __repr__(self) -> str:
        """Tell whose it is, and never its secret."""
        return f"Session({self.kind} {self.entity_id} {self.name!r} of {self.account}, {self.access_key_id})"


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Session)


def write_token(session: Session, sealer: Sealer, least_bytes: int = 0) -> str:
    """Give the token of a session, of ``least_bytes`` or more."""
    packed = zlib.compress(_encoder.encode(session), 9)
    token = _written(packed, sealer)
    if len(token) >= least_bytes:
        return token
    # What follows a compressed text is none of it; three bytes become four characters.
    missing = (least_bytes - len(token)) * 3 // 4 + 3
    return _written(packed + bytes(missing), sealer)


def read_token(token: str, sealer: Sealer) -> Session:
    """Give the session that a token stands for, expired or not.

    Raises: UnknownKey when it is none of ours.
    """
    if len(token) > MOST_TOKEN_BYTES * 2:
        raise UnknownKey(f"a session token of {len(token)} characters")
    try:
        packed = sealer.unseal(base64.b64decode(token, validate=True), _ABOUT)
        return _decoder.decode(zlib.decompressobj().decompress(packed))
    except (Unsealable, ValueError, zlib.error, msgspec.MsgspecError) as error:
        raise UnknownKey(f"the session token is none of ours: {error}") from None


def packed_percent(policies: tuple[str, ...], tags: dict[str, str]) -> int:
    """Give how much of what a token may carry these take; over 100 is too much, and 0 only nothing."""
    if not policies and not tags:
        return 0
    packed = len(zlib.compress(_encoder.encode((policies, tags)), 9))
    return max(1, -(-packed * 100 // _MOST_PACKED))


def _written(packed: bytes, sealer: Sealer) -> str:
    return base64.b64encode(sealer.seal(packed, _ABOUT)).decode()
