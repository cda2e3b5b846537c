import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lengthDelimited, varint } from '../testing/mutate.ts'
import { toSource } from './bytes.ts'
import { Cursor, MALFORMED } from './cursor.ts'

const over = (bytes: Uint8Array): Cursor => new Cursor().over(toSource(bytes), 0, bytes.length)
const read = (...bytes: number[]): [lo: number, hi: number, pos: number] => {
  const cursor = over(Buffer.from(bytes))
  cursor.varint()
  return [cursor.lo, cursor.hi, cursor.pos]
}

it.each([
  [[0x00], 0, 0],
  [[0x7f], 127, 0],
  [[0x80, 0x01], 128, 0],
  [[0xff, 0xff, 0xff, 0xff, 0x0f], 0xffffffff, 0],
  [[0x80, 0x80, 0x80, 0x80, 0x10], 0, 1],
  [[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], 0xffffffff, 0x7fffffff],
  [[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], 0xffffffff, 0xffffffff],
])('reads the varint %j as halves %i and %i', (bytes, lo, hi) => {
  expect(read(...bytes, 0x55)).toEqual([lo, hi, bytes.length])
})

it('reads overlong varints, as protobuf allows', () => {
  expect(read(0x80, 0x00)).toEqual([0, 0, 2])
  expect(read(0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00)).toEqual([1, 0, 10])
})

it('refuses a varint of eleven bytes and one that the message cuts off', () => {
  expect(() => read(...Array.from({ length: 10 }, () => 0x80), 0x00)).toThrow(MALFORMED)
  for (let length = 0; length <= 9; length++) {
    expect(() => read(...Array.from({ length }, () => 0x80))).toThrow(MALFORMED)
  }
})

it('reads every 64-bit value as exactly its two halves', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
      expect(read(...varint(value)).slice(0, 2)).toEqual([Number(value & 0xffffffffn), Number(value >> 32n)])
    }),
  )
})

it('passes over fields of every wire type, nested groups too', () => {
  const group = (field: number, ...inside: Buffer[]): Buffer =>
    Buffer.concat([varint(field * 8 + 3), ...inside, varint(field * 8 + 4)])
  const bytes = Buffer.concat([
    Buffer.from([0x08, 0x96, 0x01]),
    Buffer.from([0x11, 1, 2, 3, 4, 5, 6, 7, 8]),
    lengthDelimited(3, Buffer.from('abc')),
    group(4, group(4, Buffer.from([0x08, 0x01])), lengthDelimited(9, Buffer.alloc(3))),
    Buffer.from([0x2d, 1, 2, 3, 4]),
    Buffer.from([0x30, 0x2a]),
  ])
  const cursor = over(bytes)
  const fields: number[] = []
  while (cursor.next()) {
    fields.push(cursor.field)
    cursor.skip()
  }
  expect(fields).toEqual([1, 2, 3, 4, 5, 6])
})

it.each([
  ['an end group without a start', [0x0c]],
  ['a group that another one ends', [0x0b, 0x14]],
  ['a group without an end', [0x0b, 0x08, 0x01]],
  ['field number 0', [0x02, 0x00]],
  ['wire type 6', [0x0e]],
  ['wire type 7', [0x0f]],
  ['a length beyond the message', [0x0a, 0x05, 0x01]],
  ['a length beyond 32 bits', [0x0a, 0x80, 0x80, 0x80, 0x80, 0x10]],
  ['a cut fixed64', [0x09, 1, 2, 3]],
  ['a cut fixed32', [0x0d, 1]],
  ['groups 100 deep', [...Array.from({ length: 100 }, () => 0x0b), ...Array.from({ length: 100 }, () => 0x0c)]],
])('refuses %s', (_, bytes) => {
  const cursor = over(Buffer.from(bytes))
  expect(() => {
    while (cursor.next()) cursor.skip()
  }).toThrow(MALFORMED)
})

it('never reads beyond its slice', () => {
  const bytes = Buffer.from([0x0a, 0x03, 0x61, 0x62, 0x63])
  const cursor = new Cursor().over(toSource(bytes), 0, 4)
  cursor.next()
  expect(() => cursor.length()).toThrow(MALFORMED)
})
