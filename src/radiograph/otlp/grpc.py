"""OTLP over gRPC: the service ``TraceService`` with its one method."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import grpc

from radiograph.asgi import Headers
from radiograph.errors import ApiError
from radiograph.ingest import SpanDoor
from radiograph.segments.otel import UnreadableSpans
from radiograph.segments.otel.from_protobuf import protobuf_spans
from radiograph.telemetry import Counters, log

from .said import taken

__all__ = ["GrpcReceiver"]

_SERVICE = "opentelemetry.proto.collector.trace.v1.TraceService"
_METHOD = f"/{_SERVICE}/Export"
Whose = Callable[[str, Headers, bytes, str], str]
"""From method, metadata, body and the peer's address to an account. Raises: ApiError."""
_THREADS, _MOST_AT_ONCE = 16, 256
_MOST_TO_BE_DURABLE_S = 30
_CODES = {
    403: grpc.StatusCode.PERMISSION_DENIED,
    413: grpc.StatusCode.RESOURCE_EXHAUSTED,
    # Clients send again what was unavailable, and give up what exhausted a resource.
    429: grpc.StatusCode.UNAVAILABLE,
    503: grpc.StatusCode.UNAVAILABLE,
}


class GrpcReceiver:
    """A bound port and the threads behind it."""

    def __init__(
        self,
        host: str,
        port: int,
        door: SpanDoor,
        whose: Whose,
        counters: Counters,
        most_bytes: int,
        credentials: grpc.ServerCredentials | None = None,
    ) -> None:
        """Bind; port 0 picks a free one. ``whose`` gives the account that spans are for; ``credentials`` mean TLS.

        Raises: OSError when the address is taken or not ours.
        """
        self._door, self._whose, self._counters = door, whose, counters
        self._server = grpc.server(
            ThreadPoolExecutor(_THREADS, "otlp-grpc"),
            maximum_concurrent_rpcs=_MOST_AT_ONCE,
            options=[
                ("grpc.max_receive_message_length", most_bytes),
                ("grpc.so_reuseport", 0),
                ("grpc.max_connection_idle_ms", 600_000),
                ("grpc.server_handshake_timeout_ms", 10_000),
            ],
        )
        export: grpc.RpcMethodHandler[bytes, bytes] = grpc.unary_unary_rpc_method_handler(self._export)
        self._server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(_SERVICE, {"Export": export})])
        where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        try:
            self.port = (
                self._server.add_insecure_port(where)
                if credentials is None
                else self._server.add_secure_port(where, credentials)
            )
        except RuntimeError as error:
            raise OSError(f"{where} is taken, or is no address of this machine") from error
        if self.port == 0:
            raise OSError(f"{where} is taken, or is no address of this machine")

    def start(self) -> None:
        """Begin to receive."""
        self._server.start()

    def _export(self, body: bytes, context: grpc.ServicerContext) -> bytes:
        try:
            return self._take(body, self._account(body, context))
        except ApiError as error:
            code, message = _CODES.get(error.status, grpc.StatusCode.INTERNAL), error.message
        except UnreadableSpans as error:
            code, message = grpc.StatusCode.INVALID_ARGUMENT, str(error)
        except Exception:  # the edge: whatever went wrong, the caller gets a well-formed answer
            log.exception("spans could not be taken")
            code, message = grpc.StatusCode.INTERNAL, "the server failed; its log has the reason"
        self._counters.add(f"otlp.grpc.{code.name.lower()}")
        context.set_code(code)
        context.set_details(message)
        return b""

    def _account(self, body: bytes, context: grpc.ServicerContext) -> str:
        metadata = [
            (key.encode(), value.encode() if isinstance(value, str) else value)
            for key, value in context.invocation_metadata()
        ]
        kind, _, peer = context.peer().partition(":")
        address = peer.rpartition(":")[0].strip("[]") if kind.startswith("ipv") else ""
        return self._whose(_METHOD, metadata, body, address)

    def _take(self, body: bytes, account: str) -> bytes:
        settled = threading.Event()
        failures: list[ApiError] = []

        def durable(failure: ApiError | None) -> None:
            if failure is not None:
                failures.append(failure)
            settled.set()

        refused = self._door.accept(account, "otlp", protobuf_spans(body), durable)
        if not settled.wait(_MOST_TO_BE_DURABLE_S):
            raise TimeoutError("the journal did not answer")
        if failures:
            raise failures[0]
        return taken(refused, as_json=False)

    def stop(self) -> None:
        """Take what is under way, then stop."""
        self._server.stop(5).wait()
