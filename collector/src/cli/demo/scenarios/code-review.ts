// A review bot with a long handbook that stays in the prompt cache for an hour: the first call of the day writes it, the rest read it.
import { SpanKind } from '@opentelemetry/api'
import { HANDBOOK, REVIEWS } from '../content/reviews.ts'
import { maybeFail } from '../failures.ts'
import { assistantSays, userSays } from '../messages.ts'
import { callModel } from '../model-call.ts'
import { MODELS } from '../models.ts'
import type { Scenario } from '../scenario.ts'

/** The handbook with the repository's map and style examples. */
const HANDBOOK_TOKENS = 11_400

export const codeReview: Scenario = {
  service: 'code-review-bot',
  version: '2.2.0',
  scope: 'code-review-bot',
  weight: 8,
  run({ random, trace }) {
    const review = random.pick(REVIEWS)
    const number = random.int(1200, 4800)
    const attributes = {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'reviewer',
      'vcs.change.id': `${number}`,
      'vcs.change.title': review.title,
    }
    trace('invoke_agent reviewer', { kind: SpanKind.INTERNAL, attributes }, (agent) => {
      agent.wait(random.around(250))
      const writes = random.chance(0.15)
      const failure = maybeFail(random, 0.03)
      callModel(agent, random, {
        model: MODELS.sonnet,
        system: HANDBOOK,
        history: [userSays(`Pull request #${number}: ${review.title}\n\n\`\`\`diff\n${review.diff}\n\`\`\``)],
        reply: assistantSays(review.remark),
        maxTokens: 4096,
        failure,
        cache: {
          readTokens: writes ? 0 : HANDBOOK_TOKENS,
          writeTokens: writes ? HANDBOOK_TOKENS : 0,
          ttl: '1h',
        },
      })
      if (failure) agent.fail(failure)
    })
  },
}
