"""A question of CloudTrail, answered: target → who asks → may it → look → JSON. Blocks, and never raises."""

from __future__ import annotations

from pathlib import Path

from radiograph.api.asked import Asked
from radiograph.api.edge import failed
from radiograph.api.gate import Gate, facts_of
from radiograph.api.seen import Seen
from radiograph.asgi import Headers
from radiograph.auth.caller import authorize
from radiograph.clock import Clock
from radiograph.errors import UnknownOperation
from radiograph.rates import Rates
from radiograph.telemetry import Counters
from radiograph.wire import decode, encode
from radiograph.wire.json_rpc import CONTENT_TYPE, error_response

from .operations import OPERATIONS

__all__ = ["TrailApi"]

_SERVICE = frozenset(["cloudtrail"])


class TrailApi:
    """CloudTrail as an endpoint: what is posted to ``/`` says by its X-Amz-Target that it is for it."""

    def __init__(self, gate: Gate, data: Path, clock: Clock, region: str, counters: Counters, rates: Rates) -> None:
        """Take ``data`` for the directory whose audit is looked through."""
        self._gate, self._data, self._clock, self._region = gate, data, clock, region
        self._counters, self._rates = counters, rates

    def answer(self, asked: Asked, seen: Seen) -> tuple[int, Headers, bytes]:
        """Give status, headers and body of the answer to ``seen.operation``; never raises."""
        try:
            body = self._answer(asked, seen)
        except Exception as error:  # the edge: whatever went wrong, the caller gets a well-formed answer
            return error_response(failed(error, asked.request_id, seen, self._counters), asked.request_id)
        return 200, [CONTENT_TYPE, (b"x-amzn-RequestId", asked.request_id.encode())], body

    def _answer(self, asked: Asked, seen: Seen) -> bytes:
        caller = seen.caller = self._gate.admit(asked, _SERVICE)
        operation = OPERATIONS.get(seen.operation)
        if operation is None or asked.method != "POST":
            target = asked.header(b"x-amz-target") or ""
            raise UnknownOperation(
                f"there is no operation {target[:80]!r} of CloudTrail; {', '.join(OPERATIONS)} is here"
            )
        self._rates.take(operation.name)
        request = seen.request = decode(operation.request, asked.body)
        facts = facts_of(asked, self._clock, self._region)
        authorize(caller, operation.action, "*", caller.account, facts)
        return encode(operation.answer(request, caller.account, self._data, facts.now_s))
