// Coding agents on the command line: Claude Code, Codex, Gemini CLI, GitHub Copilot. Spans here; their log events in log-calls.ts.
import { defineDialect } from '../dialect.ts'

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
  usage: [{ scope: 'com.anthropic.claude_code', input: 'exclusive' }],
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
  ],
  kinds: {},
  spanNames: { run_turn: 'agent', 'session_task.turn': 'wrapper', run_sampling_request: 'span' },
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
  usage: [{ scope: 'gemini', input: 'inclusive', reasoningApart: true }],
  refine(span) {
    // its prompt name is an id made for each prompt: nothing to group by
    if (/^[0-9a-f-]{36}/i.test(String(span.get('prompt_name') ?? ''))) span.drop('prompt_name')
    if (span.get('operation') === 'llm_call' || span.spanName === 'llm_call')
      span.give('provider', 'gcp.gemini', 'scope')
  },
})

export const copilot = defineDialect({
  name: 'copilot',
  source: 'GitHub Copilot CLI 1.0',
  scopes: ['github.copilot*', 'copilot*'],
  marks: ['github.copilot.'],
  inputIncludesCache: true,
  keys: [{ key: 'github.copilot.interaction_id', field: 'session_id', fallback: true }],
  kinds: {},
})
