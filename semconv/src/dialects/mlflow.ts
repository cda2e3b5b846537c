// MLflow traces: every attribute value is JSON, a name too.
import { defineDialect } from '../dialect.ts'
import { parametersUnder } from '../parameters.ts'

export const mlflow = defineDialect({
  name: 'mlflow',
  source: 'mlflow 3.x',
  scopes: ['mlflow*'],
  marks: ['mlflow.'],
  inputIncludesCache: true,
  keys: [
    { key: 'mlflow.trace.session', field: 'session_id', type: 'quoted' },
    { key: 'mlflow.trace.user', field: 'user_id', type: 'quoted' },
    { key: 'mlflow.llm.model', field: 'request_model', type: 'quoted' },
    { key: 'mlflow.llm.provider', field: 'provider', type: 'quoted' },
    { key: 'mlflow.trace.tags', field: 'tags' },
    { key: 'mlflow.chat.messages', field: 'input', fallback: true },
    { key: 'mlflow.chat.tools', field: 'tool_definitions' },
    { key: 'mlflow.spanInputs', field: 'input' },
    { key: 'mlflow.spanOutputs', field: 'output' },
  ],
  blobs: [
    {
      key: 'mlflow.chat.tokenUsage',
      members: {
        input_tokens: 'input_tokens',
        output_tokens: 'output_tokens',
        total_tokens: 'total_tokens',
        cache_read_input_tokens: 'cache_read_tokens',
        cache_creation_input_tokens: 'cache_write_tokens',
      },
    },
    {
      key: 'mlflow.llm.cost',
      members: { total_cost: 'reported_cost', input_cost: 'reported_input_cost', output_cost: 'reported_output_cost' },
    },
    {
      key: 'mlflow.spanInputs',
      members: {
        ...parametersUnder('kwargs'),
        model: 'request_model',
        temperature: 'temperature',
        top_p: 'top_p',
        max_tokens: 'max_tokens',
      },
    },
    {
      key: 'mlflow.spanOutputs',
      members: { id: 'response_id', model: 'response_model', 'choices.0.finish_reason': 'finish_reasons' },
    },
  ],
  kinds: {},
  kindKeys: [
    {
      key: 'mlflow.spanType',
      strength: 'weak',
      kinds: {
        llm: 'generation',
        chat_model: 'generation',
        chain: 'chain',
        agent: 'agent',
        tool: 'tool',
        retriever: 'retrieval',
        reranker: 'rerank',
        embedding: 'embedding',
        parser: 'chain',
        workflow: 'chain',
        task: 'chain',
        guardrail: 'guardrail',
        evaluator: 'evaluator',
      },
    },
  ],
  refine(span) {
    // ids and models of a tool's or chain's data are not those of a call
    if (span.kind === 'generation' || span.kind === 'embedding') return
    for (const field of ['response_id', 'response_model', 'request_model', 'finish_reasons'] as const) span.drop(field)
    if (span.kind === 'tool')
      span.give('tool_name', span.text('mlflow.spanFunctionName')?.replaceAll('"', ''), 'mlflow.spanFunctionName')
    if (span.kind === 'tool') span.give('tool_name', span.spanName, 'span name')
  },
})
