// A text -> the places in it that rules and patterns name. One walk over the bytes; most of them are looked up in a table and passed.
import type { Pattern } from '../pattern/pattern.ts'
import { isAlnum, isDigit } from './bytes.ts'
import { cardEnd } from './card.ts'
import { emailAt } from './email.ts'
import { Hits } from './hits.ts'
import { ibanEnd } from './iban.ts'
import { internationalEnd, nationalEnd } from './phone.ts'
import { SECRET_TRIGGERS, secretAt, tokenAt } from './secrets.ts'

export const RULE_NAMES = ['email', 'phone', 'card', 'iban', 'jwt', 'secret'] as const
export type RuleName = (typeof RULE_NAMES)[number]

const AT = 1
const DIGIT = 2
const OPEN = 4
const SECRET = 8
const TOKEN = 16
/** Behind it may be any of the others. */
const ESCAPE = 32

/** The shortest that any rule names: `a@b.co`. */
const SHORTEST = 6

export class Scanner {
  readonly hits = new Hits()
  private readonly triggers = new Uint8Array(256)
  private readonly patterns: readonly { rule: number; pattern: Pattern }[]
  private readonly phone: number
  private readonly card: number
  private readonly iban: number
  private readonly email: number
  private readonly secret: number
  private readonly jwt: number

  /** @param rules what is looked for, by name; a hit has the index in this list. Own patterns may have any name. */
  constructor(rules: readonly { name: string; pattern?: Pattern }[]) {
    const index = (name: RuleName): number =>
      rules.findIndex((rule) => rule.pattern === undefined && rule.name === name)
    this.phone = index('phone')
    this.card = index('card')
    this.iban = index('iban')
    this.email = index('email')
    this.secret = index('secret')
    this.jwt = index('jwt')
    this.patterns = rules.flatMap(({ pattern }, rule) => (pattern === undefined ? [] : [{ rule, pattern }]))
    if (this.email >= 0) this.trigger('@', AT)
    if (this.phone >= 0) this.trigger('+(', OPEN)
    if (Math.max(this.phone, this.card, this.iban) >= 0) this.trigger('0123456789', DIGIT)
    if (this.jwt >= 0) this.trigger('J', TOKEN)
    if (this.secret >= 0) for (const c of SECRET_TRIGGERS) this.triggers[c] = (this.triggers[c] ?? 0) | SECRET
    if (this.secret >= 0) this.trigger('-', SECRET)
    this.trigger('\\%', ESCAPE)
  }

  private trigger(text: string, bit: number): void {
    for (const c of text) this.triggers[c.charCodeAt(0)] = (this.triggers[c.charCodeAt(0)] ?? 0) | bit
  }

  /** Whether a scan of these bytes could find anything: a look at each of them, without making anything. */
  isWorth(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.patterns.length > 0) return end > start
    if (end - start < SHORTEST) return false
    const { triggers } = this
    for (let i = start; i < end; i++) if (triggers[bytes[i] ?? 0] !== 0) return true
    return false
  }

  /** Fills `hits`. @returns whether there are any */
  scan(text: Uint8Array): boolean {
    const { hits, triggers } = this
    const { length } = text
    hits.clear()
    if (length >= SHORTEST) {
      for (let i = 0; i < length; i++) {
        const bits = triggers[text[i] ?? 0] ?? 0
        if (bits !== 0) i = this.look(text, i, length, bits)
      }
    }
    for (const { rule, pattern } of this.patterns) this.findAll(text, rule, pattern)
    return hits.length > 0
  }

  /** @returns the last byte that need not be looked at again */
  private look(text: Uint8Array, i: number, length: number, bits: number): number {
    const { hits } = this
    if (bits & DIGIT) return this.number(text, i, length)
    if (bits & OPEN) {
      const before = text[i - 1]
      const end = isAlnum(before) ? 0 : text[i] === 0x2b ? internationalEnd(text, i, length) : nationalEnd(text, i)
      if (end > 0) {
        hits.add(i, end, this.phone)
        return end - 1
      }
    }
    if (bits & AT) {
      const place = emailAt(text, i, length)
      if (place) {
        hits.add(place.start, place.end, this.email)
        return place.end - 1
      }
    }
    if (bits & TOKEN) {
      const place = tokenAt(text, i, length)
      if (place) {
        hits.add(place.start, place.end, this.jwt)
        return place.end - 1
      }
    }
    if (bits & SECRET) {
      const place = secretAt(text, i, length)
      if (place) {
        hits.add(place.start, place.end, this.secret)
        return place.end - 1
      }
    }
    return i
  }

  private number(text: Uint8Array, i: number, length: number): number {
    const { hits } = this
    const before = text[i - 1]
    if (this.iban >= 0) {
      const end = ibanEnd(text, i)
      if (end > 0) {
        hits.add(i - 2, end, this.iban)
        return end - 1
      }
    }
    let last = i
    while (isDigit(text[last + 1])) last++
    // Within a word, behind a decimal point or in the middle of digits nothing of the following begins.
    if (isAlnum(before) || (before === 0x2e && isDigit(text[i - 2]))) return last
    const card = this.card >= 0 ? cardEnd(text, i, length) : 0
    if (card > 0) {
      hits.add(i, card, this.card)
      return card - 1
    }
    // A sign or path before it makes it part of a longer id.
    const phone = this.phone >= 0 && !isJoined(before) ? nationalEnd(text, i) : 0
    if (phone === 0) return last
    hits.add(i, phone, this.phone)
    return phone - 1
  }

  private findAll(text: Uint8Array, rule: number, pattern: Pattern): void {
    const found: [number, number, number][] = []
    pattern.find(text, (start, end) => found.push([start, end, rule]))
    if (found.length === 0) return
    const { starts, ends, rules } = this.hits
    const all = [...found, ...starts.map((start, i): [number, number, number] => [start, ends[i] ?? 0, rules[i] ?? 0])]
    this.hits.clear()
    for (const [start, end, named] of all.sort(([a], [b]) => a - b)) this.hits.add(start, end, named)
  }
}

const isJoined = (c: number | undefined): boolean =>
  c === 0x2d || c === 0x2e || c === 0x5f || c === 0x2f || c === 0x3a || c === 0x2b
