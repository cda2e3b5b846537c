// Keys of clouds and of model providers, found by what they begin with; private keys; JSON web tokens.
import { byteSet, bytesOf, isAlnum, isDigit } from './bytes.ts'

interface Prefix {
  text: Uint8Array
  /** Place in `text` of the byte that is looked for. */
  trigger: number
  body: Uint8Array
  least: number
  /** Words apart by hyphens are no key. */
  needsDigit: boolean
}

const WORD = 'A-Za-z0-9'
const URL_SAFE = 'A-Za-z0-9_-'

/** Beginning, what follows, how much of it at least. */
const PREFIXES: readonly (readonly [string, string, number])[] = [
  ['sk-', URL_SAFE, 20],
  ['sk_live_', WORD, 16],
  ['sk_test_', WORD, 16],
  ['rk_live_', WORD, 16],
  ['rk_test_', WORD, 16],
  ['pk_live_', WORD, 16],
  ['whsec_', 'A-Za-z0-9+/=', 20],
  ['AKIA', 'A-Z0-9', 16],
  ['ASIA', 'A-Z0-9', 16],
  ['AIza', URL_SAFE, 35],
  ['GOCSPX-', URL_SAFE, 20],
  ['ya29.', URL_SAFE, 20],
  ['ghp_', WORD, 36],
  ['gho_', WORD, 36],
  ['ghu_', WORD, 36],
  ['ghs_', WORD, 36],
  ['ghr_', WORD, 36],
  ['github_pat_', 'A-Za-z0-9_', 36],
  ['glpat-', URL_SAFE, 20],
  ['xoxa-', 'A-Za-z0-9-', 20],
  ['xoxb-', 'A-Za-z0-9-', 20],
  ['xoxp-', 'A-Za-z0-9-', 20],
  ['xoxr-', 'A-Za-z0-9-', 20],
  ['xoxs-', 'A-Za-z0-9-', 20],
  ['xapp-', 'A-Za-z0-9-', 20],
  ['hf_', WORD, 30],
  ['gsk_', WORD, 40],
  ['xai-', WORD, 40],
  ['r8_', WORD, 30],
  ['pplx-', WORD, 40],
  ['fw_', WORD, 20],
  ['csk-', WORD, 30],
  ['nvapi-', URL_SAFE, 40],
  ['tvly-', URL_SAFE, 20],
  ['pk-lf-', 'a-f0-9-', 30],
  ['pcsk_', 'A-Za-z0-9_', 40],
  ['jina_', WORD, 40],
  ['lsv2_', 'A-Za-z0-9_', 30],
  ['phc_', WORD, 40],
  ['phx_', WORD, 40],
  ['npm_', WORD, 36],
  ['pypi-', URL_SAFE, 50],
  ['dop_v1_', 'a-f0-9', 60],
  ['hz_sec_', WORD, 40],
  ['hz_opr_', WORD, 40],
  ['shpat_', 'a-fA-F0-9', 32],
  ['sbp_', 'a-f0-9', 40],
  ['ntn_', WORD, 40],
  ['lin_api_', WORD, 40],
  ['sntrys_', 'A-Za-z0-9+/=_', 40],
  ['SG.', 'A-Za-z0-9_.-', 50],
  ['EAAC', WORD, 60],
]

const RARE = /[^a-z]|[zqxjkv]/

const known: readonly Prefix[] = PREFIXES.map(([text, body, least]) => {
  const last = text.length - 1
  // The last byte that is no common letter: fewer looks at places that are nothing.
  let trigger = last
  while (trigger > 0 && !RARE.test(text[trigger] ?? '')) trigger--
  return { text: bytesOf(text), trigger, body: byteSet(body), least, needsDigit: text === 'sk-' }
})

const byTrigger = new Map<number, Prefix[]>()
for (const prefix of known) {
  const c = prefix.text[prefix.trigger] ?? 0
  byTrigger.set(c, [...(byTrigger.get(c) ?? []), prefix])
}

/** Bytes at which `secretAt` is worth asking. */
export const SECRET_TRIGGERS: readonly number[] = [...byTrigger.keys()]

export interface Place {
  start: number
  end: number
}

/** So much of what follows decides; else a text of nothing but beginnings would be read again for each. */
const DECIDING = 128

/** The key whose telling byte stands at `at`. */
export function secretAt(text: Uint8Array, at: number, length: number): Place | undefined {
  for (const prefix of byTrigger.get(text[at] ?? 0) ?? []) {
    const start = at - prefix.trigger
    if (start < 0 || !startsWith(text, start, prefix.text) || isAlnum(text[start - 1])) continue
    const bodyStart = start + prefix.text.length
    let end = bodyStart
    let digits = false
    const decided = Math.min(length, bodyStart + DECIDING)
    while (end < decided && prefix.body[text[end] ?? 0]) digits = isDigit(text[end++]) || digits
    if (end - bodyStart < prefix.least || (prefix.needsDigit && !digits)) continue
    while (end < length && prefix.body[text[end] ?? 0]) end++
    return { start, end }
  }
  return text[at] === 0x2d ? privateKeyAt(text, at, length) : undefined
}

const BEGIN = bytesOf('-----BEGIN ')
const END = bytesOf('-----END ')
const PRIVATE = bytesOf('PRIVATE KEY')
const MAX_LABEL = 40
const MAX_KEY = 16_384

// From the first hyphen to the last; without an end, as far as a key may go.
function privateKeyAt(text: Uint8Array, at: number, length: number): Place | undefined {
  if (text[at - 1] === 0x2d || !startsWith(text, at, BEGIN)) return undefined
  const label = find(text, PRIVATE, at, Math.min(length, at + MAX_LABEL))
  if (label < 0) return undefined
  const limit = Math.min(length, at + MAX_KEY)
  const stop = find(text, END, label, limit)
  if (stop < 0) return { start: at, end: limit }
  let end = stop + END.length
  while (end < limit && text[end] !== 0x2d) end++
  while (end < limit && text[end] === 0x2d) end++
  return { start: at, end }
}

const TOKEN = byteSet(URL_SAFE)
const MIN_PART = 8

/** `eyJ….eyJ….…`, by its `J`. */
export function tokenAt(text: Uint8Array, at: number, length: number): Place | undefined {
  const start = at - 2
  if (start < 0 || text[start] !== 0x65 || text[start + 1] !== 0x79 || TOKEN[text[start - 1] ?? 0x20]) return undefined
  let end = at
  for (let part = 0; part < 2; part++) {
    const from = end
    while (end < length && TOKEN[text[end] ?? 0]) end++
    if (end - from < MIN_PART || text[end] !== 0x2e) return undefined
    end += 1
  }
  while (end < length && TOKEN[text[end] ?? 0]) end++
  return { start, end }
}

function startsWith(text: Uint8Array, at: number, what: Uint8Array): boolean {
  for (let i = 0; i < what.length; i++) if (text[at + i] !== what[i]) return false
  return true
}

function find(text: Uint8Array, what: Uint8Array, from: number, to: number): number {
  for (let i = from; i + what.length <= to; i++) if (startsWith(text, i, what)) return i
  return -1
}
