// GET and POST /keys, DELETE /keys/{key_id}: the keys of a project, without their texts but for the moment they are made.
import { createRoute, z } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { parseOrigin } from '../net/origin.ts'
import type { KeyRates, KeyState, KeyWish, ProjectKeys } from './access-deps.ts'
import { type Api, json, NOT_FOUND_RESPONSE, PROBLEM_RESPONSES } from './api.ts'
import { EXAMPLES } from './examples.ts'
import { rejectUnknown } from './filters.ts'
import { invalid, ProblemError } from './problem.ts'

const MAX_BODY_BYTES = 64 * 1024
const MAX_ORIGINS = 50
const scope = z.enum(['ingest', 'read', 'admin'])
const rate = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

const RATES_SHAPE = {
  bytes_per_second: rate.nullable().optional(),
  spans_per_second: rate.nullable().optional(),
  bytes_per_month: rate.nullable().optional(),
  spans_per_month: rate.nullable().optional(),
}

const wish = z
  .strictObject({
    name: z.string().trim().min(1).max(100).openapi({ example: 'checkout service' }),
    kind: z
      .enum(['secret', 'public'])
      .default('secret')
      .openapi({ description: 'public: for web pages, only to send.' }),
    scopes: z
      .array(scope)
      .max(3)
      .optional()
      .openapi({ description: 'Absent: ingest and read; ingest of a public key.' }),
    origins: z
      .array(z.string().max(256))
      .max(MAX_ORIGINS)
      .default([])
      .openapi({ description: 'Of the pages that may use a public key.', example: ['https://app.example.com'] }),
    expires_time: z.iso.datetime({ offset: true }).nullable().optional(),
    ...RATES_SHAPE,
  })
  .openapi('KeyWish')

const state = z
  .object({
    key_id: z.string(),
    name: z.string(),
    kind: z.enum(['secret', 'public']),
    prefix: z.string().openapi({ description: 'The first characters of the text.' }),
    scopes: z.array(scope),
    origins: z.array(z.string()),
    created_time: z.string(),
    expires_time: z.string().nullable(),
    revoked_time: z.string().nullable(),
    last_used_time: z.string().nullable().openapi({ description: 'To half a minute.' }),
    bytes_this_month: z.number(),
    spans_this_month: z.number(),
    bytes_per_second: z.number().nullable(),
    spans_per_second: z.number().nullable(),
    bytes_per_month: z.number().nullable(),
    spans_per_month: z.number().nullable(),
  })
  .openapi('Key')
type State = z.infer<typeof state>

const made = state.extend({ key: z.string().openapi({ description: 'The text. Nobody can tell it again.' }) })

export function addKeyRoutes(api: Api, { keys }: { keys: ProjectKeys }): void {
  addListRoute(api, keys)
  addCreateRoute(api, keys)
  addRevokeRoute(api, keys)
}

function addListRoute(api: Api, keys: ProjectKeys): void {
  const route = createRoute({
    method: 'get',
    path: '/api/v1/keys',
    summary: 'The keys of the project, oldest first, with those revoked in the last 90 days. Needs the scope admin.',
    responses: { 200: json('Keys.', z.object({ data: z.array(state) }), EXAMPLES['keys']), ...PROBLEM_RESPONSES },
  })
  api.openapi(route, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, [], false)
    const all = await keys.list(c.get('project'))
    return c.json<{ data: State[] }, 200>({ data: all.map(toJson) }, 200)
  })
}

function addCreateRoute(api: Api, keys: ProjectKeys): void {
  const route = createRoute({
    method: 'post',
    path: '/api/v1/keys',
    summary: 'A new key. Its text is in this answer and nowhere else. Needs the scope admin.',
    request: { body: { required: true, content: { 'application/json': { schema: wish } } } },
    responses: { 201: json('The key.', made, EXAMPLES['key']), ...PROBLEM_RESPONSES },
  })
  api.use('/api/v1/keys', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }))
  api.openapi(route, async (c) => {
    const { key, ...rest } = await keys.create(c.get('project'), toWish(c.req.valid('json')))
    return c.json<State & { key: string }, 201>({ ...toJson(rest), key }, 201)
  })
}

function addRevokeRoute(api: Api, keys: ProjectKeys): void {
  const route = createRoute({
    method: 'delete',
    path: '/api/v1/keys/{key_id}',
    summary: 'Revokes a key for good, in force within seconds in every collector. Needs the scope admin.',
    request: { params: z.object({ key_id: z.string().openapi({ example: '5f0c2d9e1b7a4c36' }) }) },
    responses: {
      200: json('The key as it is now.', state, EXAMPLES['revoked_key']),
      ...PROBLEM_RESPONSES,
      ...NOT_FOUND_RESPONSE,
    },
  })
  api.openapi(route, async (c) => {
    const revoked = await keys.revoke(c.get('project'), c.req.valid('param').key_id)
    if (revoked === undefined) throw new ProblemError({ code: 'INSIGHTS_NOT_FOUND', detail: 'cannot find this key' })
    return c.json<State, 200>(toJson(revoked), 200)
  })
}

function toWish(body: z.infer<typeof wish>): KeyWish {
  const { name, kind, expires_time: expires } = body
  return {
    name,
    kind,
    scopes: body.scopes ?? (kind === 'public' ? ['ingest'] : ['ingest', 'read']),
    origins: body.origins.map(readOrigin),
    rates: {
      bytesPerSecond: body.bytes_per_second ?? undefined,
      spansPerSecond: body.spans_per_second ?? undefined,
      bytesPerMonth: body.bytes_per_month ?? undefined,
      spansPerMonth: body.spans_per_month ?? undefined,
    },
    expiresMs: expires ? Date.parse(expires) : undefined,
  }
}

function readOrigin(text: string): string {
  const origin = parseOrigin(text)
  if (origin === undefined || origin === '*') throw invalid('origins', `${JSON.stringify(text)} is no origin`)
  return origin
}

function toJson({ rates, ...key }: KeyState): State {
  return {
    key_id: key.keyId,
    name: key.name,
    kind: key.kind,
    prefix: key.prefix,
    scopes: [...key.scopes],
    origins: [...key.origins],
    created_time: new Date(key.createdMs).toISOString(),
    expires_time: toTime(key.expiresMs),
    revoked_time: toTime(key.revokedMs),
    last_used_time: toTime(key.lastUsedMs),
    bytes_this_month: key.month.bytes,
    spans_this_month: key.month.spans,
    ...ratesToJson(rates),
  }
}

const ratesToJson = (rates: KeyRates) => ({
  bytes_per_second: rates.bytesPerSecond ?? null,
  spans_per_second: rates.spansPerSecond ?? null,
  bytes_per_month: rates.bytesPerMonth ?? null,
  spans_per_month: rates.spansPerMonth ?? null,
})

const toTime = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString())

function tooLarge(): never {
  throw new ProblemError({
    code: 'INSIGHTS_TOO_LARGE',
    detail: `cannot take the request: it is larger than ${MAX_BODY_BYTES} bytes`,
  })
}
