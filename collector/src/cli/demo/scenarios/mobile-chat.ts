// A few streamed turns with a general assistant, each turn a call with the whole conversation so far.
import { SpanKind } from '@opentelemetry/api'
import { ASSISTANT_SYSTEM, EXCHANGES } from '../content/conversations.ts'
import { maybeFail } from '../failures.ts'
import { assistantSays, type Message, userSays } from '../messages.ts'
import { callModel } from '../model-call.ts'
import { MODELS } from '../models.ts'
import type { Scenario } from '../scenario.ts'

const CHOICES = [MODELS.geminiFlash, MODELS.geminiFlash, MODELS.gpt4oMini, MODELS.haikuOnBedrock, MODELS.sonnet]

export const mobileChat: Scenario = {
  service: 'mobile-assistant',
  version: '5.0.3',
  scope: 'mobile-assistant',
  weight: 24,
  run({ random, trace }) {
    const model = random.pick(CHOICES)
    const turns = random.int(1, 3)
    trace('chat turn', { kind: SpanKind.INTERNAL }, (root) => {
      const history: Message[] = []
      for (let turn = 0; turn < turns; turn += 1) {
        const { ask, reply } = random.pick(EXCHANGES)
        history.push(userSays(ask))
        const answer = assistantSays(reply)
        const cutShort = random.chance(0.03)
        const failure = maybeFail(random, 0.03)
        callModel(root, random, {
          model,
          system: ASSISTANT_SYSTEM,
          history: [...history],
          reply: cutShort ? assistantSays(reply.slice(0, 40)) : answer,
          stream: true,
          temperature: 0.8,
          failure,
          ...(cutShort ? { finishReason: 'length' } : {}),
        })
        if (failure) return root.fail(failure)
        history.push(answer)
        // The time in which a person reads and types.
        if (turn < turns - 1) root.wait(random.around(6000))
      }
    })
  },
}
