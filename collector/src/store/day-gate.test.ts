import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createDayGate } from './day-gate.ts'

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await Promise.resolve()
}

it('never runs a repair beside anything else of its day, and runs every task once, whatever fails', async () => {
  const task = fc.record({
    day: fc.nat(1),
    alone: fc.boolean(),
    length: fc.nat(5),
    after: fc.nat(5),
    fails: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(task, { maxLength: 30 }), async (tasks) => {
      const gate = createDayGate()
      const running = new Map<number, { shared: number; alone: number }>([
        [0, { shared: 0, alone: 0 }],
        [1, { shared: 0, alone: 0 }],
      ])
      let ran = 0
      const results = await Promise.allSettled(
        tasks.map(async ({ day, alone, length, after, fails }) => {
          await turns(after)
          return await gate[alone ? 'own' : 'share'](day, async () => {
            const now = running.get(day)!
            now[alone ? 'alone' : 'shared'] += 1
            ran += 1
            expect(now.alone === 0 || (now.alone === 1 && now.shared === 0)).toBe(true)
            await turns(length)
            now[alone ? 'alone' : 'shared'] -= 1
            if (fails) throw new Error('planned')
          })
        }),
      )
      expect(ran).toBe(tasks.length)
      expect(results.map(({ status }) => status === 'rejected')).toEqual(tasks.map(({ fails }) => fails))
      expect(gate.repairs()).toBe(tasks.filter(({ alone }) => alone).length)
    }),
  )
})

it('runs inserts of a day beside each other', async () => {
  const gate = createDayGate()
  let release = (): void => {}
  const first = gate.share(1, () => new Promise<void>((resolve) => (release = resolve)))
  await gate.share(1, async () => {})
  release()
  await first
})

it('lets no later insert pass a waiting repair', async () => {
  const gate = createDayGate()
  const order: string[] = []
  const note = (name: string) => async (): Promise<void> => {
    order.push(name)
    await turns(3)
  }
  await Promise.all([gate.share(1, note('insert')), gate.own(1, note('repair')), gate.share(1, note('later insert'))])
  expect(order).toEqual(['insert', 'repair', 'later insert'])
})
