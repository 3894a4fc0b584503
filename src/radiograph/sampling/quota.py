"""Shares of a reservoir: whole requests a second, handed to each client when it reports. Time is passed in."""

from __future__ import annotations

from collections import OrderedDict, deque
from math import inf

import msgspec

__all__ = ["HELD_S", "INTERVAL_S", "Reservoir"]

INTERVAL_S = 10.0
"""How often a client reports a rule whose requests it saw."""

HELD_S = 300.0
"""How long a client may use its quota when it does not report."""

_ACTIVE_S = 2.5 * INTERVAL_S
_MOST = 10_000
_MILLIONTHS = 1_000_000
_LEAST = 0.1
_LOST = 0.1


class _Client(msgspec.Struct, gc=False):
    """What a client last said, what it holds, and what it is owed."""

    at_s: float
    rate: int = 1
    """Thousandths of a request a second."""
    share: int = 0
    quota: int = 0
    lapses_s: float = inf
    """When its quota counts no more, unless it reports."""
    weight: int = 1
    """Its part in the units that turn, in millionths of one."""
    turned: float = 0.0
    turn: bool = False
    """Whether one of its units is one that turns."""
    owed: float = 0.0
    """Seconds of such a unit: what its part came to, less what it had."""


class Reservoir:
    """The requests a second that all clients of a rule may take together, and who holds how many of them.

    A client's share is the reservoir in proportion to what it sees. Quotas are whole: the units left over by whole
    shares go round, each client having one for as long as its fraction is worth. What others hold is not given twice,
    nor what was given back in the same second, so that clients together never hold more than the reservoir; a share
    that grew is there with the next report, once others have given back.

    A client silent for two intervals and a half gives its place to others. It may still use its quota until that ends,
    but somebody who saw a request would have reported it: it counts as one who takes one in that time.
    """

    def __init__(self, known_from_s: float = 0.0) -> None:
        """Begin without clients; all that hold quotas of before have reported once by ``known_from_s``."""
        self._known_from_s = known_from_s
        self._alone_until_s = 0.0
        self._active: OrderedDict[str, _Client] = OrderedDict()
        self._silent: OrderedDict[str, _Client] = OrderedDict()
        self._lapsing: deque[tuple[float, str]] = deque()
        self._silent_holders = 0
        self._given_back = self._given_back_in = 0
        self._rates = self._shares = self._held = self._weights = self._turns = 0
        # One clock for all that turns: it runs as fast as turning units are really held, so that what some are owed
        # is what others have had too much, and the sum is always nothing.
        self._turned = 0.0
        self._turned_at_s = 0.0
        self._idle_since_s: float | None = None
        self._idle_s = INTERVAL_S / 5

    def __len__(self) -> int:
        """Give how many clients are known."""
        return len(self._active) + len(self._silent)

    def report(self, client_id: str, requests: int, now: float, size: int) -> int | None:
        """Note what a client saw since its last report; give how many a second it may take of a reservoir of this size.

        None: it is to go on with what it has, be that a quota of before.
        """
        self._advance(now)
        self._fall_silent(now)
        self._lapse(now)
        new = client_id not in self._active
        client = self._take_out(client_id, now)
        client.rate = max(1, round(1000 * requests / max(now - client.at_s, 1.0)))
        client.at_s, client.turned, client.lapses_s = now, self._turned, inf
        before, client.quota, client.turn = client.quota, 0, False
        if new and not self._active:
            self._alone_until_s = now + INTERVAL_S
        self._active[client_id] = client
        self._rates += client.rate
        client.share, rest = divmod(size * client.rate, self._rates)
        self._shares += client.share
        client.weight = self._weight(client.share, rest, size)
        self._weights += client.weight
        if new and _soon(self._known_from_s, now):
            return None
        free = self._free(size, int(now))
        client.quota = min(client.share, free)
        spare = size - self._shares - self._turns
        if client.share < free and rest and spare > 0:
            client.turn = self._may_turn(client, before > client.share, spare, now)
            client.quota += client.turn
        self._held += client.quota
        self._turns += client.turn
        self._given_back += max(before - client.quota, 0)
        if client.quota and _soon(self._alone_until_s, now):
            # Of clients that began together the first has everything. It gives most of it back with its second report:
            # those that come a moment before it must not wait for the third.
            client.lapses_s = float(int(now + INTERVAL_S))
            self._lapsing.append((client.lapses_s, client_id))
        return client.quota

    def quota(self, client_id: str) -> int:
        """Give what a client holds; 0 when it is not known."""
        client = self._active.get(client_id) or self._silent.get(client_id)
        return 0 if client is None else client.quota

    def _lapse(self, now: float) -> None:
        while self._lapsing and self._lapsing[0][0] <= now:
            lapses_s, client_id = self._lapsing.popleft()
            client = self._active.get(client_id)
            if client is not None and client.lapses_s == lapses_s:
                self._held -= client.quota
                client.quota = 0

    def _free(self, size: int, second: int) -> int:
        """Give how many units nobody holds; what was given back in this second may have been used in it already."""
        if second != self._given_back_in:
            self._given_back, self._given_back_in = 0, second
        return max(size - self._held - self._given_back - round(self._silent_holders / _ACTIVE_S), 0)

    def _weight(self, share: int, rest: int, size: int) -> int:
        part = rest * _MILLIONTHS // self._rates
        if share == 0:
            # Nobody waits for ever: who sees little is worth a tenth of what it would be if all saw the same.
            part = max(part, int(_LEAST * _MILLIONTHS * min(1.0, size / len(self._active))))
        return max(part, 1)

    def _may_turn(self, client: _Client, has_one: bool, spare: int, now: float) -> bool:
        """Tell whether one of the spare units that turn is this client's, or whether it keeps the one it has.

        A unit that was given back is nobody's until somebody who is owed one reports: the longer that takes, the longer
        units stay where they are, so that little of them is lost. When nobody comes, anybody may have it.
        """
        if has_one:
            stays_s = min(max(self._idle_s / _LOST, INTERVAL_S), HELD_S)
            tired = client.owed <= INTERVAL_S / 2 - stays_s
            # Clients that report together would give all of it back together, and leave it idle until they do again.
            keeps = not tired or spare > max(self._turns * _LOST / 2, 1) or self._given_back * 4 > self._turns
            if not keeps and self._idle_since_s is None:
                self._idle_since_s = now
            return keeps
        idle_s = 0.0 if self._idle_since_s is None else now - self._idle_since_s
        if client.owed < -1e-6 and idle_s < 1.5 * INTERVAL_S:
            self._idle_since_s = now - idle_s
            return False
        self._idle_s += (idle_s - self._idle_s) / 4
        if spare == 1:
            self._idle_since_s = None
        return True

    def _advance(self, now: float) -> None:
        passed = max(now - self._turned_at_s, 0.0)
        if self._weights:
            self._turned += passed * self._turns / self._weights
        self._turned_at_s = now

    def _settle(self, client: _Client, now: float) -> None:
        """Take an active client out of the sums, and bring up to date what it is owed."""
        self._rates -= client.rate
        self._shares -= client.share
        self._held -= client.quota
        self._weights -= client.weight
        self._turns -= client.turn
        client.owed += client.weight * (self._turned - client.turned)
        if client.turn:
            client.owed -= max(now - client.at_s, 0.0)

    def _take_out(self, client_id: str, now: float) -> _Client:
        client = self._active.pop(client_id, None)
        if client is not None:
            self._settle(client, now)
            return client
        client = self._silent.pop(client_id, None)
        if client is not None:
            self._silent_holders -= client.quota > 0
            return client
        return _Client(at_s=now - INTERVAL_S)

    def _fall_silent(self, now: float) -> None:
        while self._active and (len(self._active) >= _MOST or abs(now - self._first(self._active).at_s) > _ACTIVE_S):
            client_id, client = self._active.popitem(last=False)
            self._settle(client, now)
            if self._weights:
                # What it was owed, or owes, is shared by those who stay.
                self._turned += client.owed / self._weights
            client.owed = 0.0
            self._silent[client_id] = client
            self._silent_holders += client.quota > 0
        while self._silent and (len(self._silent) > _MOST or abs(now - self._first(self._silent).at_s) > HELD_S):
            _, client = self._silent.popitem(last=False)
            self._silent_holders -= client.quota > 0

    @staticmethod
    def _first(clients: OrderedDict[str, _Client]) -> _Client:
        return next(iter(clients.values()))


def _soon(moment_s: float, now: float) -> bool:
    """Tell whether a moment, once set some ten seconds ahead, is still to come; clocks may be set back meanwhile."""
    return now < moment_s <= now + INTERVAL_S + 1
