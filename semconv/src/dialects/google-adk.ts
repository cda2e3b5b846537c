// Google's Agent Development Kit: `call_llm` spans whose request and response are JSON in attributes.
import { defineDialect } from '../dialect.ts'
import { parametersUnder } from '../parameters.ts'

const RESPONSE = 'gcp.vertex.agent.llm_response'
const REQUEST = 'gcp.vertex.agent.llm_request'

export const googleAdk = defineDialect({
  name: 'google-adk',
  source: 'adk-python 1.0 to 2.3, adk TypeScript 2.0',
  scopes: ['gcp.vertex.agent'],
  marks: ['gcp.vertex.agent.'],
  inputIncludesCache: true,
  keys: [
    { key: 'gcp.vertex.agent.session_id', field: 'session_id' },
    { key: 'gcp.vertex.agent.tool_call_args', field: 'input', fallback: true },
    { key: 'gcp.vertex.agent.tool_response', field: 'output', fallback: true },
    { key: REQUEST, field: 'input', fallback: true },
    { key: RESPONSE, field: 'output', fallback: true },
  ],
  blobs: [
    { key: REQUEST, members: { model: 'request_model', ...parametersUnder('config') } },
    {
      key: RESPONSE,
      members: {
        model_version: 'response_model',
        modelVersion: 'response_model',
        finish_reason: 'finish_reasons',
        finishReason: 'finish_reasons',
        interaction_id: 'response_id',
        error_code: 'error_type',
        error_message: 'failure',
      },
      rawUsage: ['usage_metadata', 'usageMetadata'],
    },
  ],
  kinds: {},
  spanNames: {
    call_llm: 'generation',
    invocation: 'chain',
    invoke_agent: 'agent',
    agent_run: 'agent',
    execute_tool: 'tool',
    send_data: 'span',
  },
  usage: [{ scope: 'gcp.vertex.agent', before: '2.3', input: 'inclusive', reasoningApart: true }],
  refine(span) {
    // '{}' stands where content capture is off
    for (const key of [REQUEST, RESPONSE, 'gcp.vertex.agent.tool_call_args', 'gcp.vertex.agent.tool_response']) {
      const text = span.text(key)
      if (text !== '{}' && text !== '<not serializable>') continue
      if (span.get('input') === text) span.drop('input')
      if (span.get('output') === text) span.drop('output')
    }
    const isTool = span.get('operation') === 'execute_tool' || span.spanName.startsWith('execute_tool')
    if (!isTool) return
    const [input, output] = [span.text('gcp.vertex.agent.tool_call_args'), span.text('gcp.vertex.agent.tool_response')]
    if (input !== undefined && input !== '{}') span.set('input', input, 'gcp.vertex.agent.tool_call_args')
    if (output !== undefined && output !== '{}') span.set('output', output, 'gcp.vertex.agent.tool_response')
  },
})
