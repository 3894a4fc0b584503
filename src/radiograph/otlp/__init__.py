"""Ways in for OpenTelemetry: OTLP over HTTP, gRPC and UDP; and Zipkin."""
