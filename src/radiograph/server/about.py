"""What the console asks of the process with the sockets itself: how it runs, and its demo."""

from __future__ import annotations

import asyncio
import uuid

import msgspec
from msgspec.structs import replace

from radiograph import __version__, demo
from radiograph.api.answer import JSON, failure
from radiograph.api.asked import Asked, asked_of
from radiograph.api.auditor import Auditor
from radiograph.api.gate import Gate, facts_of
from radiograph.api.login import Login
from radiograph.api.seen import Seen
from radiograph.asgi import App, Receive, Scope, Send, read_body, refuse_strangers, respond
from radiograph.auth.caller import authorize
from radiograph.clock import Clock
from radiograph.config import Config
from radiograph.errors import AccessDenied, InvalidRequest, UnknownOperation
from radiograph.model.explore import DemoRequest, ServerFacts
from radiograph.wire import decode, encode

from .shop import DemoShop

__all__ = ["About"]

_SERVER, _DEMO = "/console/api/server", "/console/api/demo"
_XRAY = frozenset(["xray"])
_CONTROL = "radiograph:ControlDemo"
"""The action of starting and stopping the demo: X-Ray has none like it."""
_MOST_BYTES = 4096


class About:
    """Two addresses of the main port: ``/console/api/server`` is read, ``/console/api/demo`` is read and posted to."""

    def __init__(
        self,
        config: Config,
        gate: Gate,
        login: Login | None,
        auditor: Auditor,
        shop: DemoShop,
        clock: Clock,
        ports: tuple[int, int, int, int],
    ) -> None:
        """``ports`` are those of the API, UDP, OTLP over gRPC and OTLP over HTTP."""
        self._config, self._gate, self._login, self._shop, self._clock = config, gate, login, shop, clock
        self._auditor = auditor
        self._any_host = config.insecure_open or login is not None
        self._facts = _facts(config, ports)
        self.paths: dict[str, App] = {_SERVER: self, _DEMO: self}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request_id = str(uuid.uuid4())
        try:
            body = await read_body(receive, _MOST_BYTES)
            asked = asked_of(scope, body, request_id)
            seen = self._auditor.begin(asked)
            try:
                refuse_strangers(scope, self._any_host)
                asked = replace(asked, login=self._login.who(scope) if self._login is not None else "")
                answer = await asyncio.to_thread(self._answer, asked, seen)
            except Exception as error:
                seen.error = error
                self._auditor.tell(asked, seen)
                raise
            await asyncio.to_thread(self._auditor.tell, asked, seen)
        except Exception as error:  # the edge: whatever went wrong, the caller gets a well-formed answer
            await respond(send, *failure(error, request_id))
        else:
            headers = [JSON, (b"x-amzn-RequestId", request_id.encode()), (b"cache-control", b"no-store")]
            await respond(send, 200, headers, encode(answer))

    def _answer(self, asked: Asked, seen: Seen) -> msgspec.Struct:
        caller = seen.caller = self._gate.admit(asked, _XRAY)
        match asked.method, asked.path:
            case "GET", "/console/api/server":
                return self._facts
            case "GET", "/console/api/demo":
                return self._shop.status()
            case "POST", "/console/api/demo":
                if caller.account != self._config.account:
                    raise AccessDenied(f"the demo is of account {self._config.account}, not of {caller.account}")
                authorize(caller, _CONTROL, "*", caller.account, facts_of(asked, self._clock, self._config.region))
                request = seen.request = decode(DemoRequest, asked.body)
                seen.ready()
                self._control(request)
                return self._shop.status()
        raise UnknownOperation(f"there is nothing at {asked.method} {asked.path}")

    def _control(self, request: DemoRequest) -> None:
        if request.action == "Stop":
            self._shop.stop()
            return
        scenario = request.scenario or demo.Scenario.HEALTHY.value
        if scenario not in list(demo.Scenario):
            raise InvalidRequest(f"Scenario is {scenario!r}; {', '.join(demo.Scenario)} are accepted")
        self._shop.start(demo.Scenario(scenario), request.history_seconds or 0.0)


def _facts(config: Config, ports: tuple[int, int, int, int]) -> ServerFacts:
    port, udp_port, grpc_port, http_port = ports
    host = "127.0.0.1" if config.auth == "required" else config.host
    quotas = config.quotas
    return ServerFacts(
        version=__version__,
        account_id=config.account,
        region=config.region,
        auth="required" if config.auth == "required" else "local",
        udp_address=f"[{host}]:{udp_port}" if ":" in host else f"{host}:{udp_port}",
        port=port,
        otlp_grpc_port=grpc_port,
        otlp_http_port=http_port,
        retention_days=config.retention_days,
        journal_retain_hours=config.journal_retain_hours,
        redact=config.redact,
        most_body_bytes=config.most_body_bytes,
        most_otlp_bytes=config.most_otlp_bytes,
        most_window_seconds=quotas.window_s,
        most_calls_per_second=quotas.calls_per_s,
        most_segments_per_second=quotas.segments_per_s,
        most_annotations=quotas.annotations,
        most_trace_bytes=quotas.trace_bytes,
    )
