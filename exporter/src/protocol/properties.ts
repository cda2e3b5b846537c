// What a span means in, the `$ai_*` properties of its event out. Durations are seconds on this wire.
import type { Interpretation } from '@hanzo/insights-semconv'
import type { ReadableSpan } from '../span.ts'
import { SDK_NAME, SDK_VERSION } from '../version.ts'

type Properties = Record<string, unknown>

export function propertiesOf(meaning: Interpretation, span: ReadableSpan, event: string): Properties {
  const { traceId, spanId } = span.spanContext()
  const isCall = event === '$ai_generation' || event === '$ai_embedding'
  return {
    $ai_trace_id: traceId,
    $ai_span_id: spanId,
    $ai_parent_id: span.parentSpanContext?.spanId || undefined,
    $ai_span_name: span.name,
    $ai_session_id: meaning.fields.session_id,
    $ai_latency: secondsOf(span),
    $ai_lib: SDK_NAME,
    $ai_lib_version: SDK_VERSION,
    ...errorOf(meaning, span),
    ...(isCall ? callOf(meaning) : { $ai_span_type: meaning.kind }),
  }
}

function callOf({ fields, usage, timeToFirstTokenNs, searches }: Interpretation): Properties {
  const isCached = usage.cacheRead !== undefined || usage.cacheWrite !== undefined
  return {
    $ai_model: fields.response_model ?? fields.request_model,
    $ai_provider: fields.provider,
    $ai_base_url: fields.server_address,
    $ai_completion_id: fields.response_id,
    $ai_stop_reason: fields.finish_reasons?.[0],
    $ai_stream: fields.stream,
    $ai_temperature: fields.temperature,
    $ai_max_tokens: fields.max_tokens,
    $ai_time_to_first_token: timeToFirstTokenNs === undefined ? undefined : timeToFirstTokenNs / 1e9,
    $ai_input_tokens: usage.input,
    $ai_output_tokens: usage.output,
    $ai_cache_read_input_tokens: usage.cacheRead,
    $ai_cache_creation_input_tokens: usage.cacheWrite,
    $ai_cache_creation_1h_input_tokens: usage.cacheWrite1h,
    $ai_reasoning_tokens: usage.reasoning,
    $ai_web_search_count: searches,
    // semconv has settled it: cached tokens are in the input
    $ai_cache_reporting_exclusive: isCached ? false : undefined,
    $ai_total_cost_usd: fields.reported_cost === undefined ? undefined : Number(fields.reported_cost) / 1e12,
    $ai_prompt_name: fields.prompt_name,
    $ai_prompt_version: fields.prompt_version,
  }
}

function errorOf({ errorType, errorMessage, fields }: Interpretation, span: ReadableSpan): Properties {
  const isError = span.status.code === 2 || errorType !== ''
  return {
    $ai_is_error: isError,
    $ai_error: isError ? errorMessage || errorType : undefined,
    $ai_error_type: errorType || undefined,
    $ai_http_status: fields.http_status,
  }
}

function secondsOf({ startTime, endTime }: ReadableSpan): number {
  return endTime[0] - startTime[0] + (endTime[1] - startTime[1]) / 1e9
}
