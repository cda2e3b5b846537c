// insights.yaml in; one text (or list, or map of texts) per setting out, each with the line and column it came from.
import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import { findKey, isGroup, namesBelow } from './keys.ts'
import { type Problem, shown } from './problem.ts'
import { substitute } from './substitute.ts'
import { nearest } from './suggest.ts'

/** The process environment, passed in so that tests bring their own. */
export type Env = Readonly<Record<string, string | undefined>>

/** A setting as it was written. */
export interface Given {
  readonly value: unknown
  readonly where: string
}

export interface ConfigFile {
  /** Directory that relative paths in the file start from. */
  readonly dir: string
  readonly given: ReadonlyMap<string, Given>
  readonly problems: readonly Problem[]
}

const DEFAULT_FILE = 'insights.yaml'
const MAX_FILE_BYTES = 2 ** 20

/** @param name as the user gave it; undefined looks for `insights.yaml` in `cwd`, and finding none is fine. */
export function readConfigFile(name: string | undefined, cwd: string, env: Env): ConfigFile {
  const file = resolve(cwd, name ?? DEFAULT_FILE)
  const result = { dir: dirname(file), given: new Map<string, Given>(), problems: [] as Problem[] }
  const text = readText(file, result.problems, name === undefined)
  if (text !== undefined) new Reader(basename(file), env, result).read(text)
  return result
}

function readText(file: string, problems: Problem[], optional: boolean): string | undefined {
  try {
    if (optional && statSync(file, { throwIfNoEntry: false }) === undefined) return undefined
    if (statSync(file).size <= MAX_FILE_BYTES) return readFileSync(file, 'utf8')
    problems.push({ where: file, message: `cannot read the file: larger than ${MAX_FILE_BYTES} bytes` })
  } catch (error) {
    problems.push({ where: file, message: `cannot read the file: ${error instanceof Error ? error.message : error}` })
  }
  return undefined
}

class Reader {
  readonly #file: string
  readonly #env: Env
  readonly #given: Map<string, Given>
  readonly #problems: Problem[]
  readonly #lines = new LineCounter()

  constructor(file: string, env: Env, into: { given: Map<string, Given>; problems: Problem[] }) {
    this.#file = file
    this.#env = env
    this.#given = into.given
    this.#problems = into.problems
  }

  read(text: string): void {
    // The failsafe schema keeps every scalar a text: a password 0123 stays 0123, and all sources parse alike.
    const document = parseDocument(text, { schema: 'failsafe', lineCounter: this.#lines, prettyErrors: false })
    // The parser's own message quotes the text around the error, which may be a key: its code says enough.
    for (const { pos, code } of document.errors) {
      this.#problem(pos[0], `not valid YAML: ${code.toLowerCase().replaceAll('_', ' ')}`)
    }
    if (document.errors.length > 0) return
    const root: Node | null = document.contents
    if (isMap(root)) this.#readMap(root.items, '')
    else if (!isEmpty(root)) this.#problem(root?.range?.[0] ?? 0, 'expected a map of settings')
  }

  #readMap(items: readonly Pair[], prefix: string): void {
    for (const { key, value } of items) {
      const name = isScalar(key) ? String(key.value) : '?'
      const path = prefix + name
      const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0
      if (isEmpty(value)) {
        if (!findKey(path) && !isGroup(path)) this.#unknown(offset, prefix, name)
      } else if (isGroup(path)) {
        if (isMap(value)) this.#readMap(value.items, `${path}.`)
        else this.#problem(offset, `${path}: expected a map of ${namesBelow(path).join(', ')}`)
      } else if (findKey(path)) {
        this.#given.set(path, { value: this.#plain(value, path, offset), where: this.#where(offset) })
      } else {
        this.#unknown(offset, prefix, name)
      }
    }
  }

  // Four levels are all that any setting has; deeper nodes become undefined, which no kind accepts.
  #plain(node: unknown, path: string, offset: number, depth = 0): unknown {
    if (isScalar(node)) return this.#text(String(node.value), path, node.range?.[0] ?? offset)
    if (isAlias(node)) this.#problem(offset, `${path}: aliases are not supported, write the value out`)
    if (depth > 3) return undefined
    if (isSeq(node)) return node.items.map((item) => this.#plain(item, path, offset, depth + 1))
    if (!isMap(node)) return undefined
    return Object.fromEntries(
      node.items.map(({ key, value }) => {
        const name = isScalar(key) ? String(key.value) : ''
        // The validator skips this name without a word.
        if (name === '__proto__') this.#problem(offset, `${path}: ${shown(name)} is not a name`)
        return [name, this.#plain(value, path, offset, depth + 1)]
      }),
    )
  }

  #text(text: string, path: string, offset: number): string {
    const result = substitute(text, this.#env)
    for (const message of result.problems) this.#problem(offset, `${path}: ${message}`)
    return result.text
  }

  #unknown(offset: number, prefix: string, name: string): void {
    const suggestion = nearest(name, namesBelow(prefix.slice(0, -1)))
    const hint = suggestion === undefined ? '' : `, did you mean ${prefix}${suggestion}?`
    this.#problem(offset, `unknown key ${shown(prefix + name)}${hint}`)
  }

  #problem(offset: number, message: string): void {
    this.#problems.push({ where: this.#where(offset), message })
  }

  #where(offset: number): string {
    const { line, col } = this.#lines.linePos(offset)
    return `${this.#file}:${line}:${col}`
  }
}

// `clickhouse:` with everything below it commented out is common, and means nothing was set.
function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && (node.value === '' || node.value === null))
}
