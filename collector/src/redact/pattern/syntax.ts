// The text of an operator's pattern -> a tree, or what is wrong with it. A part of the usual regular expressions: what a finite automaton can do.

export type Node =
  | { kind: 'bytes'; set: Uint8Array }
  | { kind: 'sequence'; parts: readonly Node[] }
  | { kind: 'choice'; parts: readonly Node[] }
  /** most: Infinity = no limit */
  | { kind: 'repeat'; part: Node; least: number; most: number }

export interface PatternSyntax {
  node: Node
  /** `\b` at that end. */
  boundaryBefore: boolean
  boundaryAfter: boolean
}

const MAX_LENGTH = 500
const MAX_REPEAT = 200
const MAX_DEPTH = 20

/** @throws Error whose text says what is not understood */
export function parsePattern(text: string): PatternSyntax {
  if (text.length > MAX_LENGTH) throw new Error(`it is longer than ${MAX_LENGTH} characters`)
  const caseless = text.startsWith('(?i)')
  let body = caseless ? text.slice(4) : text
  const boundaryBefore = body.startsWith('\\b')
  if (boundaryBefore) body = body.slice(2)
  const boundaryAfter = body.endsWith('\\b') && !body.endsWith('\\\\b')
  if (boundaryAfter) body = body.slice(0, -2)
  const node = new PatternParser(body, caseless).parse()
  return { node, boundaryBefore, boundaryAfter }
}

const setOf = (accepts: (c: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, c) => (accepts(c) ? 1 : 0))
const digit = (c: number): boolean => c >= 0x30 && c <= 0x39
const word = (c: number): boolean => digit(c) || ((c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a) || c === 0x5f
const space = (c: number): boolean => c === 0x20 || (c >= 0x09 && c <= 0x0d)

const CLASSES: Readonly<Record<string, (c: number) => boolean>> = {
  d: digit,
  w: word,
  s: space,
  D: (c) => !digit(c),
  W: (c) => !word(c),
  S: (c) => !space(c),
}
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

class PatternParser {
  private readonly text: string
  private readonly caseless: boolean
  private at = 0
  private depth = 0

  constructor(text: string, caseless: boolean) {
    this.text = text
    this.caseless = caseless
  }

  parse(): Node {
    const node = this.choice()
    if (this.at < this.text.length) throw new Error(`"${this.text[this.at]}" has no beginning`)
    if (isEmpty(node)) throw new Error('it matches the empty text')
    return node
  }

  private choice(): Node {
    if (++this.depth > MAX_DEPTH) throw new Error('it is nested too deep')
    const parts = [this.sequence()]
    while (this.accept('|')) parts.push(this.sequence())
    this.depth -= 1
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'choice', parts }
  }

  private sequence(): Node {
    const parts: Node[] = []
    while (this.at < this.text.length && !/[|)]/.test(this.text[this.at] ?? '')) parts.push(this.repeated())
    return { kind: 'sequence', parts }
  }

  private repeated(): Node {
    const part = this.atom()
    const [least, most] = this.quantifier() ?? [1, 1]
    if (/[?*+{]/.test(this.text[this.at] ?? '')) throw new Error('a repetition of a repetition is not understood')
    return least === 1 && most === 1 ? part : { kind: 'repeat', part, least, most }
  }

  private quantifier(): [number, number] | undefined {
    if (this.accept('?')) return [0, 1]
    if (this.accept('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.accept('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.text[this.at] !== '{') return undefined
    const [whole = '', from = '', comma, to] = /^\{(\d{1,3})(,(\d{1,3})?)?\}/.exec(this.text.slice(this.at)) ?? []
    if (whole === '') throw new Error('{ begins a repetition such as {2,5}; write \\{ for the character')
    this.at += whole.length
    const least = Number(from)
    const most = to !== undefined ? Number(to) : comma === undefined ? least : Number.POSITIVE_INFINITY
    if (most < least || least > MAX_REPEAT || (most > MAX_REPEAT && most !== Number.POSITIVE_INFINITY))
      throw new Error(`${whole} is not from 0 to ${MAX_REPEAT}`)
    return [least, most]
  }

  private atom(): Node {
    const c = this.text[this.at] ?? ''
    if (c === '(') return this.group()
    if (c === '[') return this.bracket()
    if (/[?*+{^$]/.test(c)) throw new Error(`"${c}" is not understood here; write \\${c} for the character`)
    if (c === '.') {
      this.at += 1
      return { kind: 'bytes', set: setOf((one) => one !== 0x0a) }
    }
    if (c === '\\') {
      const one = this.escape()
      return typeof one === 'string' ? this.literal(one) : { kind: 'bytes', set: setOf(one) }
    }
    this.at += String.fromCodePoint(this.text.codePointAt(this.at) ?? 0).length
    return this.literal(String.fromCodePoint(this.text.codePointAt(this.at - c.length) ?? 0))
  }

  private group(): Node {
    this.at += 1
    if (this.text[this.at] === '?' && !this.text.startsWith('?:', this.at))
      throw new Error('look-around, names and flags in groups are not understood')
    if (this.text.startsWith('?:', this.at)) this.at += 2
    const node = this.choice()
    if (!this.accept(')')) throw new Error('( has no )')
    return node
  }

  private escape(): string | ((c: number) => boolean) {
    const c = this.text[this.at + 1] ?? ''
    this.at += 2
    if (Object.hasOwn(CLASSES, c)) return CLASSES[c] ?? ''
    if (Object.hasOwn(CONTROLS, c)) return CONTROLS[c] ?? ''
    if (c === 'b') throw new Error('\\b is understood at both ends only')
    if (c === '' || /[A-Za-z0-9]/.test(c)) throw new Error(`\\${c} is not understood`)
    return c
  }

  private bracket(): Node {
    this.at += 1
    const negated = this.accept('^')
    const set = new Uint8Array(256)
    for (let first = true; first || this.text[this.at] !== ']'; first = false) {
      if (this.at >= this.text.length) throw new Error('[ has no ]')
      const from = this.member()
      if (typeof from === 'function') {
        for (let c = 0; c < 256; c++) if (from(c)) set[c] = 1
        continue
      }
      const isRange = this.text[this.at] === '-' && this.text[this.at + 1] !== ']'
      if (isRange) this.at += 1
      const to = isRange ? this.member() : from
      if (typeof to === 'function' || to < from) throw new Error('a range in [ ] goes up from one character to another')
      for (let c = from; c <= to; c++) this.addTo(set, c)
    }
    this.at += 1
    return { kind: 'bytes', set: negated ? set.map((one) => 1 - one) : set }
  }

  private member(): number | ((c: number) => boolean) {
    const one = this.text[this.at] === '\\' ? this.escape() : (this.text[this.at++] ?? '')
    if (typeof one === 'function') return one
    const code = one.charCodeAt(0)
    if (code > 0x7f) throw new Error('letters beyond ASCII are not understood in [ ]')
    return code
  }

  // A letter beyond ASCII is the bytes of its UTF-8 form.
  private literal(one: string): Node {
    const parts = [...Buffer.from(one, 'utf8')].map((c): Node => {
      const set = new Uint8Array(256)
      this.addTo(set, c)
      return { kind: 'bytes', set }
    })
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'sequence', parts }
  }

  private addTo(set: Uint8Array, c: number): void {
    set[c] = 1
    const lower = c | 0x20
    if (this.caseless && lower >= 0x61 && lower <= 0x7a) set[lower] = set[lower & 0xdf] = 1
  }

  private accept(c: string): boolean {
    if (this.text[this.at] !== c) return false
    this.at += 1
    return true
  }
}

function isEmpty(node: Node): boolean {
  switch (node.kind) {
    case 'bytes':
      return false
    case 'sequence':
      return node.parts.every(isEmpty)
    case 'choice':
      return node.parts.some(isEmpty)
    case 'repeat':
      return node.least === 0 || isEmpty(node.part)
    default:
      return node satisfies never
  }
}
