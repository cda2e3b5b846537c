// Test help: attributes that no client should send, for `interpret` and for a running collector.
import { ENTRIES, PREFIXES, type Value } from '../src/index.ts'

export const HOSTILE_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '.',
  '..',
  '\u0000',
]

/** A value of each type that a key may come with, and texts that look like what they are not. */
export const ODD_VALUES: readonly Value[] = [
  '',
  'none',
  'NaN',
  '{',
  '[',
  '[]',
  '{}',
  'null',
  '"',
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  '[{"role":"__proto__","content":{"__proto__":[]}}]',
  "{'a': None, 'b': [True,",
  'x'.repeat(5000),
  0n,
  -1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -0,
  1e308,
  true,
  false,
  undefined,
  new Uint8Array([0, 255, 1]),
  [],
  ['a', 1n, undefined, [new Map([['__proto__', 'x']])]],
  new Map<string, Value>([
    ['__proto__', 'x'],
    ['constructor', new Map([['prototype', 1n]])],
  ]),
]

/** Every key that a table names, and one below each prefix. */
export const EVERY_KEY: readonly string[] = [
  ...ENTRIES.map(({ key }) => key),
  ...PREFIXES.flatMap(({ prefix }) => [
    `${prefix}0.role`,
    `${prefix}__proto__`,
    `${prefix}4294967296.x.constructor`,
    prefix,
  ]),
]

/** Text nested so deeply that whoever recurses runs out of stack. */
export const deepJson = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
export const deepMessages = (depth: number): string =>
  `[{"role":"user","content":${'{"content":'.repeat(depth)}"x"${'}'.repeat(depth)}}]`

/** JSON in JSON in JSON: each level doubles the backslashes, so there are few. */
export function encodedAgain(text: string, levels: number): string {
  let out = text
  for (let level = 0; level < levels; level++) out = JSON.stringify(out)
  return out
}
