// Test help: protobuf framing by hand, and random damage to bytes.
import fc from 'fast-check'

/** One length-delimited field: tag, length, bytes. */
export function lengthDelimited(field: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body])
}

export function varint(value: number | bigint): Buffer {
  const bytes: number[] = []
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)])
    bytes.push(Number(rest & 127n) | 128)
  }
}

export interface Damage {
  kind: 'flip' | 'insert' | 'delete' | 'truncate'
  /** 0 to 1: where in the bytes. */
  place: number
  byte: number
}

export const damages: fc.Arbitrary<Damage[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('flip', 'flip', 'insert', 'delete', 'truncate'),
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    byte: fc.integer({ min: 1, max: 255 }),
  }),
  { minLength: 1, maxLength: 4 },
)

export function damage(bytes: Buffer, list: readonly Damage[]): Buffer {
  return list.reduce((current, { kind, place, byte }) => {
    const at = Math.min(Math.floor(place * current.length), Math.max(0, current.length - 1))
    const [before, after] = [current.subarray(0, at), current.subarray(at)]
    if (kind === 'insert') return Buffer.concat([before, Buffer.of(byte), after])
    if (kind === 'truncate') return Buffer.from(before)
    if (kind === 'delete') return Buffer.concat([before, after.subarray(1)])
    return Buffer.concat([before, Buffer.of((after[0] ?? 0) ^ byte), after.subarray(1)])
  }, bytes)
}
