// The exporters of Langfuse and PostHog as an app on the 2.x SDK registers them.
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { PostHogSpanProcessor } from '@posthog/ai/otel'

export type { SpanProcessor }

export function langfuse(url: string): SpanProcessor {
  return new LangfuseSpanProcessor({ publicKey: 'pk-lf-1', secretKey: 'sk-lf-1', baseUrl: url })
}

export function posthog(url: string): SpanProcessor {
  return new PostHogSpanProcessor({ projectToken: 'phc_1', host: url })
}

export function provider(spanProcessors: SpanProcessor[]): BasicTracerProvider {
  return new BasicTracerProvider({ spanProcessors })
}
