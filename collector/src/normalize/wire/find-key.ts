// A key by name in a list of attributes -> its place. For the few records that are asked so; the walker knows keys by their slots.
import type { Attributes } from './attributes.ts'
import type { Source } from './bytes.ts'

/** Number of the last attribute with this key, or -1. */
export function findKey(list: Attributes, { bytes }: Source, key: string): number {
  const length = Buffer.byteLength(key)
  for (let i = list.count - 1; i >= 0; i--) {
    const start = list.keyStart[i]!
    if (list.keyEnd[i]! - start === length && bytes.toString('utf8', start, start + length) === key) return i
  }
  return -1
}
