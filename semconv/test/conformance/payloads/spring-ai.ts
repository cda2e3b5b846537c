// Spring AI and Quarkus.
import { payloads } from '../payload.ts'

export const springAi = payloads('spring-ai', [
  {
    source: 'Spring AI 1.1 (every value is text), quarkus-langchain4j 1.x',
    scope: 'org.springframework.boot',
    spans: [
      {
        name: 'spring_ai chat_client',
        attributes: {
          'gen_ai.operation.name': 'framework',
          'gen_ai.system': 'spring_ai',
          'spring.ai.kind': 'chat_client',
          'spring.ai.chat.client.stream': 'true',
          'spring.ai.chat.client.conversation.id': 'spring-1',
        },
        facts: { kind: 'wrapper', sessionId: 'spring-1', streaming: true, countsTokens: false },
      },
      {
        name: 'call advisor',
        parent: 0,
        attributes: { 'gen_ai.operation.name': 'framework', 'gen_ai.system': 'spring_ai', 'spring.ai.kind': 'advisor' },
        facts: { kind: 'chain', countsTokens: false },
      },
      {
        name: 'chat mistral-large',
        parent: 1,
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.system': 'mistral_ai',
          'gen_ai.request.model': 'mistral-large-latest',
          'gen_ai.response.model': 'mistral-large-2411',
          'gen_ai.request.temperature': '0.8',
          'gen_ai.request.max_tokens': '200',
          'gen_ai.request.top_k': '1',
          'gen_ai.request.stop_sequences': '["my-stop"]',
          'gen_ai.response.finish_reasons': '["STOP"]',
          'gen_ai.response.id': 'cmpl-sp1',
          'gen_ai.usage.input_tokens': '1000',
          'gen_ai.usage.output_tokens': '500',
          'gen_ai.usage.total_tokens': '1500',
        },
        facts: {
          kind: 'chat',
          provider: 'mistral_ai',
          requestModel: 'mistral-large-latest',
          responseModel: 'mistral-large-2411',
          responseId: 'cmpl-sp1',
          params: { temperature: 0.8, maxTokens: 200, topK: 1, stop: ['my-stop'] },
          finishReasons: ['stop'],
          inputTokens: 1000,
          outputTokens: 500,
          totalTokens: 1500,
        },
      },
      {
        name: 'embedding none',
        attributes: {
          'gen_ai.operation.name': 'embedding',
          'gen_ai.system': 'openai',
          'gen_ai.request.model': 'none',
          'gen_ai.response.model': 'none',
          'gen_ai.request.embedding.dimensions': '1492',
          'gen_ai.usage.input_tokens': '7',
        },
        facts: { kind: 'embeddings', requestModel: null, responseModel: null, inputTokens: 7 },
      },
      {
        name: 'tool_call weatherTool',
        attributes: {
          'gen_ai.operation.name': 'framework',
          'gen_ai.system': 'spring_ai',
          'spring.ai.kind': 'tool_call',
          'spring.ai.tool.definition.name': 'weatherTool',
          'spring.ai.tool.definition.description': 'weather',
          'spring.ai.tool.call.arguments': '{"city":"Bonn"}',
          'spring.ai.tool.call.result': '"rain"',
        },
        facts: {
          kind: 'execute_tool',
          toolName: 'weatherTool',
          toolArgs: { city: 'Bonn' },
          toolResultContains: 'rain',
        },
      },
      {
        name: 'pg_vector query',
        attributes: {
          'db.operation.name': 'query',
          'db.system': 'pg_vector',
          'spring.ai.kind': 'vector_store',
          'db.vector.query.content': 'moss',
          'db.vector.query.response.documents': '["moss is green"]',
          'db.vector.query.top_k': '4',
        },
        facts: { kind: 'retrieval', queryContains: 'moss', documentsContain: 'moss is green' },
      },
      {
        name: 'completion gpt-4o',
        scope: 'io.quarkus.opentelemetry',
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.system': 'open_ai',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.usage.input_tokens': 4,
        },
        facts: { kind: 'chat', providerCanonical: 'openai', inputTokens: 4 },
      },
    ],
  },
])
