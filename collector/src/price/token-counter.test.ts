import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadTokenCounter } from './token-counter.ts'

// Optional: a checkout without it has no estimates, and nothing else to miss.
const isInstalled = ((): boolean => {
  try {
    createRequire(import.meta.url).resolve('gpt-tokenizer')
    return true
  } catch {
    return false
  }
})()

describe.skipIf(!isInstalled)('tokens of a text', () => {
  test('are counted as the model counts them', async () => {
    const count = await loadTokenCounter()
    expect(count('')).toBe(0)
    expect(count('hello world')).toBe(2)
    expect(count('The quick brown fox jumps over the lazy dog.')).toBe(10)
    expect(count('<|endoftext|>')).toBeGreaterThan(1)
  })

  test('of a long text are those of its beginning, many times over', async () => {
    const count = await loadTokenCounter()
    const text = 'The quick brown fox jumps over the lazy dog. '
    const times = 10_000
    expect(count(text.repeat(times)) / (10 * times)).toBeCloseTo(1, 1)
  })

  test('are counted in bounded time, whatever the text', async () => {
    const count = await loadTokenCounter()
    const started = performance.now()
    for (const text of ['a'.repeat(5_000_000), ' '.repeat(5_000_000), '\u{1f600}'.repeat(1_000_000)]) {
      expect(count(text)).toBeGreaterThan(0)
    }
    // A whole run of a hundred thousand letters takes half a minute uncut.
    expect(performance.now() - started).toBeLessThan(10_000)
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => count(text) >= 0))
  })
})
