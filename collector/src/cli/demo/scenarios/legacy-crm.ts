// An old app whose instrumentation still sends the names of 2024, which the collector reads all the same.
import { type Attributes, SpanKind } from '@opentelemetry/api'
import { EXCHANGES } from '../content/conversations.ts'
import { MODELS } from '../models.ts'
import type { Scenario } from '../scenario.ts'
import { countTokens } from '../tokens.ts'

const SYSTEM = 'You draft short replies for sales people.'

export const legacyCrm: Scenario = {
  service: 'legacy-crm',
  version: '2019.4',
  scope: 'opentelemetry.instrumentation.openai.v1',
  weight: 5,
  run({ random, trace }) {
    const { ask, reply } = random.pick(EXCHANGES)
    const model = MODELS.gpt4oMini
    const attributes: Attributes = {
      'llm.request.type': 'chat',
      'gen_ai.system': 'OpenAI',
      'gen_ai.request.model': model.request,
      'gen_ai.prompt.0.role': 'system',
      'gen_ai.prompt.0.content': SYSTEM,
      'gen_ai.prompt.1.role': 'user',
      'gen_ai.prompt.1.content': ask,
    }
    trace('openai.chat', { kind: SpanKind.CLIENT, attributes }, (step) => {
      step.wait(random.around(model.firstChunkMs) + (countTokens(reply) / model.tokensPerSecond) * 1000)
      const promptTokens = countTokens(SYSTEM + ask) + 12
      step.set({
        'gen_ai.response.model': model.response,
        'gen_ai.response.id': `${model.idPrefix}${step.uniqueId}`,
        'gen_ai.completion.0.role': 'assistant',
        'gen_ai.completion.0.content': reply,
        'gen_ai.completion.0.finish_reason': 'stop',
        'gen_ai.usage.prompt_tokens': promptTokens,
        'gen_ai.usage.completion_tokens': countTokens(reply),
        'llm.usage.total_tokens': promptTokens + countTokens(reply),
      })
    })
  },
}
