// Text in, the same UUID out each time (RFC 9562, version 5). Not by crypto.subtle: a browser has that on secure pages only.

/** Namespace of all ids that this package makes out of names. */
const NAMESPACE = [0x5c, 0x0f, 0x1d, 0x2e, 0x9a, 0x41, 0x4f, 0x6b, 0x8e, 0x27, 0xb3, 0x64, 0x70, 0xd8, 0x15, 0xca]

export function uuidOf(name: string): string {
  const text = new TextEncoder().encode(name)
  const bytes = new Uint8Array(NAMESPACE.length + text.length)
  bytes.set(NAMESPACE)
  bytes.set(text, NAMESPACE.length)
  const hash = sha1(bytes).subarray(0, 16)
  hash[6] = (hash[6]! & 0x0f) | 0x50
  hash[8] = (hash[8]! & 0x3f) | 0x80
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** FIPS 180-4. For names, not for secrets. */
export function sha1(message: Uint8Array): Uint8Array {
  const padded = new Uint8Array((((message.length + 8) >> 6) + 1) * 64)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(message.length / 0x2000_0000))
  view.setUint32(padded.length - 4, message.length << 3)
  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0])
  const words = new Int32Array(80)
  for (let start = 0; start < padded.length; start += 64) {
    for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(start + i * 4)
    for (let i = 16; i < 80; i += 1) {
      words[i] = rotate(words[i - 3]! ^ words[i - 8]! ^ words[i - 14]! ^ words[i - 16]!, 1)
    }
    mix(state, words)
  }
  const out = new DataView(new ArrayBuffer(20))
  for (let i = 0; i < 5; i += 1) out.setInt32(i * 4, state[i]!)
  return new Uint8Array(out.buffer)
}

function mix(state: Int32Array, words: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state
  for (let i = 0; i < 80; i += 1) {
    const next = (rotate(a, 5) + choose(i, { b, c, d }) + e + words[i]!) | 0
    e = d
    d = c
    c = rotate(b, 30)
    b = a
    a = next
  }
  state.set([a + state[0]!, b + state[1]!, c + state[2]!, d + state[3]!, e + state[4]!])
}

function choose(round: number, { b, c, d }: { b: number; c: number; d: number }): number {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
  return (b ^ c ^ d) + 0xca62c1d6
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}
