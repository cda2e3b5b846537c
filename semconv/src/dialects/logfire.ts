// Pydantic AI and Logfire's integrations: gen_ai attributes with request and response bodies beside them.
import { defineDialect } from '../dialect.ts'
import { parametersUnder } from '../parameters.ts'
import type { Refinable } from '../refine.ts'

export const logfire = defineDialect({
  name: 'logfire',
  source: 'pydantic-ai 1.x (instrumentation versions 1 to 5), logfire 4.x',
  scopes: ['pydantic-ai', 'pydantic_ai', 'pydantic-ai*', 'pydantic_evals', 'logfire*'],
  marks: ['logfire.', 'pydantic_ai.'],
  inputIncludesCache: true,
  keys: [
    { key: 'operation.cost', field: 'reported_cost' },
    { key: 'agent_name', field: 'agent_name', scoped: true },
    { key: 'model_name', field: 'request_model', scoped: true, fallback: true },
    { key: 'logfire.tags', field: 'tags' },
    { key: 'gen_ai.usage.details.cache_read_tokens', field: 'cache_read_tokens' },
    { key: 'gen_ai.usage.details.cache_read_input_tokens', field: 'cache_read_tokens' },
    { key: 'gen_ai.usage.details.cached_tokens', field: 'cache_read_tokens' },
    { key: 'gen_ai.usage.details.cache_write_tokens', field: 'cache_write_tokens' },
    { key: 'gen_ai.usage.details.cache_creation_input_tokens', field: 'cache_write_tokens' },
    { key: 'gen_ai.usage.details.reasoning_tokens', field: 'reasoning_tokens' },
    { key: 'gen_ai.usage.details.thoughts_tokens', field: 'reasoning_tokens' },
    { key: 'gen_ai.usage.details.input_audio_tokens', field: 'input_audio_tokens' },
    { key: 'gen_ai.usage.details.output_audio_tokens', field: 'output_audio_tokens' },
    // the sum over an agent's calls
    { key: 'gen_ai.aggregated_usage.input_tokens', field: 'input_tokens' },
    { key: 'gen_ai.aggregated_usage.output_tokens', field: 'output_tokens' },
    { key: 'gen_ai.aggregated_usage.cache_read.input_tokens', field: 'cache_read_tokens' },
    { key: 'gen_ai.aggregated_usage.cache_creation.input_tokens', field: 'cache_write_tokens' },
    { key: 'response_id', field: 'response_id', scoped: true },
    { key: 'tool_arguments', field: 'input', scoped: true },
    { key: 'tool_response', field: 'output', scoped: true },
    { key: 'pydantic_ai.all_messages', field: 'input', fallback: true },
    { key: 'all_messages_events', field: 'input', scoped: true, fallback: true },
    { key: 'final_result', field: 'output', scoped: true, fallback: true },
    { key: 'request_data', field: 'input', scoped: true, fallback: true },
    { key: 'logfire.feedback.name', field: 'evaluation_name' },
    { key: 'logfire.feedback.comment', field: 'explanation' },
  ],
  blobs: [
    { key: 'gen_ai.usage.raw', members: {}, rawUsage: [''] },
    {
      key: 'request_data',
      members: { model: 'request_model', ...parametersUnder('request_data') },
      scoped: true,
    },
    {
      key: 'response_data',
      members: { 'message.id': 'response_id', id: 'response_id', finish_reason: 'finish_reasons' },
      rawUsage: ['usage'],
      scoped: true,
    },
    { key: 'usage', members: {}, rawUsage: [''], scoped: true },
  ],
  kinds: {},
  spanNames: {
    'agent run': 'agent',
    'running tool': 'tool',
    'running tools': 'chain',
    Guardrail: 'guardrail',
  },
  refine(span) {
    if (span.text('logfire.span_type') === 'annotation') annotation(span)
    if (span.value('triggered') !== undefined && span.spanName.startsWith('Guardrail')) span.setKind('guardrail')
    const response = span.json('response_data')
    if (isRecord(response)) responseOf(span, response)
    const events = span.text('events')
    if (events !== undefined) conversation(span, events)
    // placeholders stand where an emitter masks ids
    if (typeof span.get('time_to_first_token') !== 'number') span.drop('time_to_first_token')
  },
})

/** A score on the span's parent, not a step. */
function annotation(span: Refinable): void {
  const name = span.get('evaluation_name')
  if (typeof name !== 'string') return
  const value = span.value(name)
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    span.give('score_value', Number(value), name)
  else if (typeof value === 'string') span.give('score_label', value, name)
  span.setKind('evaluator')
}

function responseOf(span: Refinable, response: Record<string, unknown>): void {
  const { message, text_generated: text } = { text_generated: undefined, message: undefined, ...response }
  const body = message ?? response['combined_chunk_content'] ?? text
  if (typeof body === 'string') span.give('output_text', body, 'response_data')
  else if (isRecord(body)) span.give('output', JSON.stringify([body]), 'response_data')
}

/** The `events` of version 1: messages and choices in one list, told apart by their name. */
function conversation(span: Refinable, text: string): void {
  const events = span.json('events')
  if (!Array.isArray(events)) return
  const isChoice = (event: unknown): boolean => isRecord(event) && event['event.name'] === 'gen_ai.choice'
  const [inputs, outputs] = [events.filter((event) => !isChoice(event)), events.filter(isChoice)]
  if (inputs.length > 0) span.give('input', outputs.length === 0 ? text : JSON.stringify(inputs), 'events')
  if (outputs.length > 0) span.give('output', JSON.stringify(outputs), 'events')
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
