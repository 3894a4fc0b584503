"""A question of a Query service, answered: form → who asks → may it → call → XML. Blocks, and never raises."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from radiograph.api.asked import Asked
from radiograph.api.edge import api_error, failed
from radiograph.api.seen import Seen
from radiograph.asgi import Headers
from radiograph.auth.caller import Caller
from radiograph.auth.policy import Facts, anonymous
from radiograph.auth.refusals import Refusal, UnknownKey
from radiograph.clock import Clock
from radiograph.errors import ApiError
from radiograph.storage.interfaces import Identities
from radiograph.telemetry import Counters, log
from radiograph.wire.query_xml import decode, encode, error_response

from .callers import Callers
from .context import Desk, IamContext
from .forms import form_of, query_operation
from .operation import Operation, Service

__all__ = ["QueryApi", "answer_query", "query_failure"]

_FAULTS = "http://webservices.amazon.com/AWSFault/2005-15-09"
_NOBODY = Caller(principal=anonymous())


class QueryApi:
    """IAM and STS as one endpoint: what is posted to ``/`` says by its Version which of them it is for."""

    def __init__(
        self,
        services: Sequence[Service],
        desk: Desk,
        callers: Callers,
        clock: Clock,
        region: str,
        counters: Counters,
        local: Caller | None = None,
    ) -> None:
        """Take ``local`` for who asks when nobody has to sign."""
        self._services = services
        self._desk, self._callers, self._clock, self._region = desk, callers, clock, region
        self._counters, self._local = counters, local

    def answer(self, asked: Asked, seen: Seen | None = None) -> tuple[int, Headers, bytes]:
        """Give status, headers and body of the answer to a request; never raises."""
        request_id, seen = asked.request_id or str(uuid.uuid4()), seen or Seen()
        service: Service | None = None
        try:
            form = form_of(asked)
            service, operation = query_operation(form, self._services)
            caller = seen.caller = self._caller(asked, service, operation)
            facts = Facts(
                now_s=self._clock(),
                region=self._region,
                source_ip=asked.source_ip,
                is_tls=asked.is_tls,
                user_agent=asked.header(b"user-agent"),
                referer=asked.header(b"referer"),
            )
            told = seen.result = answer_query(service, operation, form, caller, facts, self._desk, seen)
            body = encode(operation.name, told, service.namespace, request_id)
        except Exception as error:  # the edge: whatever went wrong, the caller gets a well-formed answer
            told_of = failed(error, request_id, seen, self._counters)
            return query_failure(told_of, request_id, service.namespace if service is not None else _FAULTS)
        return 200, [(b"content-type", b"text/xml"), (b"x-amzn-RequestId", request_id.encode())], body

    def _caller(self, asked: Asked, service: Service, operation: Operation) -> Caller:
        if not operation.is_signed:
            return _NOBODY if self._local is None else self._local
        if asked.login:
            return self._callers.logged_in(asked.login)
        try:
            caller = self._callers.identify(
                asked.method, asked.raw_path, asked.query, asked.headers, asked.body, {service.name}
            )
        except Refusal:
            if self._local is None:
                raise
            return self._local
        return caller if self._local is None else replace(caller, is_local=True)


def answer_query(
    service: Service,
    operation: Operation,
    form: Mapping[str, str],
    caller: Caller,
    facts: Facts,
    desk: Desk,
    seen: Seen | None = None,
) -> msgspec.Struct | None:
    """Give what an operation tells a caller, all of it in one transaction of the account that it is about; what takes
    long is worked out before, from what is read in another.

    Raises: ApiError.
    """
    if service.name == "iam" and caller.session is not None and caller.session.kind == "user":
        raise UnknownKey("a session of GetSessionToken without a second factor has no access to IAM")
    seen = seen or Seen()
    request: Any = decode(operation.request, form)
    seen.request = request
    account = seen.account = operation.account(request, caller)
    seen.ready()

    def let_in(kept: Identities, worked_out: object = None) -> IamContext:
        ctx = IamContext(account=account, caller=caller, facts=facts, kept=kept, desk=desk, worked_out=worked_out)
        if operation.on is not None:
            ctx.authorize(f"{service.name}:{operation.name}", operation.on(request, ctx))
        return ctx

    worked_out = None
    if operation.ahead is not None:
        with desk.store.read(account) as kept:
            work = operation.ahead(request, let_in(kept))
        worked_out = work()
    with desk.store.change(account) if operation.writes else desk.store.read(account) as kept:
        return operation.answer(request, let_in(kept, worked_out))


def query_failure(error: Exception, request_id: str, namespace: str = _FAULTS) -> tuple[int, Headers, bytes]:
    """Give the answer that says so; what only we may know goes to the log."""
    if not isinstance(error, ApiError):
        error = api_error(error, request_id)
    elif isinstance(error, Refusal) and error.detail:
        log.debug("request %s: %s %s", request_id, error, error.detail)
    return error_response(error, namespace, request_id)
