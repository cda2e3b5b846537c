// VoltAgent: keys without a name space of their own, which mean this only in its spans.
import { defineDialect } from '../dialect.ts'

export const voltagent = defineDialect({
  name: 'voltagent',
  source: '@voltagent/core 2.10',
  scopes: ['@voltagent/*', 'voltagent*'],
  marks: ['voltagent.'],
  inputIncludesCache: true,
  keys: [
    { key: 'conversation.id', field: 'session_id' },
    { key: 'voltagent.conversation_id', field: 'session_id' },
    { key: 'conversationId', field: 'session_id', scoped: true },
    { key: 'userId', field: 'user_id', scoped: true },
    { key: 'llm.model', field: 'request_model', scoped: true },
    { key: 'ai.model.name', field: 'request_model' },
    { key: 'llm.stream', field: 'stream', scoped: true },
    { key: 'llm.finish_reason', field: 'finish_reasons', scoped: true },
    { key: 'ai.response.finish_reason', field: 'finish_reasons', scoped: true },
    { key: 'ai.model.temperature', field: 'temperature', scoped: true },
    { key: 'llm.usage.prompt_tokens', field: 'input_tokens', scoped: true },
    { key: 'llm.usage.completion_tokens', field: 'output_tokens', scoped: true },
    { key: 'llm.usage.cached_tokens', field: 'cache_read_tokens', scoped: true },
    { key: 'llm.usage.reasoning_tokens', field: 'reasoning_tokens', scoped: true },
    // an agent's sums
    { key: 'usage.prompt_tokens', field: 'input_tokens', scoped: true },
    { key: 'usage.completion_tokens', field: 'output_tokens', scoped: true },
    { key: 'usage.total_tokens', field: 'total_tokens', scoped: true },
    { key: 'usage.cached_tokens', field: 'cache_read_tokens', scoped: true },
    { key: 'usage.reasoning_tokens', field: 'reasoning_tokens', scoped: true },
    { key: 'llm.messages', field: 'input', scoped: true },
    { key: 'llm.tools', field: 'tool_definitions', scoped: true },
    { key: 'agent.instructions', field: 'system_instructions', scoped: true },
    { key: 'tool.call.id', field: 'tool_call_id', scoped: true },
    { key: 'tool.parameters', field: 'input', scoped: true, fallback: true },
    { key: 'input', field: 'input', scoped: true, fallback: true },
    { key: 'output', field: 'output', scoped: true, fallback: true },
  ],
  kinds: {},
  kindKeys: [
    {
      key: 'span.type',
      strength: 'weak',
      scoped: true,
      kinds: {
        llm: 'generation',
        agent: 'agent',
        tool: 'tool',
        memory: 'span',
        retriever: 'retrieval',
        embedding: 'embedding',
        workflow: 'chain',
        'workflow-step': 'chain',
        guardrail: 'guardrail',
        middleware: 'chain',
        summary: 'chain',
      },
    },
  ],
  refine(span) {
    const [name, type] = [span.text('entity.name'), span.text('entity.type')]
    // the outer span has no type of its own
    if (span.kind === undefined && type === 'agent') span.setKind('agent')
    if (span.kind === undefined && type === 'workflow') span.setKind('chain')
    if (span.kind === 'agent') span.give('agent_name', name, 'entity.name')
    if (span.kind === 'tool') {
      // arguments are the tool's; `input` is what the step was started with
      const parameters = span.text('input')
      if (parameters !== undefined) span.set('input', parameters, 'input')
    }
  },
})
