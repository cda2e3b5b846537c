// Mastra: one model_inference span a call; agent, step and generation spans around it repeat its usage.
import { defineDialect } from '../dialect.ts'

const STEPS = ['agent_run', 'model_generation', 'model_step', 'model_chunk', 'workflow_run', 'workflow_step'] as const

export const mastra = defineDialect({
  name: 'mastra',
  source: '@mastra/otel-exporter 1.4 (mastra 1.71)',
  scopes: ['@mastra/*', 'mastra*'],
  marks: ['mastra.'],
  inputIncludesCache: true,
  keys: [
    { key: 'mastra.metadata.sessionId', field: 'session_id' },
    { key: 'mastra.metadata.threadId', field: 'session_id' },
    { key: 'mastra.metadata.userId', field: 'user_id' },
    { key: 'mastra.metadata.resourceId', field: 'user_id' },
    { key: 'mastra.tags', field: 'tags' },
    { key: 'mastra.completion_start_time', field: 'first_token_at' },
    ...STEPS.flatMap((step) => [
      { key: `mastra.${step}.input`, field: 'input' as const, fallback: true },
      { key: `mastra.${step}.output`, field: 'output' as const, fallback: true },
    ]),
  ],
  metadata: ['mastra.metadata.'],
  kinds: {},
  kindKeys: [
    {
      key: 'mastra.span.type',
      strength: 'strong',
      kinds: {
        model_inference: 'generation',
        agent_run: 'agent',
        model_generation: 'wrapper',
        llm_generation: 'wrapper',
        model_step: 'wrapper',
        model_chunk: 'span',
        agent_step: 'wrapper',
        tool_call: 'tool',
        mcp_tool_call: 'tool',
        workflow_run: 'chain',
        workflow_step: 'chain',
        workflow_conditional: 'chain',
        workflow_parallel: 'chain',
        workflow_loop: 'chain',
        processor_run: 'chain',
      },
    },
  ],
  refine(span) {
    // the request as it went over the wire
    for (const key of ['body', 'headers']) span.metadata(key, undefined)
  },
})
