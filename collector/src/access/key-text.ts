// A kind of key in, a new key's text out; a text that somebody showed in, whether it can be a key of ours out. No look-up.
import { hash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** secret: for servers. public: stands in web pages, so it may only send. operator: of whoever owns the data directory. */
export type KeyKind = 'secret' | 'public' | 'operator'

const TAGS: Record<KeyKind, string> = { secret: 'sec', public: 'pub', operator: 'opr' }
const PREFIX = 'hz_'
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const RANDOM_BYTES = 32
/** 62^43 > 2^256 and 62^6 > 2^32. */
const RANDOM_DIGITS = 43
const CHECK_DIGITS = 6
const SHAPE = new RegExp(`^${PREFIX}(?:${Object.values(TAGS).join('|')})_[0-9A-Za-z]{${RANDOM_DIGITS + CHECK_DIGITS}}$`)
/** `hz_sec_` and six of 43 digits: enough to tell keys apart in a list, nothing to guess the rest from. */
const SHOWN = PREFIX.length + 4 + 6

/** `hz_sec_…`: 256 random bits in base62, then their CRC-32. */
export function createKeyText(kind: KeyKind): string {
  const body = `${PREFIX}${TAGS[kind]}_${base62(BigInt(`0x${randomBytes(RANDOM_BYTES).toString('hex')}`), RANDOM_DIGITS)}`
  return body + checkOf(body)
}

/**
 * whole: made by `createKeyText`, known or not. mistyped: begins like one, but a character is wrong or missing.
 * foreign: any other text, such as a key of the configuration.
 */
export function formOf(text: string): 'whole' | 'mistyped' | 'foreign' {
  if (!text.startsWith(PREFIX)) return 'foreign'
  const body = text.slice(0, -CHECK_DIGITS)
  return SHAPE.test(text) && checkOf(body) === text.slice(-CHECK_DIGITS) ? 'whole' : 'mistyped'
}

/** What may be shown of a key to tell it from others. */
export const shownPart = (text: string): string => text.slice(0, SHOWN)

/** How keys are kept. Not a slow hash: there is nothing to guess in 256 random bits. */
export const digestOf = (text: string): Buffer => hash('sha256', text, 'buffer')

const checkOf = (body: string): string => base62(BigInt(crc32(body)), CHECK_DIGITS)

function base62(value: bigint, digits: number): string {
  let text = ''
  for (let rest = value; text.length < digits; rest /= 62n) text = DIGITS[Number(rest % 62n)] + text
  return text
}
