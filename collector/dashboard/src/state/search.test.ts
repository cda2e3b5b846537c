import { describe, expect, it } from 'vitest'
import { parseSearch, stringifySearch } from './search.ts'

describe('the query string', () => {
  it('keeps times, commas and paths readable', () => {
    const text = stringifySearch({ from: '2026-01-31T12:00:00Z', cols: 'name,cost_usd', model: 'org/m' })
    expect(text).toBe('?from=2026-01-31T12:00:00Z&cols=name,cost_usd&model=org/m')
  })

  it('comes back as it was, also with signs that mean something in a URL', () => {
    const search = { q: 'model:gpt-4o cost>0.1 "a & b=c + d#e"', tag: ['a', 'b,c'] }
    expect(parseSearch(stringifySearch(search))).toEqual(search)
  })

  it('leaves out what is empty, and numbers stay texts', () => {
    expect(stringifySearch({ q: '', from: undefined })).toBe('')
    expect(parseSearch('?session=12')).toEqual({ session: '12' })
  })
})
