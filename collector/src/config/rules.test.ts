import { expect, test } from 'vitest'
import { loadConfig } from './load.ts'
import { isLoopback } from './rules.ts'

const KEY = 'k-0123456789abcdef'
const load = (env: Record<string, string>) => loadConfig({ env, cwd: '/nonexistent' })

test.each(['0.0.0.0:4318', '[::]:4318', ':4318', '192.168.1.4:4318', 'myhost:4318', '[::ffff:10.0.0.1]:4318'])(
  'listening on %s without keys is refused, and allowed with keys or an explicit none',
  (address) => {
    expect(() => load({ INSIGHTS_HTTP_LISTEN: address })).toThrow(
      /INSIGHTS_HTTP_LISTEN: http_listen: refusing to listen on/,
    )
    expect(load({ INSIGHTS_HTTP_LISTEN: address, INSIGHTS_API_KEYS: `a:${KEY}` }).config.auth).toBe('keys')
    const open = load({ INSIGHTS_HTTP_LISTEN: address, INSIGHTS_AUTH: 'none' })
    expect(open.config.auth).toBe('none')
    expect(open.warnings.join()).toContain('everyone who can reach http_listen may read and write')
  },
)

test.each(['127.0.0.1', '127.9.8.7', '::1', 'localhost', '::ffff:127.0.0.1'])('%s is loopback', (host) => {
  expect(isLoopback({ host, port: 1 })).toBe(true)
})

test.each(['0.0.0.0', '::', '128.0.0.1', 'localhost.evil.example', '::2'])('%s is not loopback', (host) => {
  expect(isLoopback({ host, port: 1 })).toBe(false)
})

test('a door that is off listens nowhere, and the engine door does not count with a ClickHouse of its own', () => {
  expect(load({ INSIGHTS_GRPC_LISTEN: 'off' }).config.grpcListen).toBe('off')
  const env = { INSIGHTS_ENGINE_LISTEN: '0.0.0.0:4323' }
  expect(() => load(env)).toThrow(/engine_listen/)
  expect(load({ ...env, INSIGHTS_CLICKHOUSE_URL: 'http://ch:8123' }).config.clickhouse.url).toBe('http://ch:8123')
})

test('two doors on one address are refused, unless both take a free port', () => {
  expect(() => load({ INSIGHTS_GRPC_LISTEN: '127.0.0.1:4318' })).toThrow(/127\.0\.0\.1:4318 is already grpc_listen/)
  expect(load({ INSIGHTS_GRPC_LISTEN: '0', INSIGHTS_HTTP_LISTEN: '127.0.0.1:0' }).config.grpcListen).toEqual({
    host: '127.0.0.1',
    port: 0,
  })
})

test.each([
  ['any origin without keys', { INSIGHTS_CORS_ORIGINS: '*' }, /every web page/],
  ['a CA without a certificate', { INSIGHTS_TLS_CLIENT_CA_FILE: 'ca.pem' }, /tls\.cert_file is missing/],
  ['projects of clients without a CA', { INSIGHTS_TLS_CLIENT_PROJECTS: 'a:b' }, /tls\.client_ca_file is missing/],
  ['half of a certificate', { INSIGHTS_TLS_CERT_FILE: 'c.pem' }, /tls\.key_file is missing/],
  ['the other half', { INSIGHTS_TLS_KEY_FILE: 'k.pem' }, /tls\.cert_file is missing/],
  [
    'less in flight than one body',
    { INSIGHTS_LIMITS_MAX_IN_FLIGHT_BYTES: '1 MiB' },
    /smaller than limits\.max_body_bytes/,
  ],
  [
    'segments that fill the journal',
    { INSIGHTS_JOURNAL_SEGMENT_BYTES: '1GiB', INSIGHTS_JOURNAL_MAX_BYTES: '2GiB' },
    /an eighth/,
  ],
])('%s is refused', (_name, env, message) => {
  expect(() => load(env as Record<string, string>)).toThrow(message)
})

test('both files make TLS', () => {
  const files = { INSIGHTS_TLS_CERT_FILE: '/c.pem', INSIGHTS_TLS_KEY_FILE: '/k.pem' }
  expect(load(files).config.tls).toEqual({
    certFile: '/c.pem',
    keyFile: '/k.pem',
    clientCaFile: undefined,
    clientAuth: 'require',
    clientProjects: new Map(),
  })
  const mutual = { INSIGHTS_TLS_CLIENT_CA_FILE: '/ca.pem', INSIGHTS_TLS_CLIENT_PROJECTS: 'spiffe://a/b:shop,gw:lab' }
  expect(load({ ...files, ...mutual }).config.tls).toMatchObject({
    clientCaFile: '/ca.pem',
    clientProjects: new Map([
      ['spiffe://a/b', 'shop'],
      ['gw', 'lab'],
    ]),
  })
})

test('auth: keys needs no key in the configuration: they may be made later', () => {
  expect(load({ INSIGHTS_AUTH: 'keys', INSIGHTS_HTTP_LISTEN: '0.0.0.0:4318' }).config.auth).toBe('keys')
})

test('short keys, unused keys and credentials of nothing are warned about', () => {
  const { warnings } = load({ INSIGHTS_API_KEYS: 'a:short', INSIGHTS_AUTH: 'none', INSIGHTS_CLICKHOUSE_CLUSTER: 'c' })
  expect(warnings).toHaveLength(3)
})
