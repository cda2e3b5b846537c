// Tokens -> a window: `(PARTITION BY … ORDER BY … ROWS …)` or the name of one.
import type { FrameBound, Window } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { readNamePart } from './parse-primary.ts'
import type { Readers } from './readers.ts'

type Parts = Pick<Readers, 'expressions' | 'orders'>

export function parseWindow(c: Cursor, readers: Parts): Window | string {
  if (!c.mark('(')) return readNamePart(c)
  const isBase =
    c.peek().kind === 'name' || (c.peek().kind === 'word' && !/^(PARTITION|ORDER|ROWS|RANGE)$/i.test(c.peek().text))
  const base = isBase ? readNamePart(c) : undefined
  const partitionBy = c.words('PARTITION', 'BY') ? readers.expressions() : undefined
  const orderBy = c.words('ORDER', 'BY') ? readers.orders() : undefined
  const frame = parseFrame(c)
  c.insistMark(')')
  return {
    ...(base !== undefined && { base }),
    ...(partitionBy && { partitionBy }),
    ...(orderBy && { orderBy }),
    ...(frame && { frame }),
  }
}

function parseFrame(c: Cursor): Window['frame'] {
  const unit = c.words('ROWS') ? 'ROWS' : c.words('RANGE') ? 'RANGE' : undefined
  if (unit === undefined) return undefined
  if (!c.words('BETWEEN')) return { unit, from: parseBound(c) }
  const from = parseBound(c)
  c.insistWords('AND')
  return { unit, from, to: parseBound(c) }
}

function parseBound(c: Cursor): FrameBound {
  if (c.words('CURRENT', 'ROW')) return { side: 'CURRENT ROW' }
  const { kind, text } = c.peek()
  const isCount = kind === 'number' && /^\d{1,9}$/.test(text)
  if (isCount) c.take()
  else c.insistWords('UNBOUNDED')
  const before = c.words('PRECEDING')
  if (!before) c.insistWords('FOLLOWING')
  return { side: before ? 'PRECEDING' : 'FOLLOWING', ...(isCount && { count: text }) }
}
