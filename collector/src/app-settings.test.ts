// What of the configuration a project is told.
import { expect, it } from 'vitest'
import { settingsOf } from './app-settings.ts'
import type { Config } from './config/schema.ts'
import { createTestApp, get } from './query/query.fixture.ts'

const POLICY = {
  rules: [{ name: 'email', mode: 'mask' }],
  fields: [{ key: 'user.id', mode: 'hash' }],
  patterns: [{ name: 'patient', match: 'PAT-[0-9]+ of Dr. Who', mode: 'mask' }],
} as const

const config = {
  retentionDays: 90,
  retention: new Map([['shop', 30]]),
  redact: new Map([['clinic', POLICY]]),
  limits: { maxBodyBytes: 100, maxPublicBodyBytes: 10 },
} as unknown as Config

it('a project is told its own retention and redaction, or those of all', () => {
  expect(settingsOf(config, 'shop')).toEqual({
    ...{ project: 'shop', retention: { days: 30, from: 'project' }, redaction: null },
    limits: { max_body_bytes: 100, max_public_body_bytes: 10 },
  })
  expect(settingsOf(config, 'clinic')).toMatchObject({
    retention: { days: 90, from: 'all' },
    redaction: { from: 'project' },
  })
  const forAll = { ...config, redact: new Map([['*', POLICY]]) } as Config
  expect(settingsOf(forAll, 'shop').redaction).toMatchObject({ from: 'all', rules: [{ name: 'email', mode: 'mask' }] })
})

it('what patterns match is not told', () => {
  const told = settingsOf(config, 'clinic')
  expect(told.redaction?.patterns).toEqual([{ name: 'patient', mode: 'mask' }])
  expect(JSON.stringify(told)).not.toContain('Who')
})

it('the route answers for the project of the key, whoever it asks for', async () => {
  const app = createTestApp(async () => [], { settings: (project) => settingsOf(config, project) })
  expect((await get(app, '/api/v1/settings')).body.project).toBe('alpha')
  expect((await get(app, '/api/v1/settings', 'beta-key')).body.project).toBe('beta')
  expect((await get(app, '/api/v1/settings?project=beta')).status).toBe(400)
  expect((await get(app, '/api/v1/settings', 'none')).status).toBe(401)
})
