// Coding agents: Claude Code, Codex, Gemini CLI, GitHub Copilot. Their spans, and the log records that tell of calls where no span does.
import { defineDialect, type LogRule } from '../dialect.ts'

/** Events that are kept as they are. */
const kept = (...events: readonly string[]): readonly LogRule[] => events.map((event) => ({ event }))

export const claudeCode = defineDialect({
  name: 'claude-code',
  source: 'Claude Code 2.1',
  scopes: ['com.anthropic.claude_code*'],
  marks: ['claude_code.'],
  inputIncludesCache: false,
  keys: [
    { key: 'model', field: 'request_model', scoped: true },
    { key: 'input_tokens', field: 'input_tokens', scoped: true },
    { key: 'output_tokens', field: 'output_tokens', scoped: true },
    { key: 'cache_read_tokens', field: 'cache_read_tokens', scoped: true },
    { key: 'cache_creation_tokens', field: 'cache_write_tokens', scoped: true },
    { key: 'ttft_ms', field: 'time_to_first_token', type: 'milliseconds', scoped: true },
    { key: 'stop_reason', field: 'finish_reasons', scoped: true },
    { key: 'request_id', field: 'response_id', scoped: true, fallback: true },
    { key: 'cost_usd', field: 'reported_cost', scoped: true },
    { key: 'success', field: 'failed', type: 'not_flag', scoped: true },
    { key: 'error', field: 'failure', scoped: true },
    { key: 'status_code', field: 'http_status', scoped: true },
    { key: 'speed', field: 'service_tier', scoped: true, fallback: true },
    { key: 'tool_name', field: 'tool_name', scoped: true },
    { key: 'tool_use_id', field: 'tool_call_id', scoped: true },
    { key: 'user_prompt', field: 'input', scoped: true },
    { key: 'tool_input', field: 'input', scoped: true },
  ],
  events: [{ event: 'tool.output', form: 'content', field: 'output', key: 'content' }],
  kinds: {},
  spanNames: {
    'claude_code.interaction': 'agent',
    'claude_code.llm_request': 'generation',
    'claude_code.tool': 'tool',
    'claude_code.tool.execution': 'chain',
    'claude_code.tool.blocked_on_user': 'span',
  },
  kindKeys: [
    {
      key: 'span.type',
      strength: 'weak',
      scoped: true,
      kinds: {
        interaction: 'agent',
        llm_request: 'generation',
        tool: 'tool',
        'tool.execution': 'chain',
        'tool.blocked_on_user': 'span',
      },
    },
  ],
  usage: [{ input: 'exclusive' }],
  logPrefix: 'claude_code.',
  logs: [
    {
      event: 'api_request',
      call: { counts: ['input_tokens', 'output_tokens'], duration: 'duration_ms', provider: 'anthropic' },
    },
    { event: 'api_error', call: { failure: ['error', 'status_code'], duration: 'duration_ms', provider: 'anthropic' } },
    ...kept('user_prompt', 'assistant_response', 'tool_decision', 'tool_result', 'api_refusal', 'compaction'),
  ],
  refine(span) {
    if (span.kind === 'generation' || span.spanName === 'claude_code.llm_request')
      span.give('provider', 'anthropic', 'scope')
    // "normal" and "fast" are speeds, of which only the second is a tier with a price of its own
    if (span.get('service_tier') === 'normal') span.drop('service_tier')
  },
})

export const codex = defineDialect({
  name: 'codex',
  source: 'Codex CLI 0.169',
  scopes: ['codex*'],
  marks: ['codex.'],
  inputIncludesCache: true,
  keys: [
    { key: 'conversation.id', field: 'session_id' },
    { key: 'codex.usage.reasoning_output_tokens', field: 'reasoning_tokens' },
    { key: 'codex.usage.total_tokens', field: 'total_tokens' },
    { key: 'model', field: 'request_model', scoped: true },
    { key: 'tool_name', field: 'tool_name', scoped: true },
    { key: 'call_id', field: 'tool_call_id', scoped: true },
    // sums over a turn
    { key: 'codex.turn.token_usage.input_tokens', field: 'input_tokens', fallback: true },
    { key: 'codex.turn.token_usage.output_tokens', field: 'output_tokens', fallback: true },
    // log records; what they call the tokens of tools is the total
    { key: 'input_token_count', field: 'input_tokens', scoped: true },
    { key: 'output_token_count', field: 'output_tokens', scoped: true },
    { key: 'cached_token_count', field: 'cache_read_tokens', scoped: true },
    { key: 'cache_write_token_count', field: 'cache_write_tokens', scoped: true },
    { key: 'reasoning_token_count', field: 'reasoning_tokens', scoped: true },
    { key: 'tool_token_count', field: 'total_tokens', scoped: true },
    { key: 'ttft_ms', field: 'time_to_first_token', type: 'milliseconds', scoped: true },
  ],
  kinds: {},
  spanNames: { run_turn: 'wrapper', 'session_task.turn': 'wrapper', run_sampling_request: 'span' },
  logPrefix: 'codex.',
  logs: [
    {
      event: 'sse_event',
      // each call ends with two of these, of which one has the counts
      call: {
        where: { 'event.kind': 'response.completed' },
        counts: ['input_token_count', 'output_token_count'],
        provider: 'openai',
      },
    },
    { event: 'api_request', call: { failure: ['error.message'], duration: 'duration_ms', provider: 'openai' } },
    ...kept('conversation_starts', 'user_prompt', 'tool_decision', 'tool_result'),
  ],
  refine(span) {
    if (!span.has('input_tokens') || span.spanName !== 'handle_responses') return
    span.setKind('generation')
    span.give('provider', 'openai', 'scope')
  },
})

export const geminiCli = defineDialect({
  name: 'gemini-cli',
  source: 'Gemini CLI 0.61',
  scopes: ['gemini-cli*', 'gemini_cli*'],
  marks: ['gemini_cli.'],
  inputIncludesCache: true,
  keys: [
    { key: 'model', field: 'request_model', scoped: true },
    { key: 'function_name', field: 'tool_name', scoped: true },
    { key: 'function_args', field: 'input', scoped: true },
    // log records
    { key: 'input_token_count', field: 'input_tokens', scoped: true },
    { key: 'output_token_count', field: 'output_tokens', scoped: true },
    { key: 'cached_content_token_count', field: 'cache_read_tokens', scoped: true },
    { key: 'thoughts_token_count', field: 'reasoning_tokens', scoped: true },
    { key: 'total_token_count', field: 'total_tokens', scoped: true },
    { key: 'finish_reasons', field: 'finish_reasons', scoped: true },
    { key: 'model_name', field: 'request_model', scoped: true },
    { key: 'status_code', field: 'http_status', scoped: true },
    { key: 'error_type', field: 'error_type', scoped: true },
    { key: 'response_text', field: 'output', scoped: true },
  ],
  kinds: {
    llm_call: 'generation',
    tool_call: 'tool',
    schedule_tool_calls: 'chain',
    user_prompt: 'chain',
    system_prompt: 'chain',
    agent_call: 'agent',
  },
  spanNames: { llm_call: 'generation', tool_call: 'tool', schedule_tool_calls: 'chain', agent_call: 'agent' },
  usage: [{ input: 'inclusive', reasoningApart: true }],
  logPrefix: 'gemini_cli.',
  logs: [
    {
      event: 'api_response',
      call: {
        counts: ['input_token_count', 'output_token_count'],
        duration: 'duration_ms',
        provider: 'gcp.gemini',
        inOwnSpan: true,
      },
    },
    {
      event: 'api_error',
      call: {
        failure: ['error.message', 'error', 'error_type', 'status_code'],
        duration: 'duration_ms',
        provider: 'gcp.gemini',
        inOwnSpan: true,
      },
    },
    // content of the call that an api_response tells of
    { event: 'gen_ai.client.inference.operation.details' },
    ...kept('user_prompt', 'api_request', 'tool_call'),
  ],
  refine(span) {
    // what tools put into the prompt is counted apart from it
    const tools = Number(span.value('tool_token_count') ?? 0)
    const input = span.get('input_tokens')
    if (tools > 0 && typeof input === 'number') span.set('input_tokens', input + tools, 'tool_token_count')
    // its prompt name is an id made for each prompt: nothing to group by
    if (/^[0-9a-f-]{36}/i.test(String(span.get('prompt_name') ?? ''))) span.drop('prompt_name')
    if (span.get('operation') === 'llm_call' || span.spanName === 'llm_call')
      span.give('provider', 'gcp.gemini', 'scope')
    // the request that the arguments came in
    if (span.get('operation') === 'tool_call')
      span.set('input', argumentsIn(span.json('gen_ai.input.messages')), 'gen_ai.input.messages')
  },
})

function argumentsIn(request: unknown): string | undefined {
  const isRequest = typeof request === 'object' && request !== null && 'name' in request && 'args' in request
  return isRequest ? JSON.stringify(request.args) : undefined
}

export const copilot = defineDialect({
  name: 'copilot',
  source: 'GitHub Copilot CLI 1.0',
  scopes: ['github.copilot*', 'copilot*'],
  marks: ['github.copilot.'],
  inputIncludesCache: true,
  keys: [{ key: 'github.copilot.interaction_id', field: 'session_id', fallback: true }],
  kinds: {},
  logPrefix: 'copilot_chat.',
  logs: kept('session.start', 'tool.call', 'agent.turn', 'user.feedback'),
})
