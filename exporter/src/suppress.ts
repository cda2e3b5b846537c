// A function in, the same function run where no instrumentation makes spans out: an exporter that traces its own requests never ends.
import { type Context, context, createContextKey } from '@opentelemetry/api'

// `@opentelemetry/core` owns this key; keys are registered by name, so the same name is the same key without depending on it.
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING')

export function withoutTracing<Result>(run: () => Result): Result {
  return context.with(context.active().setValue(SUPPRESS_TRACING, true), run)
}

export function isTracingSuppressed(active: Context): boolean {
  return active.getValue(SUPPRESS_TRACING) === true
}
