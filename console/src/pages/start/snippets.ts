/** Where an application has to send, as seen from where this page is read. */
export interface Place {
  url: string; // of the API and of this console
  udp: string; // host:port for segment documents
  otlp: string; // the URL of OTLP over HTTP
  region: string;
  /** Callers have to sign: documents go through a daemon on the application's host, which does. */
  signed: boolean;
  /** The server's UDP port is within reach; where it is not, a daemon of one's own has to be in between. */
  near: boolean;
}
export const SENDERS = ["python", "node", "java", "dotnet", "go", "lambda", "collector", "curl"] as const;
export type Sender = (typeof SENDERS)[number];
export const KITS = ["xray", "otel"] as const;
export type Kit = (typeof KITS)[number];

/** What installs a sender, and what sends a first trace with it. */
export interface Snippet {
  install: string;
  code: string;
}

const DAEMON = "127.0.0.1:2000";

/** The commands for one kind of sender, ready to be pasted into a shell. */
export function snippet(sender: Sender, kit: Kit, place: Place): Snippet {
  const made = MADE[sender][kit](place);
  return { install: made.install.trim(), code: made.code.trim() };
}

/** A daemon is started where it is needed; the SDKs of X-Ray send to it, and sign nothing. */
function udpOf({ udp, url, region, near }: Place): { before: string; address: string } {
  if (near) return { before: "", address: udp };
  return { before: `radiograph daemon --endpoint ${url} --region ${region} &\n`, address: DAEMON };
}

function headers({ signed }: Place): string {
  return signed ? `OTEL_EXPORTER_OTLP_HEADERS="authorization=Basic $(printf %s "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" | base64 -w0)" \\\n` : "";
}

function otelEnvironment(place: Place, name: string): string {
  return `OTEL_SERVICE_NAME=${name} \\
OTEL_EXPORTER_OTLP_ENDPOINT=${place.otlp} \\
OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf \\
${headers(place)}`;
}

const MADE: Record<Sender, Record<Kit, (place: Place) => Snippet>> = {
  python: {
    xray: (place) => ({
      install: "pip install aws-xray-sdk",
      code: `
${udpOf(place).before}AWS_XRAY_DAEMON_ADDRESS=${udpOf(place).address} python3 - <<'END'
from aws_xray_sdk.core import xray_recorder

xray_recorder.configure(service="hello-python", sampling=False)
with xray_recorder.in_segment("hello-python") as segment:
    segment.put_annotation("greeting", "hello")
    with xray_recorder.in_subsegment("work"):
        pass
print(segment.trace_id)
END`,
    }),
    otel: (place) => ({
      install: "pip install opentelemetry-distro opentelemetry-exporter-otlp-proto-http",
      code: `
${otelEnvironment(place, "hello-python")}OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none \\
opentelemetry-instrument python3 - <<'END'
from opentelemetry import trace

tracer = trace.get_tracer("hello")
with tracer.start_as_current_span("GET /hello", kind=trace.SpanKind.SERVER) as span:
    with tracer.start_as_current_span("work"):
        pass
print(f"{span.get_span_context().trace_id:032x}")
END`,
    }),
  },
  node: {
    xray: (place) => ({
      install: "npm install aws-xray-sdk-core",
      code: `
${udpOf(place).before}AWS_XRAY_DAEMON_ADDRESS=${udpOf(place).address} node - <<'END'
const xray = require("aws-xray-sdk-core");

xray.enableManualMode();
const segment = new xray.Segment("hello-node");
segment.addAnnotation("greeting", "hello");
segment.addNewSubsegment("work").close();
segment.close();
console.log(segment.trace_id);
END`,
    }),
    otel: (place) => ({
      install: "npm install @opentelemetry/api @opentelemetry/sdk-trace-node @opentelemetry/resources @opentelemetry/exporter-trace-otlp-http",
      code: `
OTEL_EXPORTER_OTLP_ENDPOINT=${place.otlp} \\
${headers(place)}node - <<'END'
const { SpanKind } = require("@opentelemetry/api");
const { NodeTracerProvider, SimpleSpanProcessor } = require("@opentelemetry/sdk-trace-node");
const { OTLPTraceExporter } = require("@opentelemetry/exporter-trace-otlp-http");
const { resourceFromAttributes } = require("@opentelemetry/resources");

const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ "service.name": "hello-node" }),
  spanProcessors: [new SimpleSpanProcessor(new OTLPTraceExporter())],
});
const tracer = provider.getTracer("hello");
tracer.startActiveSpan("GET /hello", { kind: SpanKind.SERVER }, (span) => {
  span.end();
  console.log(span.spanContext().traceId);
});
provider.shutdown();
END`,
    }),
  },
  java: {
    xray: (place) => ({
      install: `
cat > pom.xml <<'END'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>hello</groupId><artifactId>hello</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.amazonaws</groupId><artifactId>aws-xray-recorder-sdk-core</artifactId><version>2.21.0</version>
    </dependency>
  </dependencies>
</project>
END
mvn -q dependency:copy-dependencies -DoutputDirectory=lib`,
      code: `
cat > Hello.java <<'END'
import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;

public class Hello {
  public static void main(String[] arguments) {
    AWSXRay.setGlobalRecorder(
        AWSXRayRecorderBuilder.standard().withSamplingStrategy(new AllSamplingStrategy()).build());
    var segment = AWSXRay.beginSegment("hello-java");
    segment.putAnnotation("greeting", "hello");
    AWSXRay.beginSubsegment("work");
    AWSXRay.endSubsegment();
    AWSXRay.endSegment();
    System.out.println(segment.getTraceId());
  }
}
END
${udpOf(place).before}AWS_XRAY_DAEMON_ADDRESS=${udpOf(place).address} java -cp 'lib/*' Hello.java`,
    }),
    otel: (place) => ({
      install: "curl -LO https://github.com/open-telemetry/opentelemetry-java-instrumentation/releases/latest/download/opentelemetry-javaagent.jar",
      code: `
${otelEnvironment(place, "hello-java")}OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none \\
java -javaagent:opentelemetry-javaagent.jar -jar your-application.jar`,
    }),
  },
  dotnet: {
    xray: (place) => ({
      install: "dotnet new console -n hello && cd hello && dotnet add package AWSXRayRecorder.Core",
      code: `
cat > Program.cs <<'END'
using Amazon.XRay.Recorder.Core;

var recorder = AWSXRayRecorder.Instance;
recorder.BeginSegment("hello-dotnet");
recorder.AddAnnotation("greeting", "hello");
recorder.BeginSubsegment("work");
recorder.EndSubsegment();
recorder.EndSegment();
END
${udpOf(place).before}AWS_XRAY_DAEMON_ADDRESS=${udpOf(place).address} dotnet run`,
    }),
    otel: (place) => ({
      install: "dotnet new console -n hello && cd hello && dotnet add package OpenTelemetry.Exporter.OpenTelemetryProtocol",
      code: `
cat > Program.cs <<'END'
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

using var source = new ActivitySource("hello");
using var provider = Sdk.CreateTracerProviderBuilder().AddSource("hello").AddOtlpExporter().Build();
using (var activity = source.StartActivity("GET /hello", ActivityKind.Server))
{
    Console.WriteLine(activity?.TraceId);
}
END
${otelEnvironment(place, "hello-dotnet")}dotnet run`,
    }),
  },
  go: {
    xray: (place) => ({
      install: "mkdir hello && cd hello && go mod init hello && go get github.com/aws/aws-xray-sdk-go/xray",
      code: `
cat > main.go <<'END'
package main

import (
	"context"
	"fmt"

	"github.com/aws/aws-xray-sdk-go/xray"
)

func main() {
	ctx, segment := xray.BeginSegment(context.Background(), "hello-go")
	_ = xray.AddAnnotation(ctx, "greeting", "hello")
	_, subsegment := xray.BeginSubsegment(ctx, "work")
	subsegment.Close(nil)
	segment.Close(nil)
	fmt.Println(segment.TraceID)
}
END
go mod tidy
${udpOf(place).before}AWS_XRAY_DAEMON_ADDRESS=${udpOf(place).address} go run .`,
    }),
    otel: (place) => ({
      install: "mkdir hello && cd hello && go mod init hello && go get go.opentelemetry.io/otel/sdk go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp",
      code: `
cat > main.go <<'END'
package main

import (
	"context"
	"fmt"
	"log"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

func main() {
	ctx := context.Background()
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		log.Fatal(err)
	}
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter))
	_, span := provider.Tracer("hello").Start(ctx, "GET /hello", trace.WithSpanKind(trace.SpanKindServer))
	span.End()
	fmt.Println(span.SpanContext().TraceID())
	if err := provider.Shutdown(ctx); err != nil {
		log.Fatal(err)
	}
}
END
go mod tidy
${otelEnvironment(place, "hello-go")}go run .`,
    }),
  },
  lambda: {
    xray: (place) => ({
      install: "pip install aws-xray-sdk",
      code: `
cat > function.py <<'END'
from aws_xray_sdk.core import patch_all, xray_recorder

patch_all()

def handler(event, context):
    with xray_recorder.in_subsegment("work") as subsegment:
        subsegment.put_annotation("greeting", "hello")
END
# What Lambda does around a function: it gives it a trace, and sends the function's own segment.
TRACE="1-$(printf %08x "$(date +%s)")-$(openssl rand -hex 12)" SEGMENT="$(openssl rand -hex 8)" BEGAN="$(date +%s.%N)"
${udpOf(place).before}AWS_XRAY_DAEMON_ADDRESS=${udpOf(place).address} LAMBDA_TASK_ROOT="$PWD" \\
_X_AMZN_TRACE_ID="Root=$TRACE;Parent=$SEGMENT;Sampled=1" python3 -c 'import function; function.handler({}, None)'
${post(
        place,
        `/TraceSegments`,
        `"{\\"TraceSegmentDocuments\\": [\\"{\\\\\\"trace_id\\\\\\": \\\\\\"$TRACE\\\\\\", \\\\\\"id\\\\\\": \\\\\\"$SEGMENT\\\\\\", \\\\\\"name\\\\\\": \\\\\\"hello-lambda\\\\\\", \\\\\\"origin\\\\\\": \\\\\\"AWS::Lambda::Function\\\\\\", \\\\\\"start_time\\\\\\": $BEGAN, \\\\\\"end_time\\\\\\": $(date +%s.%N)}\\"]}"`,
      )}`,
    }),
    otel: (place) => ({
      install: "pip install opentelemetry-distro opentelemetry-exporter-otlp-proto-http opentelemetry-instrumentation-aws-lambda",
      code: `
cat > function.py <<'END'
from opentelemetry import trace

def handler(event, context):
    with trace.get_tracer("hello").start_as_current_span("work"):
        pass
END
# What Lambda does around a function.
cat > invoke.py <<'END'
import os
from types import SimpleNamespace

from opentelemetry.instrumentation.aws_lambda import AwsLambdaInstrumentor

os.environ["_HANDLER"] = "function.handler"
AwsLambdaInstrumentor().instrument()
import function

arn = "arn:aws:lambda:${place.region}:000000000000:function:hello-lambda"
function.handler({}, SimpleNamespace(invoked_function_arn=arn, aws_request_id="1"))
END
${otelEnvironment(place, "hello-lambda")}OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none \\
AWS_LAMBDA_FUNCTION_NAME=hello-lambda PYTHONPATH="$PWD" opentelemetry-instrument python3 invoke.py`,
    }),
  },
  collector: {
    xray: (place) => ({
      install: "",
      code: `
# collector.yaml: takes OTLP at 5317 and 5318, sends it on with X-Ray's own call
receivers:
  otlp:
    protocols:
      grpc: { endpoint: 127.0.0.1:5317 }
      http: { endpoint: 127.0.0.1:5318 }
exporters:
  awsxray:
    endpoint: ${place.url}
    region: ${place.region}
    local_mode: true # asks no EC2 metadata; credentials come from the environment
service:
  pipelines:
    traces: { receivers: [otlp], exporters: [awsxray] }`,
    }),
    otel: (place) => ({
      install: "",
      code: `
# collector.yaml: takes OTLP at 5317 and 5318, sends it on as it came
receivers:
  otlp:
    protocols:
      grpc: { endpoint: 127.0.0.1:5317 }
      http: { endpoint: 127.0.0.1:5318 }
${place.signed ? `extensions:
  basicauth:
    client_auth: { username: "\${env:AWS_ACCESS_KEY_ID}", password: "\${env:AWS_SECRET_ACCESS_KEY}" }
` : ""}exporters:
  otlphttp:
    endpoint: ${place.otlp}
${place.signed ? "    auth: { authenticator: basicauth }\n" : ""}service:
${place.signed ? "  extensions: [basicauth]\n" : ""}  pipelines:
    traces: { receivers: [otlp], exporters: [otlphttp] }`,
    }),
  },
  curl: {
    xray: (place) => ({
      install: "",
      code: `
TRACE="1-$(printf %08x "$(date +%s)")-$(openssl rand -hex 12)" SEGMENT="$(openssl rand -hex 8)" NOW="$(date +%s)"
${post(
        place,
        `/TraceSegments`,
        `"{\\"TraceSegmentDocuments\\": [\\"{\\\\\\"trace_id\\\\\\": \\\\\\"$TRACE\\\\\\", \\\\\\"id\\\\\\": \\\\\\"$SEGMENT\\\\\\", \\\\\\"name\\\\\\": \\\\\\"hello-curl\\\\\\", \\\\\\"start_time\\\\\\": $NOW.0, \\\\\\"end_time\\\\\\": $NOW.25}\\"]}"`,
      )}
echo "$TRACE"`,
    }),
    otel: (place) => ({
      install: "",
      code: `
TRACE="$(openssl rand -hex 16)" SPAN="$(openssl rand -hex 8)" NOW="$(date +%s)"
curl -sS ${place.otlp}/v1/traces -H 'Content-Type: application/json' \\
${place.signed ? `  --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \\\n` : ""}  -d "{\\"resourceSpans\\": [{
    \\"resource\\": {\\"attributes\\": [{\\"key\\": \\"service.name\\", \\"value\\": {\\"stringValue\\": \\"hello-curl\\"}}]},
    \\"scopeSpans\\": [{\\"spans\\": [{\\"traceId\\": \\"$TRACE\\", \\"spanId\\": \\"$SPAN\\", \\"name\\": \\"GET /hello\\", \\"kind\\": 2,
      \\"startTimeUnixNano\\": \\"\${NOW}000000000\\", \\"endTimeUnixNano\\": \\"\${NOW}250000000\\"}]}]}]}"
echo "$TRACE"`,
    }),
  },
};

function post({ url, region, signed }: Place, path: string, body: string): string {
  const sign = signed ? ` \\\n  --aws-sigv4 aws:amz:${region}:xray --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"` : "";
  return `curl -sS ${url}${path} -H 'Content-Type: application/json'${sign} \\\n  -d ${body}`;
}
