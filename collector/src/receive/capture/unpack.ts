// The body of the event wire as it was sent in, its JSON out: gzip by header, by query or by its first bytes, base64 in a form.
import type { Lease } from '../budget.ts'
import { type Compression, inflate } from '../inflate.ts'

export type Unpacked = { status: 'ok'; bytes: Uint8Array } | { status: 'too_large' | 'busy' | 'corrupt' }

export interface UnpackOptions {
  /** Of the Content-Encoding header. */
  compression: Compression
  limitBytes: number
  lease: Lease
}

const FORM_START = Buffer.from('data=')
const [GZIP_1, GZIP_2] = [0x1f, 0x8b]
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === GZIP_1 && bytes[1] === GZIP_2

export async function unpack(body: Uint8Array, options: UnpackOptions): Promise<Unpacked> {
  const { limitBytes, lease } = options
  const plain = await inflate(body, body.length === 0 ? 'identity' : options.compression, options)
  if (plain.status !== 'ok') return plain
  const inner = startsAsForm(plain.bytes) ? fromForm(plain.bytes, lease) : plain
  // Browsers compress without saying so in a header, which would cost them a preflight request.
  if (inner.status !== 'ok' || !isGzip(inner.bytes)) return inner
  return inflate(inner.bytes, 'gzip', { limitBytes, lease })
}

const startsAsForm = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(0, FORM_START.length).equals(FORM_START)

/** `data=` base64, or JSON, percent-encoded. */
function fromForm(bytes: Uint8Array, lease: Lease): Unpacked {
  // The text, decoded once, and what it says.
  if (!lease.tryTake(bytes.length * 3)) return { status: 'busy' }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', FORM_START.length)
  const data = text.slice(0, text.indexOf('&') < 0 ? undefined : text.indexOf('&'))
  const value = percentDecoded(data)
  if (value === undefined) return { status: 'corrupt' }
  if (value.startsWith('{') || value.startsWith('[')) return { status: 'ok', bytes: Buffer.from(value) }
  // A plus sign that was not escaped arrives as one: no space is base64.
  const base64 = value.replaceAll(' ', '+')
  if (!BASE64.test(base64)) return { status: 'corrupt' }
  return { status: 'ok', bytes: Buffer.from(base64, 'base64') }
}
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}\s*$/

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
