// Laminar (lmnr): association properties and its own span types around Traceloop's instrumentations.
import { defineDialect } from '../dialect.ts'

export const laminar = defineDialect({
  name: 'laminar',
  source: '@lmnr-ai/lmnr 0.8, lmnr (Python) 0.7',
  scopes: ['lmnr*'],
  marks: ['lmnr.'],
  inputIncludesCache: true,
  keys: [
    { key: 'lmnr.association.properties.session_id', field: 'session_id' },
    { key: 'lmnr.association.properties.user_id', field: 'user_id' },
    { key: 'lmnr.association.properties.tags', field: 'tags' },
    { key: 'lmnr.span.prompt_hash', field: 'prompt_version' },
    { key: 'gen_ai.usage.input_cost', field: 'reported_input_cost' },
    { key: 'gen_ai.usage.output_cost', field: 'reported_output_cost' },
    { key: 'lmnr.span.input', field: 'input', fallback: true },
    { key: 'lmnr.span.output', field: 'output', fallback: true },
  ],
  metadata: ['lmnr.association.properties.metadata.'],
  kinds: {},
  kindKeys: [
    {
      key: 'lmnr.span.type',
      strength: 'weak',
      kinds: {
        llm: 'generation',
        tool: 'tool',
        pipeline: 'chain',
        executor: 'chain',
        evaluator: 'evaluator',
        human_evaluator: 'evaluator',
        evaluation: 'chain',
        cached: 'generation',
      },
    },
  ],
  refine(span) {
    if (span.text('lmnr.span.type') === 'CACHED') span.give('response_cache', 'exact', 'lmnr.span.type')
    if (span.kind === 'tool') span.give('tool_name', span.spanName, 'span name')
  },
})
