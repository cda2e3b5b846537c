// AWS Strands Agents and Bedrock AgentCore: gen_ai attributes under the framework's name, content in span events.
import { defineDialect } from '../dialect.ts'

export const strands = defineDialect({
  name: 'strands',
  source: 'strands-agents TypeScript 1.19, Python 1.x',
  scopes: ['strands-agents*', 'strands*', 'bedrock_agentcore*'],
  marks: ['event_loop.', 'agent_loop.', 'gen_ai.agent.tools'],
  inputIncludesCache: true,
  keys: [
    { key: 'gen_ai.server.time_to_first_token', field: 'time_to_first_token', type: 'auto_latency' },
    { key: 'system_prompt', field: 'system_instructions', scoped: true },
    { key: 'tags', field: 'tags', scoped: true },
    { key: 'gen_ai.agent.tools', field: 'tool_definitions', fallback: true },
  ],
  kinds: {},
  spanNames: {
    execute_agent_loop_cycle: 'chain',
    execute_event_loop_cycle: 'chain',
    invoke_swarm: 'agent',
    invoke_graph: 'agent',
    invoke_agent: 'agent',
    execute_tool: 'tool',
  },
  usage: [{ providers: ['aws.bedrock', 'anthropic'], scope: 'strands', input: 'exclusive' }],
  refine(span) {
    if (span.text('gen_ai.tool.status') === 'error') span.give('failed', true, 'gen_ai.tool.status')
  },
})
