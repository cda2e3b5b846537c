// Keys that other observability back ends give their own SDKs: Braintrust, W&B Weave, PostHog, Sentry, Opik, AgentOps.
import { defineDialect } from '../dialect.ts'
import { PARAMETERS } from '../parameters.ts'
import { giveCostOfPrices } from './posthog-prices.ts'

export const braintrust = defineDialect({
  name: 'braintrust',
  source: 'braintrust OpenTelemetry documentation 2026',
  scopes: ['braintrust*'],
  marks: ['braintrust.'],
  spanNameIs: ['tool', 'agent'],
  inputIncludesCache: true,
  keys: [
    { key: 'braintrust.tags', field: 'tags' },
    { key: 'braintrust.input_json', field: 'input' },
    { key: 'braintrust.input', field: 'input' },
    { key: 'braintrust.output_json', field: 'output' },
    { key: 'braintrust.output', field: 'output' },
  ],
  blobs: [
    {
      key: 'braintrust.metrics',
      members: {
        prompt_tokens: 'input_tokens',
        completion_tokens: 'output_tokens',
        tokens: 'total_tokens',
        prompt_cached_tokens: 'cache_read_tokens',
        prompt_cache_creation_tokens: 'cache_write_tokens',
        completion_reasoning_tokens: 'reasoning_tokens',
        time_to_first_token: 'time_to_first_token',
        estimated_cost: 'reported_cost',
      },
    },
    {
      key: 'braintrust.metadata',
      members: {
        ...PARAMETERS,
        model: 'request_model',
        provider: 'provider',
        user_id: 'user_id',
        session_id: 'session_id',
      },
    },
    { key: 'braintrust.metadata', members: {}, form: 'metadata' },
  ],
  kinds: {},
  refine(span) {
    const attributes = span.json('braintrust.span_attributes')
    const type = span.text('braintrust.span_attributes.type') ?? member(attributes, 'type')
    const kind = BRAINTRUST_TYPES[type ?? '']
    if (kind !== undefined) span.setKind(kind)
    const scores = span.json('braintrust.scores')
    for (const [name, value] of typeof scores === 'object' && scores !== null ? Object.entries(scores) : [])
      if (typeof value === 'number') span.score({ name, value })
  },
})

const BRAINTRUST_TYPES: Readonly<Record<string, 'generation' | 'tool' | 'chain' | 'evaluator'>> = {
  llm: 'generation',
  tool: 'tool',
  function: 'chain',
  task: 'chain',
  eval: 'chain',
  score: 'evaluator',
}

const member = (value: unknown, name: string): string | undefined => {
  const found = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return typeof found === 'string' ? found : undefined
}

export const weave = defineDialect({
  name: 'weave',
  source: 'weave OpenTelemetry documentation 2026',
  scopes: ['weave*'],
  marks: ['weave.', 'wandb.'],
  spanNameIs: ['tool', 'agent'],
  inputIncludesCache: true,
  keys: [
    { key: 'wandb.thread_id', field: 'session_id' },
    { key: 'input', field: 'input', scoped: true, fallback: true },
    { key: 'output', field: 'output', scoped: true, fallback: true },
  ],
  blobs: [{ key: 'wandb.attributes', members: {}, form: 'metadata' }],
  metadata: ['wandb.attributes.'],
  kinds: {},
  kindKeys: [
    {
      key: 'weave.span.kind',
      strength: 'weak',
      kinds: {
        llm: 'generation',
        chain: 'chain',
        agent: 'agent',
        tool: 'tool',
        retriever: 'retrieval',
        embedding: 'embedding',
        guardrail: 'guardrail',
        evaluator: 'evaluator',
      },
    },
  ],
})

export const posthog = defineDialect({
  name: 'posthog',
  source: '@posthog/ai event properties 2026',
  scopes: ['posthog*', '@posthog/*'],
  marks: ['$ai_'],
  inputIncludesCache: true,
  keys: [
    { key: '$ai_session_id', field: 'session_id' },
    // that of the web page, where no conversation is told
    { key: '$session_id', field: 'session_id', scoped: true, fallback: true },
    { key: '$ai_provider', field: 'provider' },
    { key: '$ai_completion_id', field: 'response_id' },
    { key: '$ai_response_id', field: 'response_id' },
    { key: '$ai_service_tier', field: 'service_tier' },
    { key: '$ai_agent_name', field: 'agent_name' },
    { key: '$ai_model', field: 'request_model' },
    { key: '$ai_input_tokens', field: 'input_tokens' },
    { key: '$ai_output_tokens', field: 'output_tokens' },
    { key: '$ai_cache_read_input_tokens', field: 'cache_read_tokens' },
    { key: '$ai_cache_creation_input_tokens', field: 'cache_write_tokens' },
    { key: '$ai_cache_creation_5m_input_tokens', field: 'cache_write_5m_tokens' },
    { key: '$ai_cache_creation_1h_input_tokens', field: 'cache_write_1h_tokens' },
    { key: '$ai_reasoning_tokens', field: 'reasoning_tokens' },
    { key: '$ai_web_search_count', field: 'searches' },
    { key: '$ai_total_cost_usd', field: 'reported_cost' },
    { key: '$ai_input_cost_usd', field: 'reported_input_cost' },
    { key: '$ai_output_cost_usd', field: 'reported_output_cost' },
    { key: '$ai_time_to_first_token', field: 'time_to_first_token', type: 'seconds' },
    { key: '$ai_http_status', field: 'http_status' },
    { key: '$ai_is_error', field: 'failed' },
    { key: '$ai_error', field: 'failure' },
    { key: '$ai_error_type', field: 'error_type' },
    { key: '$ai_stop_reason', field: 'finish_reasons' },
    { key: '$ai_stream', field: 'stream' },
    { key: '$ai_temperature', field: 'temperature' },
    { key: '$ai_max_tokens', field: 'max_tokens' },
    { key: '$ai_prompt_name', field: 'prompt_name' },
    { key: '$ai_prompt_version', field: 'prompt_version' },
    { key: '$ai_input', field: 'input' },
    { key: '$ai_input_state', field: 'input' },
    { key: '$ai_output_choices', field: 'output' },
    { key: '$ai_output_state', field: 'output' },
    { key: '$ai_tools', field: 'tool_definitions' },
  ],
  blobs: [
    { key: '$ai_model_parameters', members: PARAMETERS },
    { key: '$groups', members: {}, form: 'metadata', scoped: true },
  ],
  kinds: {},
  kindKeys: [
    {
      key: '$ai_event',
      strength: 'weak',
      kinds: { $ai_generation: 'generation', $ai_embedding: 'embedding', $ai_span: 'chain', $ai_trace: 'chain' },
    },
    {
      key: '$ai_span_type',
      strength: 'strong',
      kinds: {
        tool: 'tool',
        function: 'tool',
        mcp_tools: 'tool',
        agent: 'agent',
        retriever: 'retrieval',
        retrieval: 'retrieval',
        guardrail: 'guardrail',
        chain: 'chain',
        handoff: 'chain',
      },
    },
  ],
  usage: [
    { told: ['$ai_cache_reporting_exclusive', true], input: 'exclusive' },
    { told: ['$ai_cache_reporting_exclusive', false], input: 'inclusive' },
    { providers: ['anthropic'], input: 'exclusive' },
  ],
  refine(span) {
    if (span.kind === undefined && span.has('input_tokens')) span.setKind('generation')
    giveCostOfPrices(span)
  },
})

export const sentry = defineDialect({
  name: 'sentry',
  source: 'sentry AI agents module 2026',
  scopes: ['sentry*', '@sentry/*'],
  marks: ['sentry.', 'gen_ai.request.available_tools', 'gen_ai.response.text'],
  inputIncludesCache: true,
  keys: [
    { key: 'gen_ai.usage.input_tokens.cached', field: 'cache_read_tokens' },
    { key: 'gen_ai.usage.input_tokens.cache_write', field: 'cache_write_tokens' },
    { key: 'gen_ai.usage.output_tokens.reasoning', field: 'reasoning_tokens' },
    { key: 'gen_ai.request.messages', field: 'input' },
    { key: 'gen_ai.request.available_tools', field: 'tool_definitions' },
    { key: 'gen_ai.response.text', field: 'output_text' },
    { key: 'gen_ai.response.tool_calls', field: 'output_tool_calls' },
    { key: 'gen_ai.response.streaming', field: 'stream' },
    { key: 'gen_ai.tool.input', field: 'input' },
    { key: 'gen_ai.tool.output', field: 'output' },
    { key: 'gen_ai.pipeline.name', field: 'workflow_name' },
    { key: 'gen_ai.cost.total_tokens', field: 'reported_cost' },
  ],
  kinds: { handoff: 'chain' },
})

export const signoz = defineDialect({
  name: 'signoz',
  source: 'SigNoz LLM pricing rules 2026',
  marks: ['_signoz.gen_ai.'],
  inputIncludesCache: true,
  keys: [
    { key: '_signoz.gen_ai.total_cost', field: 'reported_cost' },
    { key: '_signoz.gen_ai.cost', field: 'reported_cost' },
    { key: '_signoz.gen_ai.input_cost', field: 'reported_input_cost' },
    { key: '_signoz.gen_ai.output_cost', field: 'reported_output_cost' },
  ],
  kinds: {},
})

export const opik = defineDialect({
  name: 'opik',
  source: 'opik OpenTelemetry documentation 2026',
  scopes: ['opik*'],
  marks: ['opik.'],
  inputIncludesCache: true,
  keys: [
    { key: 'opik.thread_id', field: 'session_id' },
    { key: 'opik.tags', field: 'tags' },
  ],
  blobs: [{ key: 'opik.metadata', members: {}, form: 'metadata' }],
  metadata: ['opik.metadata.'],
  kinds: {},
})

export const agentops = defineDialect({
  name: 'agentops',
  source: 'agentops 0.4',
  scopes: ['agentops*', 'agentlightning*'],
  marks: ['agentops.', 'agentlightning.'],
  inputIncludesCache: true,
  keys: [
    { key: 'gen_ai.request.streaming', field: 'stream' },
    { key: 'tool.call.id', field: 'tool_call_id' },
    { key: 'tool.parameters', field: 'input', scoped: true },
    { key: 'tool.result', field: 'output' },
    { key: 'agentops.entity.input', field: 'input', fallback: true },
    { key: 'agentops.entity.output', field: 'output', fallback: true },
  ],
  kinds: {},
  kindKeys: [
    {
      key: 'agentops.span.kind',
      strength: 'weak',
      kinds: {
        session: 'chain',
        agent: 'agent',
        operation: 'chain',
        task: 'chain',
        workflow: 'chain',
        tool: 'tool',
        llm: 'generation',
        chain: 'chain',
      },
    },
    {
      key: 'gen_ai.request.type',
      strength: 'weak',
      kinds: { chat: 'generation', completion: 'generation', embedding: 'embedding', image: 'generation' },
    },
  ],
  refine(span) {
    const rewards = new Map(span.withPrefix('agentlightning.reward.'))
    for (const [rest, name] of rewards) {
      if (!rest.endsWith('.name') || typeof name !== 'string') continue
      const value = rewards.get(rest.replace(/name$/, 'value'))
      if (typeof value === 'number' || typeof value === 'bigint') span.score({ name, value: Number(value) })
    }
    if (rewards.size > 0 && span.kind === undefined) span.setKind('evaluator')
  },
})
