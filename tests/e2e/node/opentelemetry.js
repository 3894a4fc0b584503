// A shop under OpenTelemetry for Node.js as it is: node opentelemetry.js NAME json|proto|grpc|zipkin URL
'use strict';

const [name, protocol, endpoint] = process.argv.slice(2);
const { SpanStatusCode, trace } = require('@opentelemetry/api');
const { AWSXRayIdGenerator } = require('@opentelemetry/id-generator-aws-xray');
const { AWSXRayPropagator } = require('@opentelemetry/propagator-aws-xray');
const { BatchSpanProcessor } = require('@opentelemetry/sdk-trace-base');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { NodeTracerProvider } = require('@opentelemetry/sdk-trace-node');
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { defaultResource, resourceFromAttributes } = require('@opentelemetry/resources');

function exporter() {
  if (protocol === 'zipkin') {
    const { ZipkinExporter } = require('@opentelemetry/exporter-zipkin');
    return new ZipkinExporter({ url: `${endpoint}/api/v2/spans` });
  }
  const { OTLPTraceExporter } = require(`@opentelemetry/exporter-trace-otlp-${{ json: 'http' }[protocol] ?? protocol}`);
  return new OTLPTraceExporter({ url: protocol === 'grpc' ? endpoint : `${endpoint}/v1/traces` });
}

const provider = new NodeTracerProvider({
  resource: defaultResource().merge(resourceFromAttributes({ 'service.name': name })),
  idGenerator: new AWSXRayIdGenerator(),
  spanProcessors: [new BatchSpanProcessor(exporter(), { scheduledDelayMillis: 50 })],
});
provider.register({ propagator: new AWSXRayPropagator() });
registerInstrumentations({ instrumentations: [new HttpInstrumentation()], tracerProvider: provider });

const http = require('http');
const tracer = trace.getTracer('shop');

function charge() {
  try {
    null.card;
  } catch (error) {
    throw new RangeError('the card is declined\nfor good', { cause: error });
  }
}

function get(url) {
  return new Promise((resolve, reject) => {
    http.get(url, (answer) => answer.resume().on('end', () => resolve(answer.statusCode))).on('error', reject);
  });
}

const server = http.createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  await tracer.startActiveSpan('basket', async (span) => {
    span.setAttributes({ tier: 'gold', items: 3, 'aws.xray.annotations': ['tier', 'items'] });
    if (searchParams.has('to')) {
      await get(searchParams.get('to'));
    }
    if (pathname === '/fail') {
      try {
        charge();
      } catch (error) {
        span.recordException(error);
        span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
        response.statusCode = 500;
      }
    }
    span.end();
  });
  response.end();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.on('SIGTERM', () => provider.shutdown().finally(() => process.exit()));
