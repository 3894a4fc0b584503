// Otel is a service under OpenTelemetry for Go as it is: otel NAME ENDPOINT CALLED.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

func header(span trace.SpanContext) string {
	id := span.TraceID().String()
	return fmt.Sprintf("Root=1-%s-%s;Parent=%s;Sampled=1", id[:8], id[8:], span.SpanID())
}

func charge(span trace.Span) {
	span.RecordError(errors.New("the card is declined"), trace.WithStackTrace(true))
	span.SetStatus(codes.Error, "declined")
}

func main() {
	name, endpoint, called := os.Args[1], os.Args[2], os.Args[3]
	background := context.Background()
	exporter, err := otlptracehttp.New(background, otlptracehttp.WithEndpointURL(endpoint+"/v1/traces"))
	if err != nil {
		log.Fatal(err)
	}
	named, err := resource.Merge(resource.Default(), resource.NewSchemaless(attribute.String("service.name", name)))
	if err != nil {
		log.Fatal(err)
	}
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(named))
	tracer := provider.Tracer("shop")

	ctx, root := tracer.Start(background, "POST /checkout", trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(
		attribute.String("http.request.method", "POST"),
		attribute.String("url.scheme", "https"),
		attribute.String("url.path", "/checkout"),
		attribute.String("server.address", "go.test"),
		attribute.Int("http.response.status_code", 500),
		attribute.String("tier", "gold"),
		attribute.StringSlice("aws.xray.annotations", []string{"tier"}),
	))
	_, call := tracer.Start(ctx, "GET", trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(
		attribute.String("http.request.method", "GET"),
		attribute.String("url.full", called+"/status/503"),
	))
	request, _ := http.NewRequest(http.MethodGet, called+"/status/503", nil)
	request.Header.Set("X-Amzn-Trace-Id", header(call.SpanContext()))
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	answer.Body.Close()
	call.SetAttributes(attribute.Int("http.response.status_code", answer.StatusCode))
	call.End()
	charge(root)
	root.End()
	if err := provider.Shutdown(background); err != nil {
		log.Fatal(err)
	}
	fmt.Println(header(root.SpanContext())[5:40])
}
