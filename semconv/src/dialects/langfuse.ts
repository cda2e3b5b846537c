// Langfuse SDKs (Python and JavaScript): observations of named types, with buckets of usage that do not overlap.
import { defineDialect } from '../dialect.ts'
import { PARAMETERS } from '../parameters.ts'

export const langfuse = defineDialect({
  name: 'langfuse',
  source: 'langfuse-js 5.11, langfuse-python 3',
  scopes: ['langfuse-sdk', 'langfuse*'],
  marks: ['langfuse.'],
  spanNameIs: ['tool', 'agent'],
  inputIncludesCache: true,
  keys: [
    { key: 'langfuse.session.id', field: 'session_id' },
    { key: 'langfuse.user.id', field: 'user_id' },
    { key: 'langfuse.trace.metadata.langfuse_session_id', field: 'session_id' },
    { key: 'langfuse.trace.metadata.langfuse_user_id', field: 'user_id' },
    { key: 'langfuse.observation.model.name', field: 'request_model' },
    { key: 'langfuse.observation.model', field: 'request_model' },
    { key: 'langfuse.observation.prompt.name', field: 'prompt_name' },
    { key: 'langfuse.observation.prompt.version', field: 'prompt_version' },
    { key: 'langfuse.prompt.name', field: 'prompt_name' },
    { key: 'langfuse.prompt.version', field: 'prompt_version' },
    { key: 'langfuse.trace.tags', field: 'tags' },
    { key: 'langfuse.tags', field: 'tags' },
    { key: 'langfuse.environment', field: 'environment' },
    { key: 'langfuse.release', field: 'release' },
    { key: 'langfuse.version', field: 'release', fallback: true },
    { key: 'langfuse.observation.completion_start_time', field: 'first_token_at' },
    { key: 'langfuse.observation.status_message', field: 'failure' },
    { key: 'langfuse.observation.input', field: 'input' },
    { key: 'langfuse.observation.output', field: 'output' },
    { key: 'langfuse.trace.input', field: 'input', fallback: true },
    { key: 'langfuse.trace.output', field: 'output', fallback: true },
  ],
  blobs: [
    { key: 'langfuse.observation.usage_details', members: {}, form: 'usage_details' },
    {
      key: 'langfuse.observation.cost_details',
      members: { total: 'reported_cost', input: 'reported_input_cost', output: 'reported_output_cost' },
    },
    { key: 'langfuse.observation.model.parameters', members: PARAMETERS },
    { key: 'langfuse.observation.model_parameters', members: PARAMETERS },
    { key: 'langfuse.observation.metadata', members: {}, form: 'metadata' },
    { key: 'langfuse.trace.metadata', members: {}, form: 'metadata' },
    { key: 'langfuse.metadata', members: {}, form: 'metadata' },
  ],
  metadata: ['langfuse.observation.metadata.', 'langfuse.trace.metadata.', 'langfuse.metadata.'],
  kinds: {},
  kindKeys: [
    {
      key: 'langfuse.observation.type',
      strength: 'strong',
      // `span` and `event` say nothing: older Python SDKs write them on generations too
      kinds: {
        generation: 'generation',
        embedding: 'embedding',
        agent: 'agent',
        tool: 'tool',
        chain: 'chain',
        retriever: 'retrieval',
        evaluator: 'evaluator',
        guardrail: 'guardrail',
      },
    },
  ],
  refine(span) {
    // Python SDKs up to 3.3.0 write `span` on generations
    const isSpan = span.text('langfuse.observation.type') === 'span'
    if (isSpan && span.kind === undefined && OF_GENERATIONS.some((key) => span.text(key) !== undefined))
      span.setKind('generation')
    if (span.text('langfuse.observation.level') === 'ERROR') span.give('failed', true, 'langfuse.observation.level')
    // values of metadata are JSON: a text has quotes around it
    for (const prefix of ['langfuse.observation.metadata.', 'langfuse.trace.metadata.', 'langfuse.metadata.']) {
      for (const [key, value] of span.withPrefix(prefix)) {
        if (typeof value === 'string' && value.startsWith('"')) span.metadata(key, unquote(value))
      }
    }
    // an error leaves zeros where no cost is known
    if (span.get('reported_cost') === 0) span.drop('reported_cost')
  },
})

const OF_GENERATIONS = [
  'langfuse.observation.model.name',
  'langfuse.observation.usage_details',
  'langfuse.observation.cost_details',
  'langfuse.observation.completion_start_time',
  'langfuse.observation.model.parameters',
  'langfuse.observation.prompt.name',
]

function unquote(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'string' ? parsed : text
  } catch {
    return text
  }
}
