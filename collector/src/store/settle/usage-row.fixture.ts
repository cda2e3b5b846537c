// Test help: rows by hand, and a small world of calls that several instrumentations see in their own ways.
import fc from 'fast-check'
import type { UsageRow } from './usage-row.ts'

export const usageRow = (over: Partial<UsageRow> & { span: string }): UsageRow => ({
  project: 'shop',
  trace: 't1',
  parent: '',
  batch: 1,
  startUs: 1_000,
  endUs: (over.startUs ?? 1_000) + 500,
  role: 'call',
  hasUsage: true,
  knownFields: 2,
  hasCost: false,
  inputTokens: undefined,
  outputTokens: undefined,
  reasoningTokens: undefined,
  response: 0,
  session: 0,
  base: over.role === undefined || over.role === 'call' || over.role === 'log' ? 1 : 0,
  ...over,
})

/** Rows and, for each row that reports the usage of exactly one call, which. */
export interface World {
  calls: number
  rows: UsageRow[]
  callOf: Map<UsageRow, number>
}

interface CallSeen {
  /** Spans of a wrapper library around the call, outermost first; whether each reports usage. */
  wrappers: boolean[]
  hasUsage: boolean
  log: 'none' | 'inside' | 'by_response' | 'by_session'
  elsewhere: boolean
  named: boolean
}

const callSeen = fc
  .record({
    wrappers: fc.array(fc.boolean(), { maxLength: 2 }),
    hasUsage: fc.boolean(),
    log: fc.constantFrom('none' as const, 'inside' as const, 'by_response' as const, 'by_session' as const),
    elsewhere: fc.boolean(),
    named: fc.boolean(),
  })
  // Somebody must know the usage, and only a response id links what is elsewhere.
  .map((call): CallSeen => {
    const named = call.named || call.elsewhere || call.log === 'by_response'
    return { ...call, named, hasUsage: call.hasUsage || (call.log === 'none' && !call.elsewhere) }
  })

interface Step {
  summary: boolean
  calls: CallSeen[]
  steps: Step[]
}

const steps = fc.letrec<{ step: Step }>((tie) => ({
  step: fc.record({
    summary: fc.boolean(),
    calls: fc.array(callSeen, { maxLength: 3 }),
    steps: fc.oneof({ maxDepth: 3 }, fc.constant<Step[]>([]), fc.array(tie('step'), { maxLength: 2 })),
  }),
}))

/** Traces in which every call is seen at least once with its usage, and agents repeat the usage of what is below them. */
export const world: fc.Arbitrary<World> = fc.array(steps.step, { minLength: 1, maxLength: 3 }).map((roots) => {
  const made: World = { calls: 0, rows: [], callOf: new Map() }
  let ids = 0
  const add = (over: Partial<UsageRow>, call?: number): UsageRow => {
    ids += 1
    const row = usageRow({ span: `s${ids}`, startUs: ids, ...over })
    made.rows.push(row)
    if (call !== undefined && row.hasUsage) made.callOf.set(row, call)
    return row
  }
  const addCall = (seen: CallSeen, trace: string, parent: string): void => {
    made.calls += 1
    const call = made.calls
    const response = seen.named ? call : 0
    const session = seen.log === 'by_session' ? 1 : 0
    let above = parent
    for (const hasUsage of seen.wrappers)
      above = add({ trace, parent: above, hasUsage, response, inputTokens: call }, call).span
    const span = add({ trace, parent: above, hasUsage: seen.hasUsage, response, session, inputTokens: call }, call).span
    if (seen.log === 'inside') add({ trace, parent: span, role: 'log' }, call)
    if (seen.log === 'by_response') add({ trace: `log ${call}`, role: 'log', response }, call)
    if (seen.log === 'by_session') add({ trace: `log ${call}`, role: 'log', session: 1, inputTokens: call }, call)
    if (seen.elsewhere) add({ trace: `gateway ${call}`, response }, call)
  }
  const addStep = (step: Step, trace: string, parent: string): boolean => {
    const hasCalls = (it: Step): boolean => it.calls.length > 0 || it.steps.some(hasCalls)
    const hasUsage = step.summary && hasCalls(step)
    const { span } = add({ trace, parent, role: step.summary ? 'summary' : '', hasUsage, base: 0 })
    for (const call of step.calls) addCall(call, trace, span)
    for (const below of step.steps) addStep(below, trace, span)
    return hasUsage
  }
  roots.forEach((root, i) => {
    addStep(root, `t${i}`, '')
  })
  return made
})
