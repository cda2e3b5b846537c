// Logs and spans of one session, as coding agents send them: which of them count.
import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { usageRow } from './usage-row.fixture.ts'
import type { UsageRow } from './usage-row.ts'

/** Rows that count, in order of id. */
const counting = (rows: readonly UsageRow[]): string[] =>
  [...decide(rows)]
    .filter(([, { counts }]) => counts === 1)
    .map(([{ span }]) => span)
    .sort()

describe('a log that shares no id with its span', () => {
  const MS = 1_000
  const at = (startMs: number, endMs: number) => ({ startUs: startMs * MS, endUs: endMs * MS })
  const counts = { inputTokens: 1200, outputTokens: 85 }
  // As Codex has it: another span of the trace names the session.
  const turn = usageRow({ span: 'turn', role: '', hasUsage: false, base: 0, session: 5 })
  const spanAt = (span: string, startMs: number, endMs: number): UsageRow =>
    usageRow({ span, parent: 'turn', ...counts, ...at(startMs, endMs) })
  const logAt = (span: string, ms: number, over: Partial<UsageRow> = {}): UsageRow =>
    usageRow({ span, trace: 'logs', role: 'log', session: 5, ...counts, ...at(ms, ms), ...over })
  const one = spanAt('one', 100_000, 103_000)

  it('does not count beside a span of its session with equal counts', () => {
    expect(counting([turn, one, logAt('log', 103_100)])).toEqual(['one'])
    expect(counting([turn, { ...one, session: 6 }, logAt('log', 103_100)])).toEqual(['log', 'one'])
    expect(counting([turn, one, logAt('log', 103_100, { session: 6 })])).toEqual(['log', 'one'])
    expect(counting([turn, one, logAt('log', 103_100, { outputTokens: 84 })])).toEqual(['log', 'one'])
    expect(counting([turn, one, logAt('log', 103_100, { inputTokens: 1201 })])).toEqual(['log', 'one'])
    expect(counting([turn, one, logAt('log', 103_100, { project: 'lab' })])).toEqual(['log', 'one'])
  })

  it('does not count beside a span of its trace where no session is known', () => {
    const here = { ...turn, session: 0 }
    expect(counting([here, one, logAt('log', 103_100, { session: 0, trace: 't1', parent: 'turn' })])).toEqual(['one'])
    expect(counting([here, one, logAt('log', 103_100, { session: 0 })])).toEqual(['log', 'one'])
  })

  it.each([
    [97_900, 2],
    [98_000, 1],
    [103_000, 1],
    [113_000, 1],
    [113_100, 2],
  ])('is of a span from 100 s to 103 s when it was written at %i ms: %i count', (ms, calls) => {
    expect(counting([turn, one, logAt('log', ms)])).toHaveLength(calls)
  })

  it('is matched one to one, and as many as can be', () => {
    const two = spanAt('two', 103_500, 106_000)
    expect(counting([turn, one, two, logAt('log1', 103_100), logAt('log2', 106_100)])).toEqual(['one', 'two'])
    // The later of the logs is near to both spans, the earlier only to the first.
    expect(counting([turn, one, two, logAt('log1', 101_000), logAt('log2', 103_100)])).toEqual(['one', 'two'])
    expect(counting([turn, one, logAt('log1', 103_100), logAt('log2', 103_200)])).toHaveLength(2)
    expect(counting([turn, one, two, logAt('log', 103_100)])).toEqual(['one', 'two'])
  })

  it('leaves a span alone that another log names, and a log that names another span', () => {
    const named = { ...one, response: 7 }
    const logs = [logAt('log1', 103_100, { response: 7, trace: 'l1' }), logAt('log2', 103_100, { trace: 'l2' })]
    expect(counting([turn, named, ...logs])).toEqual(['log2', 'one'])
  })

  it('speaks for its span where that leaves out the thoughts that the log counts', () => {
    const thinking = logAt('log', 103_100, { outputTokens: 149, reasoningTokens: 64 })
    expect(counting([turn, one, thinking])).toEqual(['log'])
    expect(counting([turn, { ...one, outputTokens: 149, reasoningTokens: 64 }, thinking])).toEqual(['one'])
    expect(counting([turn, { ...one, reasoningTokens: 10 }, thinking])).toEqual(['log', 'one'])
    const inside = { ...thinking, trace: 't1', parent: 'one' }
    expect(counting([turn, one, inside])).toEqual(['log'])
  })

  it('is of its span though each names another id, when all counts are equal', () => {
    const named = { ...one, response: 7 }
    expect(counting([turn, named, logAt('log', 103_100, { response: 8 })])).toEqual(['one'])
    expect(counting([turn, { ...named, outputTokens: 84 }, logAt('log', 103_100, { response: 8 })])).toEqual([
      'log',
      'one',
    ])
  })

  it('without counts is known by its time alone, the nearest first', () => {
    const none = { inputTokens: undefined, outputTokens: undefined, hasUsage: false }
    const two = { ...spanAt('two', 104_000, 104_500), ...none }
    expect(counting([turn, { ...one, ...none }, two, logAt('log', 104_400)])).toEqual(['log', 'one'])
    expect(counting([turn, { ...one, ...none }, logAt('log', 104_100)])).toEqual(['log', 'one'])
  })

  it('counts once when it was stored twice', () => {
    expect(counting([logAt('log', 103_100), logAt('log', 103_100, { batch: 2 })])).toEqual(['log'])
  })
})
