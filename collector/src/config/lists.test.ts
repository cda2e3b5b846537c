import { expect, test } from 'vitest'
import * as lists from './lists.ts'

const read = (kind: { schema: { safeParse(value: unknown): { data?: unknown } } }, value: unknown): unknown =>
  kind.schema.safeParse(value).data

test('origins are what a browser sends: scheme, host and port, nothing behind', () => {
  expect(read(lists.origins(), ' https://App.example ,http://localhost:3000/')).toEqual([
    'https://app.example',
    'http://localhost:3000',
  ])
  expect(read(lists.origins(), ['*', 'https://a.example:443', 'capacitor://localhost'])).toEqual([
    '*',
    'https://a.example',
    'capacitor://localhost',
  ])
  expect(read(lists.origins(), '')).toEqual([])
  for (const wrong of [
    'app.example',
    'https://a.example/path',
    'https://u:p@a.example',
    'https://*.a.example/x',
    'null',
  ])
    expect([wrong, read(lists.origins(), wrong)]).toEqual([wrong, undefined])
})

test('host names have no scheme and no port', () => {
  expect(read(lists.hostNames(), 'Insights.Example,collector')).toEqual(['insights.example', 'collector'])
  for (const wrong of ['a:80', 'http://a', '*', 'a/b', '[::1]']) expect(read(lists.hostNames(), wrong)).toBeUndefined()
})

test('a name in a certificate may hold colons; its project is behind the last', () => {
  expect(read(lists.projectsByName(), 'spiffe://cluster/ns:shop')).toEqual(new Map([['spiffe://cluster/ns', 'shop']]))
  expect(read(lists.projectsByName(), { 'spiffe://a/b': 'shop' })).toEqual(new Map([['spiffe://a/b', 'shop']]))
  for (const wrong of ['a', ':shop', 'a:b c', 'a:x,a:y']) expect(read(lists.projectsByName(), wrong)).toBeUndefined()
})
