// MLflow.
import { payloads } from '../payload.ts'

export const mlflow = payloads('mlflow', [
  {
    source: 'mlflow 3.x',
    scope: 'mlflow',
    spans: [
      {
        name: 'predict',
        attributes: {
          'mlflow.spanType': '"AGENT"',
          'mlflow.spanInputs': '{"question":"Which glaze?"}',
          'mlflow.spanOutputs': '{"answer":"Celadon"}',
          'mlflow.trace.session': '"kiln-1"',
          'mlflow.trace.user': '"potter-1"',
          'mlflow.chat.tokenUsage': '{"input_tokens":140,"output_tokens":9,"total_tokens":149}',
        },
        facts: {
          kind: 'invoke_agent',
          sessionId: 'kiln-1',
          userId: 'potter-1',
          inputTextContains: 'Which glaze?',
          outputTextContains: 'Celadon',
          countsTokens: false,
          usageRole: 'summary',
        },
      },
      {
        name: 'Completions',
        parent: 0,
        attributes: {
          'mlflow.spanType': '"CHAT_MODEL"',
          'mlflow.spanFunctionName': '"create"',
          'mlflow.message.format': '"openai"',
          'mlflow.spanInputs':
            '{"model":"gpt-4o","messages":[{"role":"user","content":"Which glaze?"}],"temperature":0.25,"max_tokens":20}',
          'mlflow.spanOutputs':
            '{"id":"chatcmpl-kiln1","object":"chat.completion","model":"gpt-4o-2024-08-06","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Celadon"}}]}',
          'mlflow.chat.tokenUsage':
            '{"input_tokens":140,"output_tokens":9,"total_tokens":149,"cache_read_input_tokens":128}',
          'mlflow.chat.tools': '[{"type":"function","function":{"name":"fire"}}]',
          'mlflow.llm.model': '"gpt-4o"',
          'mlflow.llm.cost': '{"input_cost":0.0003,"output_cost":0.00009,"total_cost":0.00039}',
        },
        facts: {
          kind: 'chat',
          requestModel: 'gpt-4o',
          responseModel: 'gpt-4o-2024-08-06',
          responseId: 'chatcmpl-kiln1',
          params: { temperature: 0.25, maxTokens: 20 },
          inputTokens: 140,
          outputTokens: 9,
          cacheReadTokens: 128,
          costGivenTotal: 0.00039,
          costGivenInput: 0.0003,
          finishReasons: ['stop'],
          toolDefinitionNames: ['fire'],
          inputTextContains: 'Which glaze?',
          outputText: 'Celadon',
          countsTokens: true,
        },
      },
      {
        name: 'fire',
        parent: 0,
        attributes: {
          'mlflow.spanType': '"TOOL"',
          'mlflow.spanInputs': '{"cone":6}',
          'mlflow.spanOutputs': '"done"',
          'mlflow.spanFunctionName': '"fire"',
        },
        facts: { kind: 'execute_tool', toolName: 'fire', toolArgs: { cone: 6 }, toolResultContains: 'done' },
      },
      {
        name: 'retrieve_docs',
        parent: 0,
        attributes: {
          'mlflow.spanType': '"RETRIEVER"',
          'mlflow.spanInputs': '{"query":"ash glaze"}',
          'mlflow.spanOutputs': '[{"page_content":"Ash melts","metadata":{"doc_uri":"u"},"id":"d1"}]',
        },
        facts: { kind: 'retrieval', queryContains: 'ash glaze', documentsContain: 'Ash melts', documentIds: ['d1'] },
      },
      ...(
        [
          ['LLM', 'chat'],
          ['CHAIN', 'chain'],
          ['RERANKER', 'rerank'],
          ['EMBEDDING', 'embeddings'],
          ['PARSER', 'chain'],
          ['WORKFLOW', 'workflow'],
          ['TASK', 'task'],
          ['GUARDRAIL', 'guardrail'],
          ['EVALUATOR', 'evaluation'],
          ['MEMORY', 'memory'],
          ['UNKNOWN', 'span'],
        ] as const
      ).map(([type, kind]) => ({
        name: type,
        attributes: { 'mlflow.spanType': `"${type}"`, 'mlflow.spanInputs': '{"x":1}' },
        facts: { kind },
      })),
    ],
  },
])
