import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { get } from './query.fixture.ts'
import { type Sample, startSample, TRACE } from './sample.fixture.ts'

let sample: Sample

beforeAll(async () => {
  sample = await startSample()
})
afterAll(() => sample.stop())

describe('tenancy', () => {
  const PATHS = [
    'traces',
    'generations',
    'sessions',
    'users',
    'scores',
    'metrics/total_traces?group_by=name',
    'metrics/latency?group_by=model',
    'metrics/token_usage?group_by=model',
    'metrics/cost?group_by=model',
    'metrics/error_rate?group_by=error_type',
    'metrics/cache_hit_rate?group_by=model',
  ]

  it.each(PATHS)('never shows rows of another project in %s', async (path) => {
    const [alpha, beta] = [
      await get(sample.app, `/api/v1/${path}`),
      await get(sample.app, `/api/v1/${path}`, 'beta-key'),
    ]
    expect(alpha.status).toBe(200)
    expect(beta.body.data).toHaveLength(1)
    expect(JSON.stringify(alpha.body)).not.toMatch(/beta-|"99"|"beta"(?!,"night")/)
    expect(JSON.stringify(beta.body)).not.toMatch(/alpha|ann|llama|rate_limit/)
  })

  it('does not open a trace of another project, nor take a project as a parameter', async () => {
    expect((await get(sample.app, `/api/v1/traces/${TRACE}`, 'beta-key')).status).toBe(404)
    expect((await get(sample.app, '/api/v1/traces?project_id=beta')).status).toBe(400)
  })

  it.each([...PATHS, `traces/${TRACE}`])('refuses %s without a key', async (path) => {
    const { status, headers, body } = await get(sample.app, `/api/v1/${path}`, '')
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toMatch(/^Bearer/)
    expect(body.code).toBe('INSIGHTS_UNAUTHORIZED')
  })
})
