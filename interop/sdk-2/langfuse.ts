// The Langfuse SDK as an app would import it, for a test that points it at us.
export { LangfuseSpanProcessor } from '@langfuse/otel'
export { setLangfuseTracerProvider, startObservation } from '@langfuse/tracing'
