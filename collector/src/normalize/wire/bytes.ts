// Byte primitives of the hot path: hashing, copying and comparing slices without making an object.

/** A Buffer with the DataView over the same memory; made once per request. */
export interface Source {
  readonly bytes: Buffer
  readonly view: DataView
}

export function toSource(bytes: Uint8Array): Source {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { bytes: buffer, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) }
}

/** Below this a byte loop beats the fixed cost of a native copy (measured: bench/copy). */
const NATIVE_COPY_FROM = 28

export function copySlice(source: Buffer, start: number, end: number, target: Buffer, at: number): void {
  if (end - start >= NATIVE_COPY_FROM) {
    source.copy(target, at, start, end)
    return
  }
  for (let i = start, o = at; i < end; i++, o++) target[o] = source[i]!
}

/** A protobuf length of up to three bytes at `pos`, as size * 4 + how many bytes it takes; -1 when it takes more. Bounds are the caller's. */
export function shortLength(bytes: Buffer, pos: number): number {
  const first = bytes[pos]!
  if (first < 0x80) return (first << 2) | 1
  const second = bytes[pos + 1]!
  if (second < 0x80) return (((first & 0x7f) | (second << 7)) << 2) | 2
  const third = bytes[pos + 2]!
  return third < 0x80 ? (((first & 0x7f) | ((second & 0x7f) << 7) | (third << 14)) << 2) | 3 : -1
}

/** Signed 32-bit hash of a slice (V8 keeps such a number without a box), four bytes a step. Collisions are resolved by comparing bytes, never trusted. */
export function hashSlice(source: Source, start: number, end: number): number {
  const { bytes, view } = source
  let h = end - start
  let i = start
  for (; i + 4 <= end; i += 4) {
    h = Math.imul(h ^ view.getUint32(i, true), 0x9e3779b1)
    h ^= h >>> 15
  }
  for (; i < end; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193)
  h ^= h >>> 13
  return Math.imul(h, 0x85ebca6b)
}

/** Whether a[aStart .. aEnd] equals as many bytes at b[bStart]; four bytes a step. */
export function equalSlices(a: Source, aStart: number, aEnd: number, b: Source, bStart: number): boolean {
  let i = aStart
  let j = bStart
  if (aEnd - aStart < 4) {
    for (; i < aEnd; i++, j++) if (a.bytes[i] !== b.bytes[j]) return false
    return true
  }
  const last = aEnd - 4
  for (; i < last; i += 4, j += 4) if (a.view.getInt32(i, true) !== b.view.getInt32(j, true)) return false
  // The last four bytes, some of them for the second time.
  return a.view.getInt32(last, true) === b.view.getInt32(bStart + last - aStart, true)
}

/** The same within one source. A function of its own: one that many kinds of sources go through is slower for all of them. */
export function equalWithin({ bytes, view }: Source, start: number, end: number, other: number): boolean {
  let i = start
  let j = other
  if (end - start < 4) {
    for (; i < end; i++, j++) if (bytes[i] !== bytes[j]) return false
    return true
  }
  const last = end - 4
  for (; i < last; i += 4, j += 4) if (view.getInt32(i, true) !== view.getInt32(j, true)) return false
  return view.getInt32(last, true) === view.getInt32(other + last - start, true)
}

/** Whether every byte of the slice is ASCII; sixteen bytes a step. */
export function isAsciiSlice(source: Source, start: number, end: number): boolean {
  const { bytes, view } = source
  let seen = 0
  let i = start
  for (; i + 16 <= end; i += 16) {
    seen |=
      view.getInt32(i, true) | view.getInt32(i + 4, true) | view.getInt32(i + 8, true) | view.getInt32(i + 12, true)
  }
  for (; i < end; i++) seen |= bytes[i]!
  return (seen & 0x80808080) === 0
}
