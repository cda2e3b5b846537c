// Pydantic AI and Logfire's integrations: gen_ai attributes with request and response bodies beside them.
import { defineDialect, type KindWord } from '../dialect.ts'
import { PARAMETERS } from '../parameters.ts'
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
    // of a run of OpenAI's agents
    { key: 'group_id', field: 'session_id', scoped: true, fallback: true, type: 'quoted' },
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
    { key: 'inputs', field: 'input', scoped: true, fallback: true },
    // of an MCP request
    { key: 'response', field: 'output', scoped: true, fallback: true },
    { key: 'logfire.feedback.name', field: 'evaluation_name' },
    { key: 'logfire.feedback.comment', field: 'explanation' },
  ],
  blobs: [
    { key: 'gen_ai.usage.raw', members: {}, rawUsage: [''] },
    { key: 'request_data', members: { model: 'request_model', ...PARAMETERS }, scoped: true },
    {
      key: 'response_data',
      members: { 'message.id': 'response_id', id: 'response_id', finish_reason: 'finish_reasons' },
      rawUsage: ['usage'],
      scoped: true,
    },
    { key: 'usage', members: {}, rawUsage: [''], scoped: true },
    { key: 'model_request_parameters', members: { function_tools: 'tool_definitions' }, scoped: true },
    {
      key: 'request',
      members: { 'params.name': 'tool_name', 'params.arguments': { field: 'input', type: 'content' } },
      scoped: true,
    },
  ],
  kinds: {},
  kindKeys: [
    {
      key: 'rpc.method',
      strength: 'weak',
      scoped: true,
      kinds: { 'tools/call': 'tool', 'resources/read': 'retrieval', 'prompts/get': 'chain' },
    },
  ],
  spanNames: {
    'agent run': 'agent',
    'running tool': 'tool',
    'running tools': 'chain',
    Guardrail: 'guardrail',
  },
  refine(span) {
    const type = span.text('logfire.span_type')
    // sent when a span starts; the span itself comes when it ends
    if (type === 'pending_span') span.setKind('span')
    else if (type === 'annotation') annotation(span)
    else step(span)
    const request = span.json('request_data')
    const response = span.json('response_data')
    if (isRecord(response)) responseOf(span, response)
    // A stream is told twice: by the span of its request, and by a log once its usage is known.
    else if (isRecord(request) && request['stream'] === true && type === 'span' && !span.has('input_tokens'))
      span.repeats()
    // counts of single messages of the Claude SDK, which do not add up; the agent has the sum
    if (span.value('gen_ai.usage.partial.output_tokens') !== undefined) span.repeats()
    const events = span.text('events')
    if (events !== undefined) for (const side of ['input', 'output'] as const) span.give(side, events, 'events')
    // placeholders stand where an emitter masks ids
    if (typeof span.get('time_to_first_token') !== 'number') span.drop('time_to_first_token')
  },
})

/** Spans of OpenAI's agents, and of agents of pydantic-ai, have the agent's name in a key or in the span's. */
const AGENT_SPANS: readonly (readonly [beginning: string, kind: KindWord])[] = [
  ['Agent run', 'agent'],
  ['Function', 'tool'],
  ['OpenAI Agents trace', 'chain'],
  ['Guardrail', 'guardrail'],
]

function step(span: Refinable): void {
  if (span.value('triggered') !== undefined && span.spanName.startsWith('Guardrail')) span.setKind('guardrail')
  // the run of an agent is called as the app calls it
  const isRun = span.text('agent_name') !== undefined && !span.has('operation') && !span.has('tool_name')
  if (isRun) span.setKind('agent')
  if (!span.scopeName.startsWith('logfire.openai_agents') || span.has('operation')) return
  // a turn or a task sums the usage of its calls
  const isSum = span.value('usage') !== undefined && !span.has('request_model')
  const kind = isSum ? 'wrapper' : AGENT_SPANS.find(([beginning]) => span.spanName.startsWith(beginning))?.[1]
  if (kind === undefined) return
  span.setKind(kind)
  if (kind === 'agent') span.give('agent_name', span.text('name'), 'name')
  if (kind === 'tool') span.give('tool_name', span.text('name'), 'name')
}

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

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
