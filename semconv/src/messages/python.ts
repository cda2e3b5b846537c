// Text as Python's repr writes it ({'a': None, 'b': (1, True)}) -> the value, or undefined when it is something else.
import { type Draft, MAX_DEPTH, put } from './values.ts'

/** Linear in the text; objects in angle brackets, sets and names are not read. */
export function parsePython(text: string): unknown {
  const first = text.trimStart()[0]
  if (first !== '{' && first !== '[' && first !== '(') return undefined
  const reader = new Reader(text)
  const value = reader.value(0)
  return value !== FAILED && reader.isAtEnd() ? value : undefined
}

/** No value has this identity. */
const FAILED = Symbol('failed')
const TOKEN = /(?:None|True|False|nan|[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)(?![\w.])/y
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['None', null],
  ['True', true],
  ['False', false],
  ['nan', null],
])
const SPACE = /\s*/y
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['\n', ''],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
])
const CODE_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

class Reader {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  isAtEnd(): boolean {
    this.space()
    return this.at === this.text.length
  }

  value(depth: number): unknown {
    this.space()
    const char = this.text[this.at]
    if (char === '{' || char === '[' || char === '(')
      return depth < MAX_DEPTH ? this.container(char, depth + 1) : FAILED
    return char === "'" || char === '"' ? this.string(char) : this.token()
  }

  private container(open: '{' | '[' | '(', depth: number): unknown {
    this.at++
    const close = open === '{' ? '}' : open === '[' ? ']' : ')'
    const [list, map]: [unknown[], Draft] = [[], {}]
    while (!this.takes(close)) {
      const item = this.value(depth)
      if (item === FAILED) return FAILED
      if (open === '{') {
        const value = this.takes(':') ? this.value(depth) : FAILED
        if (value === FAILED) return FAILED
        put(map, String(item), value)
      } else list.push(item)
      if (!this.takes(',')) return this.takes(close) ? (open === '{' ? map : list) : FAILED
    }
    return open === '{' ? map : list
  }

  private string(quote: string): unknown {
    const pieces: string[] = []
    for (let from = ++this.at; this.at < this.text.length; ) {
      const char = this.text[this.at]
      if (char === quote) {
        pieces.push(this.text.slice(from, this.at++))
        return pieces.join('')
      }
      if (char !== '\\') this.at++
      else {
        pieces.push(this.text.slice(from, this.at), this.escape())
        from = this.at
      }
    }
    return FAILED
  }

  private escape(): string {
    const char = this.text[this.at + 1] ?? ''
    const digits = CODE_DIGITS.get(char)
    const code =
      digits === undefined ? Number.NaN : Number.parseInt(this.text.slice(this.at + 2, this.at + 2 + digits), 16)
    this.at += 2 + (digits !== undefined && code <= 0x10ffff ? digits : 0)
    if (digits !== undefined && code <= 0x10ffff) return String.fromCodePoint(code)
    const plain = ESCAPES.get(char)
    // Other backslashes stand for themselves, but those before a quote or a backslash.
    return plain ?? (char === '\\' || char === "'" || char === '"' ? char : `\\${char}`)
  }

  private token(): unknown {
    TOKEN.lastIndex = this.at
    const word = TOKEN.exec(this.text)?.[0]
    if (word === undefined) return FAILED
    this.at += word.length
    return WORDS.has(word) ? WORDS.get(word) : Number(word)
  }

  private takes(char: string): boolean {
    this.space()
    if (this.text[this.at] !== char) return false
    this.at++
    return true
  }

  private space(): void {
    SPACE.lastIndex = this.at
    this.at += SPACE.exec(this.text)![0].length
  }
}
