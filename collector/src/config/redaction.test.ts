import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadConfig } from './load.ts'

const POLICY = {
  rules: [{ name: 'email', mode: 'hash' }],
  fields: [
    { key: 'user.id', mode: 'hash' },
    { key: 'app.*', mode: 'drop' },
  ],
  patterns: [{ name: 'order', match: '\\bORD-\\d{4}\\b', mode: 'mask' }],
}

it('is a map of projects in the file, and JSON in a variable', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'insights-config-'))
  try {
    const yaml = String.raw`redact:
  "*":
    rules: [email, card]
  shop:
    rules: { email: hash }
    fields: { user.id: hash, "app.*": drop }
    patterns:
      - { name: order, match: '\bORD-\d{4}\b' }
`
    writeFileSync(join(cwd, 'insights.yaml'), yaml)
    const { redact } = loadConfig({ env: {}, cwd }).config
    expect(redact.get('shop')).toEqual(POLICY)
    expect(redact.get('*')?.rules.map(({ name, mode }) => `${name}:${mode}`)).toEqual(['email:mask', 'card:mask'])
  } finally {
    rmSync(cwd, { recursive: true })
  }
  const text = String.raw`{"shop":{"rules":{"email":"hash"},"fields":{"user.id":"hash","app.*":"drop"},"patterns":[{"name":"order","match":"\\bORD-\\d{4}\\b"}]}}`
  expect(loadConfig({ env: { INSIGHTS_REDACT: text }, cwd: tmpdir() }).config.redact.get('shop')).toEqual(POLICY)
  expect(loadConfig({ env: {}, cwd: tmpdir() }).config.redact.size).toBe(0)
})

it.each([
  '{',
  '[]',
  '{"*":{"rules":["emial"]}}',
  '{"*":{"rule":["email"]}}',
  '{"*":{"fields":{"a":"hide"}}}',
  '{"a b":{"rules":[]}}',
  '{"*":{"patterns":[{"name":"Order","match":"x"}]}}',
])('%s is refused', (text) => {
  expect(() => loadConfig({ env: { INSIGHTS_REDACT: text }, cwd: tmpdir() })).toThrow(/redact/i)
})
