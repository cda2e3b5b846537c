// OpenLLMetry (Traceloop): indexed attributes of older versions, gen_ai messages of newer ones, and the SDK's own spans.
import { payloads } from '../payload.ts'

export const traceloopMore = payloads('traceloop', [
  {
    source: 'openllmetry Python 0.62: gen_ai operations of its own',
    scope: 'opentelemetry.instrumentation.crewai',
    version: '0.62.1',
    spans: [
      {
        name: 'Researcher.agent',
        attributes: {
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.provider.name': 'crewai',
          'gen_ai.agent.name': 'Researcher',
          'traceloop.span.kind': 'agent',
        },
        facts: { kind: 'invoke_agent', agentName: 'Researcher' },
      },
      {
        name: 'search.task',
        attributes: {
          'gen_ai.operation.name': 'execute_task',
          'traceloop.span.kind': 'task',
          'gen_ai.task.name': 'search',
        },
        facts: { kind: 'task', countsTokens: false },
      },
      {
        name: 'gpt-4o.llm',
        attributes: {
          'gen_ai.operation.name': 'llm_request',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.request.max_completion_tokens': 90,
          'gen_ai.is_streaming': true,
          'gen_ai.usage.input_tokens': 9,
        },
        facts: { kind: 'chat', params: { maxTokens: 90 }, streaming: true, inputTokens: 9 },
      },
      {
        name: 'qdrant.query',
        scope: 'opentelemetry.instrumentation.qdrant',
        attributes: {
          'gen_ai.operation.name': 'vector_db_retrieve',
          'db.system': 'qdrant',
          'db.vector.query.top_k': 3,
        },
        events: [
          {
            name: 'db.query.result',
            attributes: {
              'db.query.result.id': 'p1',
              'db.query.result.score': 0.5,
              'db.query.result.document': 'oak leaf',
            },
          },
        ],
        facts: { kind: 'retrieval', documentIds: ['p1'], documentScores: [0.5], documentsContain: 'oak leaf' },
      },
    ],
  },
  {
    source: '@traceloop/node-server-sdk JS 0.27, traceloop-sdk Python: workflows and association properties',
    scope: '@traceloop/node-server-sdk',
    version: '0.27.0',
    spans: [
      {
        name: 'repair_flow.workflow',
        attributes: {
          'traceloop.span.kind': 'workflow',
          'traceloop.entity.name': 'repair_flow',
          'traceloop.workflow.name': 'repair_flow',
          'traceloop.entity.input': '{"args":["cuckoo clock"],"kwargs":{}}',
          'traceloop.entity.output': '"done"',
          'traceloop.association.properties.userId': 'smith-2',
          'traceloop.association.properties.chat_id': 'bench-4',
          'traceloop.association.properties.shop': 'corner',
          'traceloop.prompt.key': 'repair',
          'traceloop.prompt.version': 3,
        },
        facts: {
          kind: 'workflow',
          workflowName: 'repair_flow',
          inputTextContains: 'cuckoo clock',
          outputTextContains: 'done',
          userId: 'smith-2',
          sessionId: 'bench-4',
          metadata: { shop: 'corner' },
          promptName: 'repair',
          promptVersion: '3',
          countsTokens: false,
        },
      },
      {
        name: 'find_part.tool',
        parent: 0,
        attributes: {
          'traceloop.span.kind': 'tool',
          'traceloop.entity.name': 'find_part',
          'traceloop.entity.input': '{"args":[],"kwargs":{"part":"bellows"}}',
          'traceloop.entity.output': '{"stock":2}',
          'traceloop.association.properties.session_id': 'bench-5',
          'traceloop.association.properties.user_id': 'smith-3',
        },
        facts: {
          kind: 'execute_tool',
          toolName: 'find_part',
          sessionId: 'bench-5',
          userId: 'smith-3',
          toolResultContains: '"stock":2',
        },
      },
      {
        name: 'fixer.agent',
        parent: 0,
        attributes: { 'traceloop.span.kind': 'agent', 'traceloop.entity.name': 'fixer' },
        facts: { kind: 'invoke_agent', agentName: 'fixer' },
      },
      {
        name: 'misc',
        parent: 0,
        attributes: {
          'traceloop.span.kind': 'unknown',
          'traceloop.association.properties.sessionId': 's-a',
          'traceloop.association.properties.thread_id': 's-b',
        },
        facts: { kind: 'span', sessionId: 's-a' },
      },
    ],
  },
])
