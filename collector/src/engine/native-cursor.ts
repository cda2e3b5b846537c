// Native bytes -> their parts, in order. Reading past the end throws: the engine's blocks are whole.

export interface NativeCursor {
  at(): number
  left(): number
  skip(count: number): void
  varint(): number
  /** Lengths and offsets only, so below 2^53. */
  uint64(): number
  text(): string
  /** From an earlier position up to here, without a copy. */
  slice(from: number): Buffer
}

export function createNativeCursor(source: Uint8Array): NativeCursor {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  let position = 0
  const skip = (count: number): void => {
    if (position + count > bytes.length) throw new RangeError('Native block ends early')
    position += count
  }
  const varint = (): number => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      skip(1)
      const byte = bytes[position - 1] ?? 0
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  return {
    at: () => position,
    left: () => bytes.length - position,
    skip,
    varint,
    uint64() {
      skip(8)
      return Number(bytes.readBigUInt64LE(position - 8))
    },
    text() {
      const length = varint()
      skip(length)
      return bytes.toString('utf8', position - length, position)
    },
    slice: (from) => bytes.subarray(from, position),
  }
}
