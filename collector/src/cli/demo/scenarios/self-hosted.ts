// Tickets sorted by a model on the company's own machines: no provider publishes its price.
import { SpanKind } from '@opentelemetry/api'
import { SUPPORT_CASES } from '../content/support.ts'
import { assistantSays, userSays } from '../messages.ts'
import { callModel } from '../model-call.ts'
import { MODELS } from '../models.ts'
import type { Scenario } from '../scenario.ts'

const SYSTEM = 'Sort the ticket. Answer with JSON: {"team": "orders" | "returns" | "stock", "urgent": boolean}.'

const TEAMS = {
  get_order: 'orders',
  create_return: 'returns',
  search_returns_policy: 'returns',
  check_stock: 'stock',
} as const

export const selfHosted: Scenario = {
  service: 'ticket-triage',
  version: '1.0.7',
  scope: 'ticket-triage',
  weight: 6,
  run({ random, trace }) {
    const ticket = random.pick(SUPPORT_CASES)
    const question = ticket.question
      .replaceAll('{order}', `FF-${random.int(10_000, 99_999)}`)
      .replaceAll('{product}', 'tent')
    trace('triage ticket', { kind: SpanKind.CONSUMER }, (root) => {
      root.wait(random.around(15))
      callModel(root, random, {
        model: MODELS.selfHosted,
        system: SYSTEM,
        history: [userSays(question)],
        reply: assistantSays(JSON.stringify({ team: TEAMS[ticket.tool], urgent: random.chance(0.2) })),
        temperature: 0,
        maxTokens: 64,
      })
    })
  },
}
