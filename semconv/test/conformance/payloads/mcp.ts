// MCP by the conventions.
import { payloads } from '../payload.ts'

export const mcp = payloads('mcp', [
  {
    source: 'semantic-conventions 1.39 (MCP): one tool call seen three times',
    scope: 'my.app',
    spans: [
      {
        name: 'execute_tool forecast',
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'forecast',
          'gen_ai.tool.call.id': 'call_f',
        },
        facts: { kind: 'execute_tool', toolName: 'forecast', sessionId: null },
      },
      {
        name: 'tools/call forecast',
        parent: 0,
        scope: 'mcp.client',
        attributes: {
          'mcp.method.name': 'tools/call',
          'mcp.session.id': 'transport-1',
          'mcp.protocol.version': '2025-06-18',
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'forecast',
          'jsonrpc.request.id': '7',
          'gen_ai.tool.call.arguments': { day: 'Monday' },
          'gen_ai.tool.call.result': { content: [{ type: 'text', text: 'rain' }] },
        },
        facts: {
          kind: 'execute_tool',
          toolName: 'forecast',
          toolArgs: { day: 'Monday' },
          toolResultContains: 'rain',
          sessionId: null,
          countsTokens: false,
        },
      },
      {
        name: 'resources/read',
        parent: 0,
        attributes: { 'mcp.method.name': 'resources/read', 'mcp.resource.uri': 'file:///a.md' },
        facts: { kind: 'retrieval' },
      },
      {
        name: 'initialize',
        attributes: { 'mcp.method.name': 'initialize', 'mcp.session.id': 't' },
        facts: { kind: 'span', sessionId: null },
      },
      {
        name: 'prompts/get plan',
        attributes: { 'mcp.method.name': 'prompts/get', 'gen_ai.prompt.name': 'plan' },
        facts: { kind: 'prompt', promptName: 'plan' },
      },
    ],
  },
])
