// The 2.x trace SDK as an app on it would import it, for tests that drive both majors.
export { context, createContextKey, diag, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
export { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc'
export { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
export { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto'
export { resourceFromAttributes } from '@opentelemetry/resources'
export type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base'
export {
  BasicTracerProvider,
  BatchSpanProcessor,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
