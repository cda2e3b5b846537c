// The name of a data type as a user writes it -> the same, spelled as ClickHouse does; anything not in these tables is refused.

const PLAIN: ReadonlySet<string> = new Set(
  `String Bool UUID IPv4 IPv6 Date Date32 DateTime Int8 Int16 Int32 Int64 Int128 Int256 UInt8 UInt16 UInt32 UInt64 UInt128
   UInt256 Float32 Float64`.split(/\s+/),
)

/** Other spellings, in lower case. */
const ALIASES: Readonly<Record<string, string>> = {
  text: 'String',
  varchar: 'String',
  boolean: 'Bool',
  int: 'Int32',
  integer: 'Int32',
  bigint: 'Int64',
  smallint: 'Int16',
  float: 'Float32',
  real: 'Float32',
  double: 'Float64',
  timestamp: 'DateTime',
}

/** How many types are within the brackets, at least and at most. */
const NESTED: Readonly<Record<string, readonly [number, number]>> = {
  Array: [1, 1],
  Nullable: [1, 1],
  LowCardinality: [1, 1],
  Map: [2, 2],
  Tuple: [1, 32],
}

/** Numbers within the brackets, each from 0 to the limit. */
const SIZED: Readonly<Record<string, readonly number[]>> = {
  FixedString: [1_000_000],
  Decimal: [76, 76],
  Decimal32: [9],
  Decimal64: [18],
  Decimal128: [38],
  DateTime64: [9],
}

const ZONED = new Set(['DateTime', 'DateTime64'])
const ZONE = /^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/
const MAX_DEPTH = 8
const MAX_LENGTH = 512

/** Undefined when it is no such type. */
export function normalizeType(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const parts = text.match(/'[^'\\]*'|[A-Za-z0-9_]+|[(),]|\S/g) ?? []
  let next = 0
  const accept = (part: string): boolean => {
    if (parts[next] !== part) return false
    next += 1
    return true
  }
  const listOf = (read: () => string | undefined): string[] | undefined => {
    const list: string[] = []
    do {
      const one = read()
      if (one === undefined) return undefined
      list.push(one)
    } while (accept(','))
    return accept(')') ? list : undefined
  }
  const sizes = (name: string, limits: readonly number[]): string | undefined => {
    let i = 0
    const list = listOf(() => {
      const part = parts[next++] ?? ''
      const limit = limits[i++]
      if (limit !== undefined) return /^\d{1,7}$/.test(part) && Number(part) <= limit ? String(Number(part)) : undefined
      return ZONED.has(name) && i === limits.length + 1 && ZONE.test(part.slice(1, -1)) && part[0] === "'"
        ? part
        : undefined
    })
    if (list === undefined || list.length < Math.min(1, limits.length)) return undefined
    return `${name}(${list.join(', ')})`
  }
  const read = (depth: number): string | undefined => {
    const word = parts[next++] ?? ''
    const name = Object.hasOwn(ALIASES, word.toLowerCase()) ? ALIASES[word.toLowerCase()] : word
    if (name === undefined || depth > MAX_DEPTH) return undefined
    if (!accept('(')) return PLAIN.has(name) ? name : undefined
    if (Object.hasOwn(SIZED, name)) return sizes(name, SIZED[name] ?? [])
    if (name === 'DateTime') return sizes(name, [])
    if (!Object.hasOwn(NESTED, name)) return undefined
    const [least, most] = NESTED[name] ?? [0, 0]
    const list = listOf(() => read(depth + 1))
    return list && list.length >= least && list.length <= most ? `${name}(${list.join(', ')})` : undefined
  }
  const type = read(0)
  return next === parts.length ? type : undefined
}
