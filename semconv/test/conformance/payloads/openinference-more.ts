// OpenInference: instrumentations of Arize for JavaScript and Python.
import { payloads } from '../payload.ts'

const OPENAI = '@arizeai/openinference-instrumentation-openai'

export const openInferenceMore = payloads('openinference', [
  {
    source: `${OPENAI} JS 4.2.7: embeddings, errors, streams without usage`,
    scope: OPENAI,
    version: '4.2.7',
    spans: [
      {
        name: 'OpenAI Embeddings',
        attributes: {
          'openinference.span.kind': 'EMBEDDING',
          'llm.system': 'openai',
          'embedding.model_name': 'text-embedding-3-large',
          'embedding.embeddings.0.embedding.text': 'a lighthouse',
          'embedding.embeddings.0.embedding.vector': [0.125, -0.5],
          'input.value': 'a lighthouse',
        },
        facts: {
          kind: 'embeddings',
          requestModel: 'text-embedding-3-large',
          inputTextContains: 'a lighthouse',
          inputTokens: null,
          countsTokens: true,
        },
      },
      {
        name: 'OpenAI Chat Completions',
        error: '404 The model `gpt-none` does not exist',
        attributes: { 'openinference.span.kind': 'LLM', 'llm.system': 'openai', 'llm.model_name': 'gpt-none' },
        events: [
          {
            name: 'exception',
            attributes: {
              'exception.type': 'NotFoundError',
              'exception.message': '404 The model `gpt-none` does not exist',
            },
          },
        ],
        facts: {
          kind: 'chat',
          isError: true,
          errorType: 'NotFoundError',
          errorClass: 'invalid_request',
          statusMessageContains: 'does not exist',
          inputTokens: null,
          outputTokens: null,
        },
      },
    ],
  },
  {
    source: 'openinference semantic conventions: reranker, retriever, guardrail, evaluator, annotations',
    scope: 'openinference.instrumentation.haystack',
    spans: [
      {
        name: 'CohereRanker',
        attributes: {
          'openinference.span.kind': 'RERANKER',
          'reranker.model_name': 'rerank-v3.5',
          'reranker.query': 'quiet beaches',
          'reranker.top_k': 2,
          'reranker.input_documents.0.document.id': 'b1',
          'reranker.input_documents.0.document.content': 'Sandy cove',
          'reranker.input_documents.1.document.id': 'b2',
          'reranker.output_documents.0.document.id': 'b2',
          'reranker.output_documents.0.document.score': 0.75,
        },
        facts: { kind: 'rerank', requestModel: 'rerank-v3.5', documentIds: ['b2'], documentScores: [0.75] },
      },
      {
        name: 'InMemoryRetriever',
        attributes: {
          'openinference.span.kind': 'RETRIEVER',
          'input.value': 'quiet beaches',
          'retrieval.documents.0.document.id': 'b1',
          'retrieval.documents.0.document.content': 'Sandy cove',
          'retrieval.documents.0.document.score': 0.5,
          'retrieval.documents.0.document.metadata': '{"region":"west"}',
          'retrieval.documents.1.document.id': 'b2',
          'retrieval.documents.1.document.content': 'Pebble bay',
        },
        facts: {
          kind: 'retrieval',
          queryContains: 'quiet beaches',
          documentIds: ['b1', 'b2'],
          documentScores: [0.5],
          documentsContain: 'Pebble bay',
          countsTokens: false,
        },
      },
      {
        name: 'no_pii',
        attributes: { 'openinference.span.kind': 'GUARDRAIL', 'input.value': 'my card is …' },
        facts: { kind: 'guardrail', inputTextContains: 'my card' },
      },
      {
        name: 'judge',
        attributes: {
          'openinference.span.kind': 'EVALUATOR',
          'evaluations.0.evaluation.name': 'relevance',
          'evaluations.0.evaluation.score': 0.25,
          'evaluations.0.evaluation.label': 'poor',
          'evaluations.0.evaluation.explanation': 'off topic',
        },
        facts: {
          kind: 'evaluation',
          scoreName: 'relevance',
          scoreValue: 0.25,
          scoreLabel: 'poor',
          scoreComment: 'off topic',
        },
      },
      {
        name: 'ChatPromptTemplate',
        attributes: { 'openinference.span.kind': 'PROMPT', 'prompt.id': 'beach-v1', 'input.value': '{}' },
        facts: { kind: 'prompt', countsTokens: false },
      },
      {
        name: 'RunnableSequence',
        attributes: { 'openinference.span.kind': 'UNKNOWN', 'input.value': 'x' },
        facts: { kind: 'span' },
      },
    ],
  },
  {
    source: 'openinference-instrumentation-langchain (Python, JS 4.1): kind wins over gen_ai names',
    scope: 'openinference.instrumentation.langchain',
    spans: [
      {
        name: 'ChatAnthropic',
        attributes: {
          'openinference.span.kind': 'LLM',
          'llm.model_name': 'claude-3-5-haiku-latest',
          'llm.provider': 'anthropic',
          'llm.invocation_parameters': '{"model":"claude-3-5-haiku-latest","temperature":0.1,"max_tokens":64}',
          'llm.input_messages.0.message.role': 'user',
          'llm.input_messages.0.message.content': 'Name a gas giant',
          'llm.output_messages.0.message.role': 'assistant',
          'llm.output_messages.0.message.content': 'Saturn',
          'output.value':
            '{"generations":[[{"text":"Saturn","message":{"lc":1,"kwargs":{"id":"run-1","response_metadata":{"id":"msg_gas1"}}}}]]}',
          'llm.token_count.prompt': 14,
          'llm.token_count.completion': 4,
        },
        facts: {
          kind: 'chat',
          requestModel: 'claude-3-5-haiku-latest',
          responseId: 'msg_gas1',
          outputText: 'Saturn',
          inputTokens: 14,
        },
      },
      {
        name: 'ChatOpenAI with its usage only in the body',
        attributes: {
          'openinference.span.kind': 'LLM',
          'llm.model_name': 'gpt-4o',
          'output.value':
            '{"generations":[[{"text":"Venus","message":{"lc":1,"kwargs":{"content":"Venus","id":"run--7"}}}]],"llm_output":{"token_usage":{"prompt_tokens":21,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":16}},"id":"chatcmpl-venus1"}}',
        },
        facts: { kind: 'chat', inputTokens: 21, cacheReadTokens: 16, outputTokens: 2, outputText: 'Venus' },
      },
      {
        name: 'streamed',
        attributes: { 'openinference.span.kind': 'LLM', 'llm.model_name': 'gpt-4o' },
        events: [{ name: 'First Token Stream Event', afterMs: 180 }],
        facts: { kind: 'chat', ttftMs: 180 },
      },
      {
        name: 'flattened parameters',
        attributes: {
          'openinference.span.kind': 'LLM',
          'llm.model_name': 'gpt-4o',
          'llm.invocation_parameters.temperature': 0.1,
          'llm.invocation_parameters.max_tokens': 600,
          'llm.invocation_parameters.service_tier': 'priority',
          'llm.token_count.reasoning_tokens': 12,
          'llm.token_count.completion': 15,
        },
        facts: {
          kind: 'chat',
          params: { temperature: 0.1, maxTokens: 600 },
          serviceTier: 'priority',
          reasoningTokens: 12,
          outputTokens: 15,
        },
      },
      {
        name: 'RunnableLambda',
        attributes: {
          'openinference.span.kind': 'CHAIN',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.operation.name': 'chat',
          'input.value': 'raw text',
          'output.value': '{"answer":"ok","id":"not-a-response"}',
        },
        facts: { kind: 'chain', inputTextContains: 'raw text', responseId: null, countsTokens: false },
      },
    ],
  },
])
