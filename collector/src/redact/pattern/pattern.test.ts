import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern } from './pattern.ts'

function matches(source: string, text: string): string[] {
  const bytes = Buffer.from(text)
  const found: string[] = []
  compilePattern(source).find(bytes, (start, end) => found.push(bytes.toString('utf8', start, end)))
  return found
}

describe('a pattern', () => {
  it.each([
    ['ORD-\\d{4,8}', 'ORD-12 ORD-1234 ORD-123456789', ['ORD-1234', 'ORD-12345678']],
    ['\\bORD-\\d{4,8}\\b', 'XORD-1234 ORD-1234 ORD-123456789', ['ORD-1234']],
    ['(?i)patient (?:id|no)\\.?:? ?[a-z0-9]+', 'Patient ID: ab12, PATIENT no 7', ['Patient ID: ab12', 'PATIENT no 7']],
    ['a|ab|abc', 'abcd', ['abc']],
    ['[^ ]+@intra', 'me@intra you@extra', ['me@intra']],
    ['Müller|李', 'Frau Müller und 李', ['Müller', '李']],
    ['x.z', 'xyz x\nz', ['xyz']],
    ['\\{[\\]a-]\\}', '{]} {-} {b}', ['{]}', '{-}']],
    ['(?:ab){2}', 'ababab', ['abab']],
  ])('%s finds what it means', (source, text, found) => {
    expect(matches(source, text)).toEqual(found)
  })

  it.each([
    'a**',
    '(a',
    'a)',
    '[a',
    'a{3,1}',
    'a{,3}',
    'a{999}',
    '^a',
    'a$',
    '(?=a)',
    '(?<n>a)',
    '\\1',
    'a*',
    'a|',
    '(?:)',
    '\\p{L}',
    '[é]',
    '[z-a]',
    '*',
    'a{200}{2}',
    `${'('.repeat(30)}a${')'.repeat(30)}`,
    `(?:${'a{200}'.repeat(6)})`,
  ])('%s is refused at the start', (source) => {
    expect(() => compilePattern(source)).toThrow(/./)
  })

  // Patterns for which the longest and the first alternative are the same, so that the engine of JavaScript is a judge.
  it('finds what the engine of JavaScript finds', () => {
    const atom = fc.constantFrom('a', 'b', '[ab]', 'c', '\\d', '[^a]', '(?:ab|ba)', '(?:a|b)')
    const source = fc
      .array(fc.tuple(atom, fc.constantFrom('', '', '?', '+', '*', '{2}', '{1,2}')), { minLength: 1, maxLength: 3 })
      .map((parts) => `${parts.map(([one, times]) => one + times).join('')}c`)
    fc.assert(
      fc.property(
        source,
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' '), maxLength: 20 }),
        (pattern, text) => {
          // Every alternative at one place that ends in c: the longest of all, as leftmost-longest wants it.
          const longest: string[] = []
          for (let i = 0; i < text.length; ) {
            let best = 0
            for (let end = text.length; end > i; end--)
              if (new RegExp(`^(?:${pattern})$`, 's').test(text.slice(i, end))) {
                best = end
                break
              }
            if (best > 0) longest.push(text.slice(i, best))
            i = Math.max(best, i + 1)
          }
          expect(matches(pattern, text)).toEqual(longest)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('takes time in proportion to the text where a backtracking engine would not end', () => {
    const text = 'a'.repeat(300_000)
    const began = performance.now()
    expect(matches('(?:a+)+(?:a+)+b', text)).toEqual([])
    expect(matches('(?:a|aa)+c', text)).toEqual([])
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})
