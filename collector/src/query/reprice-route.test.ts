import { describe, expect, it } from 'vitest'
import { asOwner, createTestApp } from './query.fixture.ts'

const MODEL = { project: 'alpha', provider: 'openai', model: 'm', rows: 9, changed: 4 }
const SUMS = { changed: 4, old_usd: '1', new_usd: '1.5', delta_usd: '0.5' }
const COUNTS = { now_priced: 1, now_unpriced: 0 }

const asked: object[] = []
const operator = {
  key: 'operator',
  reprice: async (request: object) => {
    asked.push(request)
    const models = [
      { ...MODEL, ...SUMS, ...COUNTS },
      { ...MODEL, project: 'beta', ...SUMS, ...COUNTS },
    ]
    return { days: [{ day: '2026-01-02', changed: 4, rewritten: false }], models, ...SUMS }
  },
}
const auth = ({ headers }: { headers: Headers }) =>
  headers.get('x-api-key') === 'alpha-key'
    ? asOwner('alpha')
    : { project: 'alpha', scopes: new Set(['read', 'ingest'] as const) }
const app = createTestApp(async () => [], { operator, auth })

const post = async (body: object, key = 'alpha-key') => {
  const response = await app.request('/api/v1/prices/reprice/dry-run', {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('the dry run of pricing stored spans anew', () => {
  it('is of the own project, changes nothing, and says what would change', async () => {
    const { status, body } = await post({ from: '2026-01-01', to: '2026-01-31' })
    expect(status).toBe(200)
    expect(asked).toEqual([{ from: '2026-01-01', to: '2026-01-31', project: 'alpha', dryRun: true }])
    const { project, ...model } = MODEL
    expect(body).toEqual({
      ...{ from: '2026-01-01', to: '2026-01-31', project, ...SUMS },
      days: [{ day: '2026-01-02', changed: 4 }],
      models: [{ ...model, ...SUMS, ...COUNTS }],
    })
  })

  it('wants a key that may administer, days in order, and not too many of them', async () => {
    asked.length = 0
    expect((await post({ from: '2026-01-01', to: '2026-01-31' }, 'reader-key')).status).toBe(403)
    expect((await post({ from: '2026-01-02', to: '2026-01-01' })).body).toMatchObject({ status: 400, parameter: 'to' })
    expect((await post({ from: '2024-01-01', to: '2026-01-01' })).body).toMatchObject({ status: 400 })
    expect((await post({ from: '2026-01-01', to: '2026-01-02', dry_run: false })).body).toMatchObject({ status: 400 })
    expect((await post({ from: 'now', to: '2026-01-02' })).body).toMatchObject({ status: 400, parameter: 'from' })
    expect(asked).toEqual([])
  })
})
