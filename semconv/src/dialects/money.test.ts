import { expect, test } from 'vitest'
import { DIALECTS } from './all.ts'

test('what is not US dollars is never read as a cost', () => {
  const keys = DIALECTS.flatMap((dialect) => dialect.keys).filter(({ field }) => field.startsWith('reported_'))
  expect(keys.length).toBeGreaterThan(10)
  // Premium requests, credits and units of a plan.
  expect(keys.map(({ key }) => key).filter((key) => /copilot|credit|unit|premium/.test(key))).toEqual([])
})
