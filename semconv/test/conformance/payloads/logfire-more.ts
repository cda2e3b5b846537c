// Logfire's own integrations: OpenAI, Anthropic, OpenAI Agents, Claude agent SDK, MCP, feedback.
import { payloads } from '../payload.ts'

export const logfireMore = payloads('logfire', [
  {
    source: 'logfire 4.x, claude-agent-sdk: the truth is on the agent',
    scope: 'logfire.claude_agent_sdk',
    spans: [
      {
        name: 'invoke_agent',
        attributes: {
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.provider.name': 'anthropic',
          'gen_ai.response.model': 'claude-sonnet-4-5-20250929',
          'gen_ai.conversation.id': 'claude-sess-1',
          'gen_ai.usage.input_tokens': 5400,
          'gen_ai.usage.output_tokens': 210,
          'gen_ai.usage.cache_read.input_tokens': 5000,
          'gen_ai.usage.cache_creation.input_tokens': 300,
          'operation.cost': 0.0058,
          num_turns: 2,
          duration_ms: 900,
          'logfire.span_type': 'span',
        },
        facts: {
          kind: 'invoke_agent',
          sessionId: 'claude-sess-1',
          inputTokens: 5400,
          uncachedInputTokens: 100,
          outputTokens: 210,
          costGivenTotal: 0.0058,
          usageRole: 'summary',
        },
      },
      {
        name: 'chat claude-sonnet-4-5-20250929',
        parent: 0,
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'anthropic',
          'gen_ai.request.model': 'claude-sonnet-4-5-20250929',
          'gen_ai.usage.partial.input_tokens': 2700,
          'gen_ai.usage.partial.output_tokens': 4,
          'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"Looking."}]}]',
          'logfire.span_type': 'span',
        },
        facts: { kind: 'chat', inputTokens: null, outputTokens: null, outputText: 'Looking.', countsTokens: false },
      },
    ],
    totals: { inputTokens: 5400, outputTokens: 210 },
  },
  {
    source: 'logfire 4.x, MCP and feedback',
    scope: 'logfire.mcp',
    spans: [
      {
        name: 'MCP request: tools/call catalogue',
        attributes: {
          'rpc.system': 'jsonrpc',
          'rpc.jsonrpc.version': '2.0',
          'rpc.method': 'tools/call',
          request: '{"method":"tools/call","params":{"name":"catalogue","arguments":{"name":"penny red"}}}',
          response: '{"content":[{"type":"text","text":"40 GBP"}],"isError":false}',
          'logfire.span_type': 'span',
        },
        facts: {
          kind: 'execute_tool',
          toolName: 'catalogue',
          toolArgs: { name: 'penny red' },
          toolResultContains: '40 GBP',
          countsTokens: false,
        },
      },
      {
        name: 'MCP request: tools/list',
        attributes: {
          'rpc.system': 'jsonrpc',
          'rpc.method': 'tools/list',
          request: '{"method":"tools/list"}',
          'logfire.span_type': 'span',
        },
        facts: { kind: 'span' },
      },
      {
        name: 'feedback: mood',
        scope: 'pydantic_evals',
        attributes: {
          'logfire.span_type': 'annotation',
          'logfire.feedback.name': 'mood',
          mood: 'happy',
          'logfire.feedback.comment': 'nice',
        },
        facts: { kind: 'score', scoreName: 'mood', scoreLabel: 'happy', scoreComment: 'nice' },
      },
      {
        name: 'feedback: correct',
        scope: 'pydantic_evals',
        attributes: { 'logfire.span_type': 'annotation', 'logfire.feedback.name': 'correct', correct: true },
        facts: { kind: 'score', scoreName: 'correct', scoreValue: 1 },
      },
    ],
  },
])
