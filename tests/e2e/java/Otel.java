// A service under OpenTelemetry for Java as it is: java Otel.java NAME grpc|http ENDPOINT CALLED
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Otel {
  static class Till implements AutoCloseable {
    @Override
    public void close() {
      throw new IllegalArgumentException("the till stays open");
    }
  }

  static void pay() {
    try (Till till = new Till()) {
      Object card = null;
      card.hashCode();
    }
  }

  static void charge() {
    try {
      pay();
    } catch (RuntimeException error) {
      throw new IllegalStateException("the card is declined\n\tfor good", error);
    }
  }

  static String header(SpanContext context) {
    String id = context.getTraceId();
    return "Root=1-" + id.substring(0, 8) + "-" + id.substring(8) + ";Parent=" + context.getSpanId() + ";Sampled=1";
  }

  public static void main(String[] arguments) throws Exception {
    String name = arguments[0], endpoint = arguments[2], called = arguments[3];
    SpanExporter exporter =
        arguments[1].equals("grpc")
            ? OtlpGrpcSpanExporter.builder().setEndpoint(endpoint).build()
            : OtlpHttpSpanExporter.builder().setEndpoint(endpoint + "/v1/traces").setCompression("gzip").build();
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(Resource.getDefault().merge(Resource.builder().put("service.name", name).build()))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build();
    Tracer tracer = provider.get("shop", "1.0");
    SpanContext other =
        SpanContext.create(
            "65a0b1c2aaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", TraceFlags.getSampled(), TraceState.getDefault());
    Span root =
        tracer
            .spanBuilder("POST /checkout")
            .setSpanKind(SpanKind.SERVER)
            .setNoParent()
            .setAttribute("http.request.method", "POST")
            .setAttribute("url.scheme", "https")
            .setAttribute("url.path", "/checkout")
            .setAttribute("server.address", "java.test")
            .setAttribute("tier", "gold")
            .setAttribute(AttributeKey.stringArrayKey("aws.xray.annotations"), java.util.List.of("tier"))
            .addLink(other, Attributes.of(AttributeKey.stringKey("why"), "batch"))
            .startSpan();
    try (Scope scope = root.makeCurrent()) {
      Span call =
          tracer
              .spanBuilder("GET")
              .setSpanKind(SpanKind.CLIENT)
              .setAttribute("http.request.method", "GET")
              .setAttribute("url.full", called + "/status/404")
              .setAttribute("server.address", "127.0.0.1")
              .startSpan();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(called + "/status/404"))
              .header("X-Amzn-Trace-Id", header(call.getSpanContext()))
              .build();
      int status = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      call.setAttribute("http.response.status_code", status).setStatus(StatusCode.ERROR).end();
      Span query =
          tracer
              .spanBuilder("SELECT orders")
              .setSpanKind(SpanKind.CLIENT)
              .setAttribute("db.system", "postgresql")
              .setAttribute("db.name", "orders")
              .setAttribute("db.connection_string", "jdbc:postgresql://db.test:5432")
              .setAttribute("db.statement", "SELECT 1")
              .startSpan();
      query.end();
      charge();
    } catch (IllegalStateException error) {
      root.recordException(error);
      root.setStatus(StatusCode.ERROR, "declined").setAttribute("http.response.status_code", 500);
    }
    root.end();
    provider.close();
    System.out.println(header(root.getSpanContext()).substring(5, 40));
  }
}
