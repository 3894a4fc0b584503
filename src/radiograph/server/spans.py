"""The ways in for spans, assembled: two ports of their own, and two paths on the main one."""

from __future__ import annotations

import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from radiograph.api.asked import Asked, asked_of
from radiograph.asgi import App, Headers, Receive, Scope, Send
from radiograph.config import Config
from radiograph.ingest import SpanDoor
from radiograph.otlp import OTLP, ZIPKIN, GrpcReceiver, SpansOverHttp
from radiograph.telemetry import Counters

from .tls import Tls

__all__ = ["SpanWays"]

_THREADS = 2
"""Reading spans is work for the interpreter, which does one thing at a time: a second thread keeps small batches from
waiting behind a large one."""


class SpanWays:
    """OTLP over gRPC on its port, OTLP over HTTP on its port and, with Zipkin's, on the main port's paths."""

    def __init__(
        self,
        config: Config,
        door: SpanDoor,
        whose: Callable[[Asked], str],
        counters: Counters,
        bind: Callable[[str, int], socket.socket],
        tls: Tls | None = None,
    ) -> None:
        """Bind.

        Raises: OSError when an address is taken.
        """
        otherwise = (0, 0) if config.port == 0 else (4317, 4318)
        grpc_port = otherwise[0] if config.otlp_grpc_port is None else config.otlp_grpc_port
        http_port = otherwise[1] if config.otlp_http_port is None else config.otlp_http_port
        self._executor = ThreadPoolExecutor(_THREADS, "spans")

        def over_http(scope: Scope, body: bytes) -> str:
            return whose(asked_of(scope, body, ""))

        def over_grpc(method: str, metadata: Headers, body: bytes, peer: str) -> str:
            path = method.encode()
            return whose(
                Asked(
                    method="POST",
                    path=method,
                    raw_path=path,
                    headers=metadata,
                    body=body,
                    source_ip=peer or None,
                    is_tls=tls is not None,
                )
            )

        self.http = _bound("HTTP", config.host, http_port, bind)
        self.http_port: int = self.http.getsockname()[1]
        try:
            credentials = tls.for_grpc() if tls is not None else None
            self._grpc = GrpcReceiver(
                config.host, grpc_port, door, over_grpc, counters, config.most_otlp_bytes, credentials
            )
        except OSError as error:
            self.http.close()
            raise OSError(f"OTLP over gRPC: {error}; --otlp-grpc-port chooses another") from error
        self.grpc_port = self._grpc.port
        otlp, zipkin = (
            SpansOverHttp(
                dialect,
                door,
                over_http,
                self._executor,
                counters,
                config.most_otlp_bytes,
                any_host=config.insecure_open or config.auth == "required",
            )
            for dialect in (OTLP, ZIPKIN)
        )
        self.paths: dict[str, App] = {"/v1/traces": otlp, "/api/v2/spans": zipkin}

    def start(self) -> None:
        """Begin to receive over gRPC; HTTP begins with the main port's."""
        self._grpc.start()

    def beside(self, main: App) -> App:
        """Give an application for both HTTP ports: on ours, only what OTLP and Zipkin post is answered."""

        async def either(scope: Scope, receive: Receive, send: Send) -> None:
            is_ours = scope.get("server", ("", 0))[1] == self.http_port and scope["type"] == "http"
            await (self.paths.get(scope["path"], _nothing) if is_ours else main)(scope, receive, send)

        return either

    def stop(self) -> None:
        """Take what is under way, then stop."""
        self._grpc.stop()
        self._executor.shutdown()
        self.http.close()


async def _nothing(scope: Scope, _receive: Receive, send: Send) -> None:
    message = f"there is nothing at {scope['path']}: /v1/traces takes spans; metrics and logs are not kept".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(message)).encode())]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": message})


def _bound(what: str, host: str, port: int, bind: Callable[[str, int], socket.socket]) -> socket.socket:
    try:
        return bind(host, port)
    except OSError as error:
        raise OSError(
            f"OTLP over {what}: {host}:{port}: {error}; --otlp-{what.lower()}-port chooses another"
        ) from error
