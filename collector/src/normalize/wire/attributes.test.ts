import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lengthDelimited, varint } from '../testing/mutate.ts'
import { Attributes } from './attributes.ts'
import { toSource } from './bytes.ts'
import { KeyTable } from './key-table.ts'

// Few keys, so that lists repeat, reorder and double them; some of the same length, some that differ in their last byte only.
const KEYS = ['', 'a', 'b', 'ab', 'abc', 'key.one', 'key.two', 'key.six', 'gen_ai.usage.input', 'gen_ai.usage.output']
const TABLE = new KeyTable([
  ['a', 0],
  ['key.two', 1],
  ['gen_ai.usage.output', 2],
])

interface Pair {
  key: string
  value: number
  /** Value before key: a form that no SDK writes. */
  swapped: boolean
}
const pair: fc.Arbitrary<Pair> = fc.record({
  key: fc.constantFrom(...KEYS),
  value: fc.nat(100_000),
  swapped: fc.boolean(),
})

function encode({ key, value, swapped }: Pair): Buffer {
  const first = lengthDelimited(1, Buffer.from(key))
  const second = lengthDelimited(2, Buffer.from([0x18]), varint(BigInt(value)))
  return Buffer.concat(swapped ? [second, first] : [first, second])
}

/** A list by plain means: the last value of a key counts, in the place where the key first came. */
const plain = (pairs: readonly Pair[]): [key: string, value: number, slot: number][] =>
  [...new Map(pairs.map(({ key, value }) => [key, value]))].map(([key, value]) => {
    const source = toSource(Buffer.from(key))
    return [key, value, TABLE.lookup(source, 0, source.bytes.length)]
  })

it('reads each list as if it were the only one, whatever the lists before it had', () => {
  const list = new Attributes(1024, TABLE)
  const lists = fc.array(fc.array(pair, { maxLength: 12 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(lists, fc.nat(2), (distinct, repeats) => {
      const all = Array.from({ length: repeats + 1 }, () => distinct).flat()
      const encoded = all.map((pairs) => pairs.map(encode))
      const source = toSource(Buffer.concat(encoded.flat()))
      let at = 0
      all.forEach((pairs, k) => {
        list.clear()
        for (const { length } of encoded[k]!) {
          list.add(source, at, at + length)
          at += length
        }
        const read = Array.from({ length: list.count }, (_, i) => [
          source.bytes.toString('utf8', list.keyStart[i], list.keyEnd[i]),
          list.num[i],
          list.slot[i],
        ])
        expect(read).toEqual(plain(pairs))
      })
    }),
    { numRuns: 1000 },
  )
})

it('does not take the keys of one request for those of the next', () => {
  const list = new Attributes(8, TABLE)
  for (const key of ['key.one', 'key.two', 'key.six']) {
    const source = toSource(encode({ key, value: 1, swapped: false }))
    list.clear()
    list.add(source, 0, source.bytes.length)
    expect([list.count, list.slot[0]]).toEqual([1, key === 'key.two' ? 1 : -1])
  }
})
