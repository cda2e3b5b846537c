import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestStore, type TestStore } from '../store.fixture.ts'
import { createLeader, leaderOf, type Note } from './leader.ts'
import { NO_MARK } from './state.ts'

const S = 1_000_000
const at = (holder: string, second: number): Note => ({ holder, atUs: second * S })

describe('who leads', () => {
  it('is who noted first, as long as it goes on noting', () => {
    expect(leaderOf([], 100 * S)).toBeUndefined()
    expect(leaderOf([at('b', 50), at('a', 51)], 52 * S)).toBe('b')
    expect(leaderOf([at('b', 50), at('a', 51), at('b', 60), at('b', 70)], 80 * S)).toBe('b')
    // b is gone, a has come.
    expect(leaderOf([at('b', 50), at('a', 90)], 91 * S)).toBe('a')
    expect(leaderOf([at('b', 50)], 91 * S)).toBeUndefined()
  })

  it('is nobody once the leader went', () => {
    expect(leaderOf([at('b', 50), at('', 51)], 52 * S)).toBeUndefined()
    expect(leaderOf([at('b', 50), at('', 51), at('c', 52), at('b', 53)], 54 * S)).toBe('c')
  })

  it('is one for everybody, in whatever order the notes are read', () => {
    const note = fc.record({ holder: fc.constantFrom('a', 'b', 'c', ''), atUs: fc.integer({ min: 0, max: 60 * S }) })
    const notes = fc.uniqueArray(note, { selector: ({ atUs }) => atUs, maxLength: 20 })
    fc.assert(
      fc.property(notes, (its) => {
        expect(leaderOf(its.toReversed(), 60 * S)).toBe(leaderOf(its, 60 * S))
      }),
    )
  })
})

describe('collectors on one ClickHouse', () => {
  let test: TestStore
  beforeAll(async () => {
    test = await startTestStore()
  })
  afterAll(() => test.stop())

  it('have one settler, and another when it goes', async () => {
    let nowMs = 0
    const store = { ...test.store, clock: { ...test.store.clock, monotonicMs: () => nowMs } }
    const leaders = Array.from({ length: 3 }, () =>
      createLeader(store, () => new Promise((done) => setTimeout(done, 300))),
    )
    const ask = async (): Promise<boolean[]> => {
      nowMs += 11_000
      return await Promise.all(leaders.map((it) => it.leads(NO_MARK)))
    }
    const first = await ask()
    expect(first.filter(Boolean)).toHaveLength(1)
    expect(await ask()).toEqual(first)
    const gone = leaders.splice(first.indexOf(true), 1)
    expect(await ask()).toEqual([false, false])
    await gone[0]?.resign(NO_MARK)
    expect((await ask()).filter(Boolean)).toHaveLength(1)
  })
})
