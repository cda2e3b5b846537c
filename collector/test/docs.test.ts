// What the documents name against what there is: links, codes, metrics, variables, prices, columns.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { CONFIG_KEYS } from '../src/config/keys.ts'
import { createCatalog } from '../src/price/catalog.ts'
import { parseOverrides } from '../src/price/overrides.ts'
import { PROBLEMS } from '../src/query/problem.ts'
import { ERROR_CODES } from '../src/telemetry/errors.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const DOCUMENTS = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|sql)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

describe.each(DOCUMENTS)('%s', (document) => {
  const text = read(document)

  it('links to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target)
    const missing = links.filter(
      (target) => !/^https?:/.test(target) && !existsSync(join(ROOT, dirname(document), target)),
    )
    expect(missing).toEqual([])
  })

  it('names variables and codes that there are', () => {
    const known = new Set([
      ...CONFIG_KEYS.map(({ env }) => env),
      ...Object.keys(ERROR_CODES),
      ...Object.keys(PROBLEMS),
      ...['INSIGHTS_CONFIG', 'INSIGHTS_API_KEY', 'INSIGHTS_HOST'],
    ])
    const named = [...text.matchAll(/\bINSIGHTS_[A-Z_]*[A-Z]\b/g)].map(([name]) => name)
    expect(named.filter((name) => !known.has(name))).toEqual([])
  })
})

it('docs/errors.md has every code', () => {
  const text = read('docs/errors.md')
  for (const code of [...Object.keys(ERROR_CODES), ...Object.keys(PROBLEMS)]) expect(text).toContain(`\`${code}\``)
})

it('docs/operations.md names the metrics that there are, all of them', () => {
  const source = sourceFiles('collector/src')
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  const plain = [...source.matchAll(/'(insights_[a-z]+_[a-z_]+)'/g)].map(([, name = '']) => name)
  const journal = [...read('collector/src/journal/journal-metrics.ts').matchAll(/name\('([a-z_]+)'\)/g)].map(
    ([, name]) => `insights_journal_${name}`,
  )
  const named = [...read('docs/operations.md').matchAll(/\binsights_[a-z_]+/g)].map(([name]) => name)
  expect([...new Set(named)].sort()).toEqual([...new Set([...plain, ...journal])].sort())
})

it('docs/pricing.md shows a prices file that is taken and prices what it names', () => {
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(read('docs/pricing.md')) ?? []
  const catalog = createCatalog([parseOverrides(parse(example))])
  const id = (provider: string, model: string): string => catalog.find(provider, model, Date.UTC(2026, 5, 1)).id
  expect(id('vllm', 'harbor-70b')).toBe('override/in-house-70b@2026-01-01')
  expect(id('openai', 'gpt-4o-mini')).toMatch(/^override\/enterprise-discount\(genai-prices\//)
  expect(id('azure.ai.openai', 'prod-chat-eu')).toMatch(/\/openai\/gpt-4o-mini$/)
})

it('README.md names the views that there are', () => {
  const views = readdirSync(join(ROOT, 'collector/src/store/views')).map((name) => name.replace(/\.sql$/, ''))
  const named = [...`${read('README.md')}${read('docs/data-model.md')}`.matchAll(/\b[a-z_]+_v1\b/g)].map(
    ([name]) => name,
  )
  expect([...new Set(named)].filter((name) => !views.includes(name))).toEqual([])
  expect(views.filter((name) => !named.includes(name))).toEqual([])
})
