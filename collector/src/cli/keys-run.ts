// What `insights keys …` does: a parsed command in, requests to the API and their answers as text out.
import { z } from 'zod'
import { type Api, withApi } from './api-client.ts'
import type { CommandCall } from './command-call.ts'
import { EXIT } from './output.ts'
import { table } from './table.ts'

const DAY_MS = 86_400_000

const key = z.looseObject({
  key_id: z.string(),
  name: z.string(),
  kind: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  created_time: z.string(),
  expires_time: z.string().nullable(),
  revoked_time: z.string().nullable(),
  last_used_time: z.string().nullable(),
  spans_this_month: z.number(),
  bytes_this_month: z.number(),
})
type Key = z.infer<typeof key>

interface CreateFlags {
  readonly scope?: readonly string[]
  readonly public?: boolean
  readonly origin: readonly string[]
  readonly expires?: number
  readonly bytesPerSecond?: number
  readonly spansPerSecond?: number
  readonly bytesPerMonth?: number
  readonly spansPerMonth?: number
}

export function runCreate(call: CommandCall): Promise<number> {
  const [name = ''] = call.command.args
  const flags = call.command.opts<CreateFlags>()
  const wish = {
    name,
    kind: flags.public === true ? 'public' : 'secret',
    scopes: flags.scope,
    origins: flags.origin,
    expires_time: flags.expires === undefined ? undefined : new Date(Date.now() + flags.expires * DAY_MS).toISOString(),
    bytes_per_second: flags.bytesPerSecond,
    spans_per_second: flags.spansPerSecond,
    bytes_per_month: flags.bytesPerMonth,
    spans_per_month: flags.spansPerMonth,
  }
  return withApi(call, async (api) => {
    const made = key.extend({ key: z.string() }).parse(await api.call('POST', '/api/v1/keys', wish))
    call.output.note(`key ${made.key_id} for ${made.scopes.join(', ')}; keep its text, it cannot be shown again:`)
    call.output.result(made, made.key)
    return EXIT.ok
  })
}

export function runKeyList(call: CommandCall): Promise<number> {
  const { all } = call.command.opts<{ all?: boolean }>()
  return withApi(call, async (api) => {
    const keys = (await readKeys(api)).filter((one) => all === true || isLive(one))
    const rows = keys.map((one) => [
      one.key_id,
      one.name,
      `${one.prefix}…`,
      one.scopes.join(','),
      one.created_time.slice(0, 10),
      stateOf(one),
      one.last_used_time?.slice(0, 16).replace('T', ' ') ?? 'never',
      String(one.spans_this_month),
    ])
    const text = table(['ID', 'NAME', 'KEY', 'SCOPES', 'CREATED', 'STATE', 'LAST USED', 'SPANS THIS MONTH'], rows)
    call.output.result(keys, text || 'no keys')
    return EXIT.ok
  })
}

export function runRevoke(call: CommandCall): Promise<number> {
  const [meant = ''] = call.command.args
  return withApi(call, async (api) => {
    const live = (await readKeys(api)).filter(({ revoked_time }) => revoked_time === null)
    const found = live.filter(({ key_id, prefix, name }) => [key_id, prefix, name].includes(meant))
    const [one] = found
    if (one === undefined) return call.output.fail('cannot revoke: there is no such key', 'insights keys list')
    if (found.length > 1) {
      return call.output.fail(
        'cannot revoke: there are several of that name',
        `by id: ${found.map((k) => k.key_id).join(', ')}`,
      )
    }
    const revoked = key.parse(await api.call('DELETE', `/api/v1/keys/${one.key_id}`))
    call.output.result(revoked, `revoked ${revoked.name} (${revoked.prefix}…)`)
    return EXIT.ok
  })
}

const readKeys = async (api: Api): Promise<Key[]> =>
  z.object({ data: z.array(key) }).parse(await api.call('GET', '/api/v1/keys')).data

const isExpired = ({ expires_time }: Key): boolean => expires_time !== null && Date.parse(expires_time) <= Date.now()
const isLive = (one: Key): boolean => one.revoked_time === null && !isExpired(one)

function stateOf(one: Key): string {
  if (one.revoked_time !== null) return `revoked ${one.revoked_time.slice(0, 10)}`
  if (isExpired(one)) return 'expired'
  return one.expires_time === null ? 'in force' : `until ${one.expires_time.slice(0, 10)}`
}
