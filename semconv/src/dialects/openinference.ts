// OpenInference (Arize): LLM, CHAIN, TOOL … spans with indexed messages. LangChain, LlamaIndex, CrewAI, DSPy, OpenAI Agents and others send it.
import { defineDialect } from '../dialect.ts'
import { PARAMETERS } from '../parameters.ts'
import { readValue } from '../read-value.ts'
import type { Refinable } from '../refine.ts'
import type { ScoreFacts } from '../span-facts.ts'
import type { Value } from '../value.ts'

/** Lists of judgements; what they judge is the span, its trace or its session. */
const JUDGEMENTS = ['annotations', 'evaluations', 'trace.annotations', 'session.annotations'] as const
const MAX_SCORES = 64

export const openInference = defineDialect({
  name: 'openinference',
  source:
    'openinference semantic conventions 2026-08; JS instrumentations openai 4.2, anthropic 0.2, langchain 4.1, openai-agents 0.2',
  scopes: ['openinference.*', '@arizeai/*'],
  marks: [
    'openinference.',
    'llm.input_messages.',
    'llm.output_messages.',
    'llm.token_count.',
    ...JUDGEMENTS.flatMap((list) => [`${list}.0.annotation.`, `${list}.0.evaluation.`]),
  ],
  spanNameIs: ['tool'],
  inputIncludesCache: true,
  keys: [
    { key: 'llm.provider', field: 'provider' },
    ...Object.entries(PARAMETERS).map(([name, field]) => ({ key: `llm.invocation_parameters.${name}`, field })),
    { key: 'llm.system', field: 'provider' },
    { key: 'llm.request.model_name', field: 'request_model' },
    { key: 'llm.response.model_name', field: 'response_model' },
    // the answer's model in practice; asked for when nothing else is
    { key: 'llm.model_name', field: 'response_model' },
    { key: 'llm.model_name', field: 'request_model', fallback: true },
    { key: 'embedding.model_name', field: 'request_model' },
    { key: 'reranker.model_name', field: 'request_model' },
    { key: 'llm.finish_reason', field: 'finish_reasons' },
    { key: 'llm.response.finish_reason', field: 'finish_reasons' },
    { key: 'llm.token_count.prompt', field: 'input_tokens' },
    { key: 'llm.token_count.completion', field: 'output_tokens' },
    { key: 'llm.token_count.total', field: 'total_tokens' },
    { key: 'llm.token_count.prompt_details.cache_read', field: 'cache_read_tokens' },
    { key: 'llm.token_count.prompt_details.cache_input', field: 'cache_read_tokens' },
    { key: 'llm.token_count.prompt_details.cache_write', field: 'cache_write_tokens' },
    { key: 'llm.token_count.prompt_details.audio', field: 'input_audio_tokens' },
    { key: 'llm.token_count.completion_details.reasoning', field: 'reasoning_tokens' },
    { key: 'llm.token_count.reasoning_tokens', field: 'reasoning_tokens' },
    { key: 'llm.token_count.completion_details.audio', field: 'output_audio_tokens' },
    { key: 'llm.cost.total', field: 'reported_cost' },
    { key: 'llm.cost.prompt', field: 'reported_input_cost' },
    { key: 'llm.cost.completion', field: 'reported_output_cost' },
    { key: 'tag.tags', field: 'tags' },
    { key: 'agent.name', field: 'agent_name' },
    { key: 'graph.node.name', field: 'agent_name', fallback: true },
    { key: 'tool.name', field: 'tool_name' },
    { key: 'tool.id', field: 'tool_call_id' },
    { key: 'tool_call.id', field: 'tool_call_id' },
    { key: 'tool_call.function.name', field: 'tool_name', fallback: true },
    { key: 'tool.parameters', field: 'input', fallback: true },
    { key: 'input.value', field: 'input', fallback: true },
    { key: 'output.value', field: 'output', fallback: true },
    { key: 'reranker.query', field: 'input', fallback: true },
    { key: 'prompt.id', field: 'prompt_name', fallback: true, scoped: true },
    { key: 'llm.prompt_template.version', field: 'prompt_version' },
  ],
  blobs: [
    {
      key: 'llm.invocation_parameters',
      members: { ...PARAMETERS, model: 'request_model', model_name: 'request_model' },
    },
    { key: 'metadata', members: {}, form: 'metadata', scoped: true },
    // the only place of the response id: the body that the provider sent, or LangChain's wrapping of it
    {
      key: 'output.value',
      members: {
        id: 'response_id',
        '0.id': 'response_id',
        'generations.0.0.message.kwargs.response_metadata.id': 'response_id',
        'generations.0.0.message.response_metadata.id': 'response_id',
        'generations.0.0.message.kwargs.id': 'response_id',
        'generations.0.0.message.id': 'response_id',
        'llm_output.id': 'response_id',
      },
      rawUsage: ['llm_output.token_usage'],
      scoped: true,
    },
  ],
  events: [{ event: 'First Token Stream Event', form: 'first_token' }],
  kinds: {},
  kindKeys: [
    {
      key: 'openinference.span.kind',
      strength: 'strong',
      kinds: {
        llm: 'generation',
        embedding: 'embedding',
        chain: 'chain',
        tool: 'tool',
        agent: 'agent',
        retriever: 'retrieval',
        reranker: 'rerank',
        guardrail: 'guardrail',
        evaluator: 'evaluator',
        prompt: 'chain',
      },
    },
  ],
  metadata: ['metadata.'],
  usage: [
    { scope: 'openinference.instrumentation.bedrock', input: 'exclusive' },
    { scope: '@arizeai/openinference-instrumentation-bedrock', input: 'exclusive' },
    { scope: 'openinference.instrumentation.agno', input: 'exclusive' },
  ],
  refine(span) {
    // a response id is the provider's: other bodies have ids that say nothing of the call
    const isCall = span.kind === 'generation' || span.kind === 'embedding'
    // LangChain's own id of a run
    if (!isCall || /^(?:run|lc_run)-/.test(String(span.get('response_id') ?? ''))) span.drop('response_id')
    for (const list of JUDGEMENTS) judgements(span, list)
  },
})

function judgements(span: Refinable, list: string): void {
  const scores = new Map<string, Record<string, Value>>()
  for (const [rest, value] of span.withPrefix(`${list}.`)) {
    const [, place = '', member = ''] = /^(\d+)\.(?:annotation|evaluation)\.([a-z]+)$/.exec(rest) ?? []
    if (member === '' || (!scores.has(place) && scores.size >= MAX_SCORES)) continue
    scores.set(place, { ...scores.get(place), [member]: value })
  }
  for (const { name, score, label, explanation } of scores.values()) {
    const read = {
      name: readValue(name, 'name'),
      value: readValue(score, 'number'),
      label: readValue(label, 'name'),
      explanation: readValue(explanation, 'text'),
    }
    if (typeof read.name !== 'string') continue
    span.score(
      Object.fromEntries(Object.entries(read).filter(([, part]) => part !== undefined)) as unknown as ScoreFacts,
    )
  }
}
