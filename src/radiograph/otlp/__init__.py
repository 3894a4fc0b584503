"""Ways in for spans: OTLP over HTTP and gRPC, and Zipkin's HTTP."""

from .dialect import OTLP, ZIPKIN
from .grpc import GrpcReceiver
from .http import SpansOverHttp

__all__ = ["OTLP", "ZIPKIN", "GrpcReceiver", "SpansOverHttp"]
