import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as kinds from './kinds.ts'

const parse = <T>(kind: kinds.Kind<T>, value: unknown): T | undefined => kind.schema.safeParse(value).data

describe('sizes', () => {
  test.each([
    ['64 MiB', 2 ** 26],
    ['10GiB', 10 * 2 ** 30],
    ['1 kib', 1024],
    ['4096', 4096],
    [4096, 4096],
  ])('%s is %i bytes', (text, value) => expect(parse(kinds.bytes(0), text)).toBe(value))

  test.each(['', '-1', '1.5 MiB', '64 MB', '1e9', 'NaN', '0x10', '9999 TiB', true, {}])('%j is refused', (text) => {
    expect(parse(kinds.bytes(0), text)).toBeUndefined()
  })

  test('are written so that they read back as the same number', () => {
    fc.assert(fc.property(fc.nat(2 ** 31), (n) => parse(kinds.bytes(0), kinds.formatBytes(n)) === n))
  })
})

describe('addresses', () => {
  test.each([
    ['127.0.0.1:4318', { host: '127.0.0.1', port: 4318 }],
    ['[::1]:0', { host: '::1', port: 0 }],
    [':4318', { host: '0.0.0.0', port: 4318 }],
    ['collector.example:65535', { host: 'collector.example', port: 65_535 }],
    [4318, { host: '127.0.0.1', port: 4318 }],
    ['off', 'off'],
  ])('%s is read', (text, value) => expect(parse(kinds.listen(), text)).toEqual(value))

  test.each(['', '::1:80', 'host:', 'host:65536', 'http://h:80', 'a b:80', '[h]:80', 'host:-1'])(
    '%j is refused',
    (text) => {
      expect(parse(kinds.listen(), text)).toBeUndefined()
    },
  )
})

describe('keys', () => {
  const read = (value: unknown) => parse(kinds.apiKeys(), value)?.map(({ project, key }) => [project, key.reveal()])

  test('may be one text, a list, or a map with one or more keys per project', () => {
    const expected = [
      ['shop', 'k1'],
      ['shop', 'k2:with:colons'],
      ['web', 'k3'],
    ]
    expect(read('shop:k1, shop:k2:with:colons,web:k3,')).toEqual(expected)
    expect(read(['shop:k1', 'shop:k2:with:colons', 'web:k3'])).toEqual(expected)
    expect(read({ shop: ['k1', 'k2:with:colons'], web: 'k3' })).toEqual(expected)
  })

  test.each(['onlykey', 'p:', ':k', 'p:k k', 'p/../x:k', 'p:k,q:k', 'p:kü', `p:${'k'.repeat(513)}`, 'p:k\n'])(
    '%j is refused',
    (text) => {
      // A trailing newline is trimmed: secrets mounted as files end in one.
      if (text.endsWith('\n')) expect(read(text)).toEqual([['p', 'k']])
      else expect(read(text)).toBeUndefined()
    },
  )
})

test('days by project take each project once and only whole days within bounds', () => {
  const read = (value: unknown) => parse(kinds.daysByProject(1, 100), value)
  expect(read('a:1,b:100')).toEqual(
    new Map([
      ['a', 1],
      ['b', 100],
    ]),
  )
  expect(read({ a: '7' })).toEqual(new Map([['a', 7]]))
  for (const bad of ['a:0', 'a:101', 'a:1,a:2', 'a:x', 'a', { a: { b: 1 } }]) expect(read(bad)).toBeUndefined()
})

test.each([
  'ftp://h',
  'tcp://h:9000',
  'h:8123',
  'http://h:8123/db',
  'http://h/?q=1',
  'http://h/#x',
  'http://u:%@h',
  '',
])('%j is no ClickHouse address', (text) => {
  expect(parse(kinds.clickhouseUrl(), text)).toBeUndefined()
})
