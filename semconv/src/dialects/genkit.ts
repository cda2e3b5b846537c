// Genkit: keys with colons; a model's usage lies inside its output.
import { defineDialect } from '../dialect.ts'
import { parametersUnder } from '../parameters.ts'

/** Plugin in front of a model's name -> provider. */
const PLUGINS: Readonly<Record<string, string>> = {
  googleai: 'gcp.gemini',
  googleAI: 'gcp.gemini',
  'google-genai': 'gcp.gemini',
  vertexai: 'gcp.vertex_ai',
  vertexAI: 'gcp.vertex_ai',
}

export const genkit = defineDialect({
  name: 'genkit',
  source: 'genkit JS 1.42',
  scopes: ['genkit-tracer', 'genkit*'],
  marks: ['genkit:'],
  inputIncludesCache: true,
  keys: [
    { key: 'genkit:input', field: 'input' },
    { key: 'genkit:output', field: 'output' },
    { key: 'genkit:isFailureSource', field: 'failed' },
    { key: 'genkit:metadata:sessionId', field: 'session_id' },
    { key: 'genkit:sessionId', field: 'session_id' },
  ],
  blobs: [
    {
      key: 'genkit:output',
      members: {
        'usage.inputTokens': 'input_tokens',
        'usage.outputTokens': 'output_tokens',
        'usage.totalTokens': 'total_tokens',
        'usage.thoughtsTokens': 'reasoning_tokens',
        'usage.cachedContentTokens': 'cache_read_tokens',
        finishReason: 'finish_reasons',
        'raw.id': 'response_id',
        'raw.responseId': 'response_id',
        'raw.model': 'response_model',
        'raw.modelVersion': 'response_model',
        'custom.id': 'response_id',
        'custom.model': 'response_model',
        'custom.modelVersion': 'response_model',
      },
      rawUsage: ['raw.usage', 'raw.usageMetadata', 'custom.usage', 'custom.usageMetadata'],
    },
    { key: 'genkit:input', members: parametersUnder('config') },
  ],
  kinds: {},
  kindKeys: [
    {
      key: 'genkit:metadata:subtype',
      strength: 'weak',
      kinds: {
        model: 'generation',
        'background-model': 'generation',
        embedder: 'embedding',
        tool: 'tool',
        'tool.v2': 'tool',
        retriever: 'retrieval',
        reranker: 'rerank',
        evaluator: 'evaluator',
        flow: 'chain',
        prompt: 'chain',
        'executable-prompt': 'chain',
        agent: 'agent',
      },
    },
    // helper spans around a model repeat its output and usage
    {
      key: 'genkit:type',
      strength: 'weak',
      kinds: { util: 'wrapper', flowStep: 'chain', dotprompt: 'chain', promptTemplate: 'chain' },
    },
  ],
  refine(span) {
    const name = span.text('genkit:name')
    if (span.kind === 'tool') span.give('tool_name', name, 'genkit:name')
    if (span.kind === 'agent') span.give('agent_name', name, 'genkit:name')
    const isCall = span.kind === 'generation' || span.kind === 'embedding'
    if (!isCall || name === undefined) {
      span.drop('response_id')
      return
    }
    const slash = name.indexOf('/')
    const plugin = name.slice(0, Math.max(slash, 0))
    span.give('request_model', name.slice(slash + 1), 'genkit:name')
    if (plugin !== '') span.give('provider', PLUGINS[plugin] ?? plugin, 'genkit:name')
  },
})
