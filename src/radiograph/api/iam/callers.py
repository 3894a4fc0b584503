"""Callers: the one who signed a request, with all its policies, from what is kept of users, keys and roles.

What was found is remembered until the account changes, so that a request of a known key costs its signature and little
more. A key that is switched off, a role that is deleted, a policy that is detached hold for the very next request.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple, TypeAlias

from radiograph.auth.caller import Caller
from radiograph.auth.policy import Attached, Principal, assumed_role, root, user
from radiograph.auth.refusals import TokenExpired, UnknownKey, WrongSignature
from radiograph.auth.session_tokens import Session, read_token
from radiograph.auth.sigv4 import Claim, check_claim, read_authorization, read_presigned, verify
from radiograph.clock import Clock
from radiograph.model.iam.records import KeyRecord, PasswordRecord, RoleRecord, Use, UserRecord
from radiograph.storage.interfaces import Identities

from .context import PARTITION, Desk
from .holdings import attached_policies, session_policies

__all__ = ["Callers", "login_of_user"]

_KEPT = 4096
_NOTED_S = 900
"""How long a use is fresh enough to tell of."""
_DUMMY = "a secret that nobody has, so that an unknown key takes as long as a known one"


_Kind: TypeAlias = Literal["key", "password"]


class _Known(NamedTuple):
    secret: str | None
    """None of a user who logs in by a password: nothing can be signed with that."""
    caller: Caller
    generation: int
    expires_at: float | None


class Callers:
    """Who signs requests; may be asked from several threads."""

    def __init__(self, desk: Desk, clock: Clock, presigned: bool = False, window_s: float = 300.0) -> None:
        """Take ``presigned`` for whether requests may be signed in their query, and how far clocks may differ."""
        self._desk, self._clock, self._presigned, self._window_s = desk, clock, presigned, window_s
        self._lock = threading.Lock()
        self._known: dict[tuple[_Kind, str, str | None], _Known] = {}
        self._uses: dict[tuple[str, str], Use] = {}
        self._noted: dict[tuple[str, str], float] = {}

    def identify(
        self,
        method: str,
        path: bytes,
        query: bytes,
        headers: Iterable[tuple[bytes, bytes]],
        body: bytes,
        services: Collection[str],
    ) -> Caller:
        """Give the caller who signed this for one of these services.

        Raises: Refusal, ServiceUnavailable.
        """
        headers = list(headers)
        signed = any(name.lower() == b"authorization" for name, _ in headers)
        read = read_authorization if signed or not self._presigned else read_presigned
        claim = read(method, path, query, headers)
        now = self._clock()
        check_claim(claim, now, services, self._window_s)
        try:
            known, secret = self._signer(claim.access_key_id, claim.token)
        except UnknownKey:
            _verify_in_vain(claim, body)
            raise
        verify(claim, secret, body)
        if known.expires_at is not None and now >= known.expires_at:
            raise TokenExpired
        self._note(known.caller, claim, now)
        return known.caller

    def with_key(self, access_key_id: str) -> tuple[Caller, str]:
        """Give the caller of a user's access key, and the key's secret: for whoever proves in another way to have it.

        Raises: Refusal, ServiceUnavailable.
        """
        known, secret = self._signer(access_key_id, None)
        return known.caller, secret

    def logged_in(self, login: str) -> Caller:
        """Give who has logged in: by an access key, a password (:func:`login_of_user`), or a session's token.

        Only what this server has made itself is a login: nothing of it is proven here.

        Raises: Refusal, ServiceUnavailable.
        """
        kind, _, rest = login.partition(":")
        if kind == "user":
            return self._find("password", rest, None).caller
        if kind == "session":
            access_key_id, _, token = rest.partition(":")
            known = self._find("key", access_key_id, token)
            if known.expires_at is not None and self._clock() >= known.expires_at:
                raise TokenExpired
            return known.caller
        return self._find("key", login, None).caller

    def write_uses(self) -> None:
        """Keep when keys and roles were last used, as far as it is not kept yet; for a job, and at the end.

        Raises: ServiceUnavailable.
        """
        for place, use in list(self._uses.items()):
            account, id_ = place
            self._desk.store.note_use(account, id_, use)
            with self._lock:
                if self._uses.get(place) == use:
                    del self._uses[place]

    def _signer(self, access_key_id: str, token: str | None) -> tuple[_Known, str]:
        """Give what is known of an access key, and its secret, of which there always is one."""
        known = self._find("key", access_key_id, token)
        if not known.secret:
            raise UnknownKey("the access key has no secret")
        return known, known.secret

    def _find(self, kind: _Kind, id_: str, token: str | None) -> _Known:
        place = (kind, id_, token)
        known = self._known.get(place)
        if known is not None and known.generation == self._desk.store.generation(known.caller.account):
            return known
        found = self._of_password(id_) if kind == "password" else self._look_up(id_, token)
        with self._lock:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[place] = found
        return found

    def _look_up(self, access_key_id: str, token: str | None) -> _Known:
        if token is not None:
            session = read_token(token, self._desk.token_sealer)
            if session.access_key_id != access_key_id:
                raise UnknownKey("the session token is of another access key")
            return self._of_session(session)
        account = self._desk.store.account_of(access_key_id)
        if account is None:
            raise UnknownKey("there is no such access key")
        # The number first: whatever changes while the rest is read is then seen the next time.
        generation = self._desk.store.generation(account)
        with self._desk.store.read(account) as kept:
            key = kept.keys.with_id(access_key_id)
            owner = kept.users.with_id(key.user_id) if key is not None else None
            if key is None or owner is None or not key.active:
                raise UnknownKey("the access key is inactive, or its user is gone")
            principal = _user_principal(owner, account)
            caller = Caller(principal=principal, attached=attached_policies(owner, account, kept), access_key_id=key.id)
        return _Known(self._secret(key), caller, generation, None)

    def _of_password(self, whose: str) -> _Known:
        account, _, rest = whose.partition(":")
        user_id, _, changed_at = rest.partition(":")
        generation = self._desk.store.generation(account)
        with self._desk.store.read(account) as kept:
            owner, password = kept.users.with_id(user_id), kept.passwords.of(user_id)
            if owner is None or password is None or repr(password.changed_at) != changed_at or password.must_change:
                raise UnknownKey("the user is gone, or its password is another one since")
            caller = Caller(principal=_user_principal(owner, account), attached=attached_policies(owner, account, kept))
        return _Known(None, caller, generation, None)

    def _of_session(self, session: Session) -> _Known:
        account = session.account
        generation = self._desk.store.generation(account)
        with self._desk.store.read(account) as kept:
            principal, attached = self._behind(session, kept)
        caller = Caller(principal=principal, attached=attached, access_key_id=session.access_key_id, session=session)
        return _Known(session.secret, caller, generation, session.expires_at)

    def _behind(self, session: Session, kept: Identities) -> tuple[Principal, Attached]:
        if session.kind == "user":
            if session.entity_id == session.account:
                return root(session.account, PARTITION), Attached()
            owner = kept.users.with_id(session.entity_id)
            if owner is None:
                raise UnknownKey("the session's user is gone")
            return _user_principal(owner, session.account, session.issued_at), attached_policies(
                owner, session.account, kept
            )
        role = kept.roles.with_id(session.entity_id)
        if role is None:
            raise UnknownKey("the session's role is gone")
        attached = attached_policies(role, session.account, kept, session_policies(session, kept))
        return _role_principal(role, session), attached

    def _secret(self, key: KeyRecord) -> str:
        return self._desk.key_sealer.unseal(key.secret, key.id.encode()).decode()

    def _note(self, caller: Caller, claim: Claim, now: float) -> None:
        ids = [caller.access_key_id] if caller.session is None else []
        if caller.principal.kind == "role session":
            ids.append(caller.principal.entity_id)
        for id_ in ids:
            place = (caller.account, id_)
            if now - self._noted.get(place, -_NOTED_S) >= _NOTED_S:
                with self._lock:
                    if len(self._noted) >= _KEPT:
                        self._noted.clear()
                    self._noted[place] = now
                    self._uses[place] = Use(now, claim.service, claim.region)


def login_of_user(account: str, password: PasswordRecord) -> str:
    """Give the login of a user who has this password, good until it has another one."""
    return f"user:{account}:{password.user_id}:{password.changed_at!r}"


def _user_principal(owner: UserRecord, account: str, issued_at: float | None = None) -> Principal:
    arn = f"arn:{PARTITION}:iam::{account}:user{owner.path}{owner.name}"
    return user(arn, owner.id, tuple(owner.tags.items()), issued_at)


def _role_principal(role: RoleRecord, session: Session) -> Principal:
    return assumed_role(
        f"arn:{PARTITION}:iam::{session.account}:role{role.path}{role.name}",
        role.id,
        session.name,
        issued_at_s=session.issued_at,
        tags=tuple(_over(role.tags, session.tags).items()),
        provider=session.provider,
        source_identity=session.source_identity,
    )


def _over(under: dict[str, str], over: dict[str, str]) -> dict[str, str]:
    """Give both tags, of those with one key, in whatever case, the latter."""
    hidden = {key.lower() for key in over}
    return {key: value for key, value in under.items() if key.lower() not in hidden} | over


def _verify_in_vain(claim: Claim, body: bytes) -> None:
    try:
        verify(claim, _DUMMY, body)
    except WrongSignature:
        return
