// A ClickHouse type name -> how its Native bytes are laid out; nothing else about the type matters here.

export type NativeType =
  | { kind: 'fixed'; size: number }
  | { kind: 'string' }
  | { kind: 'nullable' | 'array' | 'lowCardinality'; item: NativeType }
  | { kind: 'tuple'; items: readonly NativeType[] }
  | { kind: 'opaque'; name: string }

const SIZES: readonly (readonly [RegExp, number])[] = [
  [/^(UInt8|Int8|Bool|Enum8|Nothing)$/, 1],
  [/^(UInt16|Int16|Enum16|Date|BFloat16)$/, 2],
  [/^(UInt32|Int32|Float32|Date32|DateTime|Time|IPv4)$/, 4],
  [/^(UInt64|Int64|Float64|DateTime64|Time64|Interval\w+)$/, 8],
  [/^(UInt128|Int128|UUID|IPv6)$/, 16],
  [/^(UInt256|Int256)$/, 32],
]

const FLOAT64: NativeType = { kind: 'fixed', size: 8 }
const array = (item: NativeType): NativeType => ({ kind: 'array', item })
const POINT: NativeType = { kind: 'tuple', items: [FLOAT64, FLOAT64] }
const GEO: Record<string, NativeType> = {
  Point: POINT,
  Ring: array(POINT),
  LineString: array(POINT),
  Polygon: array(array(POINT)),
  MultiLineString: array(array(POINT)),
  MultiPolygon: array(array(array(POINT))),
}

export function parseNativeType(name: string): NativeType {
  const open = name.indexOf('(')
  const family = open < 0 ? name : name.slice(0, open)
  const args = open < 0 ? [] : splitArguments(name.slice(open + 1, -1))
  const size = SIZES.find(([pattern]) => pattern.test(family))?.[1]
  if (size !== undefined) return { kind: 'fixed', size }
  const item = (index: number): NativeType => parseNativeType(args[index] ?? '')
  switch (family) {
    case 'String':
      return { kind: 'string' }
    case 'FixedString':
      return { kind: 'fixed', size: Number(args[0]) }
    case 'Decimal':
      return { kind: 'fixed', size: decimalSize(Number(args[0])) }
    case 'Nullable':
      return { kind: 'nullable', item: item(0) }
    case 'LowCardinality':
      return { kind: 'lowCardinality', item: item(0) }
    case 'Array':
      return array(item(0))
    case 'Map':
      return array({ kind: 'tuple', items: [item(0), item(1)] })
    case 'Tuple':
      return { kind: 'tuple', items: args.map(parseElement) }
    case 'Nested':
      return array({ kind: 'tuple', items: args.map(parseElement) })
    case 'SimpleAggregateFunction':
      return item(args.length - 1)
    default:
      return GEO[family] ?? { kind: 'opaque', name }
  }
}

// `name Type` or `Type`; a quoted name may hold anything.
function parseElement(text: string): NativeType {
  const named = /^(?:`(?:[^`\\]|\\.)*`|\w+) (.+)$/s.exec(text)
  return parseNativeType(named?.[1] ?? text)
}

function decimalSize(precision: number): number {
  if (precision <= 9) return 4
  if (precision <= 18) return 8
  return precision <= 38 ? 16 : 32
}

// Commas at depth 0, outside quoted enum names and tuple element names.
function splitArguments(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (const found of text.matchAll(/'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|[(),]/gs)) {
    if (found[0] === '(') depth += 1
    else if (found[0] === ')') depth -= 1
    else if (found[0] === ',' && depth === 0) {
      parts.push(text.slice(from, found.index).trim())
      from = found.index + 1
    }
  }
  parts.push(text.slice(from).trim())
  return parts
}
