"""Who has logged in at the console: kept in memory, by the hash of what the browser holds."""

from __future__ import annotations

import hashlib
import secrets
import threading

import msgspec

from radiograph.clock import Clock

__all__ = ["Sessions"]

_IDLE_S, _LONGEST_S = 30 * 60.0, 12 * 3600.0
_MOST = 10_000


class _Session(msgspec.Struct):
    login: str
    opened_s: float
    used_s: float


class Sessions:
    """Sessions of half an hour without use, twelve hours at most; a restart ends them all. Safe for several threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[bytes, _Session] = {}

    def open(self, login: str) -> str:
        """Give the token of a new session of whoever a login is of."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            for stale in [key for key, one in self._open.items() if _is_over(one, now)]:
                del self._open[stale]
            while len(self._open) >= _MOST:
                del self._open[min(self._open, key=lambda key: self._open[key].used_s)]
            self._open[_hash(token)] = _Session(login, now, now)
        return token

    def login(self, token: str) -> str | None:
        """Give whose session a token is of, and note that it is used; None when it is over, or never was."""
        now = self._clock()
        with self._lock:
            session = self._open.get(_hash(token))
            if session is None or _is_over(session, now):
                return None
            session.used_s = now
            return session.login

    def close(self, token: str) -> None:
        """End a session, if there is one."""
        with self._lock:
            self._open.pop(_hash(token), None)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _is_over(session: _Session, now: float) -> bool:
    return now - session.used_s > _IDLE_S or now - session.opened_s > _LONGEST_S
