// Text that wants to be a page, a script or a terminal command: what users and models write comes back as data, whatever it is.
import { beforeAll, describe, expect, it } from 'vitest'
import { createTestCli } from '../../src/cli/test-context.ts'
import { useCollector } from '../collector-process.ts'
import { NOW_NANO, request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { storedSpans } from '../stored.ts'

const TEXTS = [
  '<script>alert(document.domain)</script>',
  '"><img src=x onerror=alert(1)>',
  "javascript:alert('x')",
  '</title></textarea><svg/onload=alert(1)>',
  '<!--#exec cmd="id"--><?php system($_GET[0]) ?>',
  '[x](javascript:alert(1)) ![x](https://evil.example/?q=',
  '{{constructor.constructor("alert(1)")()}} $'.concat('{7*7} <%= 7*7 %>'),
  '\u001b]0;owned\u0007\u001b[31mred\u001b[0m',
  '\u202Eevil\u202C \u2028 \u2029 \uFEFF',
  '=HYPERLINK("https://evil.example","x")',
  "'; DROP TABLE spans; --",
  '\0\r\n\tSet-Cookie: a=b',
]
const collector = useCollector()
const traceId = traceIdOf('hostile texts')

beforeAll(async () => {
  const spans = TEXTS.map((text, i) =>
    span({
      traceId,
      spanId: spanIdOf(i + 1),
      name: text,
      startUnixNano: NOW_NANO,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': text,
        'gen_ai.provider.name': text,
        'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: text }] }]),
        'session.id': text,
        'user.id': text,
        'error.type': text,
        [`app.${text}`]: text,
      },
    }),
  )
  expect((await collector().post(request(...spans))).status).toBe(200)
  await storedSpans(collector(), traceId, TEXTS.length)
})

const PATHS = [
  `/api/v1/traces/${traceId}`,
  '/api/v1/traces',
  '/api/v1/generations',
  '/api/v1/sessions',
  '/api/v1/users',
  '/api/v1/metrics/cost?group_by=model',
  '/api/v1/prices/unpriced',
  `/api/v1/traces?name=${encodeURIComponent(TEXTS[0]!)}`,
  `/api/v1/traces?${encodeURIComponent(TEXTS[1]!)}=1`,
  `/api/v1/${encodeURIComponent(TEXTS[0]!)}`,
  `/${encodeURIComponent(TEXTS[1]!)}`,
]

describe.each(PATHS)('%s', (path) => {
  it('answers JSON that no browser takes for a page', async () => {
    const response = await fetch(collector().doors.api + path)
    expect(response.headers.get('content-type')).toMatch(/^application\/(?:problem\+)?json/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
    expect([...response.headers].join()).not.toMatch(/evil|onerror|Set-Cookie: a/i)
    const text = await response.text()
    expect(() => JSON.parse(text) as unknown).not.toThrow()
    // Raw control characters would reach whoever shows the answer in a terminal.
    expect(/[^\P{Cc}\n\u0080-\u009f]/u.test(text)).toBe(false)
  })
})

it('every text comes back as it was, in each column that bears it', async () => {
  const { spans } = await collector().api<{ spans: Record<string, string>[] }>(`/api/v1/traces/${traceId}`)
  for (const text of TEXTS) {
    const row = spans.find(({ name }) => name === text)
    expect([text, row?.['session_id'], row?.['user_id']]).toEqual([text, text, text])
    expect(row?.['input']).toContain(JSON.stringify(text).slice(1, -1))
  }
})

it('the page is the same whatever was sent, under a policy that runs no script in line and none of another origin', async () => {
  const response = await fetch(`${collector().doors.api}/?x=${encodeURIComponent(TEXTS[0]!)}`)
  const page = await response.text()
  for (const text of TEXTS) expect(page.includes(text)).toBe(false)
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/^default-src 'self';/)
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
  const direct = await fetch(collector().doors.api, { headers: { host: 'localhost"><script>' } }).catch(() => undefined)
  expect((await direct?.text()) ?? '').not.toContain('localhost"><script>')
})

it('the metrics bear none of them: no client writes a label', async () => {
  await fetch(`${collector().doors.api}/api/v1/${encodeURIComponent('x"} 1\nevil 1')}`)
  const text = await (await fetch(`${collector().doors.api}/metrics`)).text()
  expect(text).not.toMatch(/evil|alert|script/)
})

it('a command prints them without what a terminal would obey', async () => {
  const cli = createTestCli({
    env: { INSIGHTS_API_LISTEN: collector().doors.api.replace('http://', '') },
    loadApp: () => import('../../src/app.ts'),
  })
  expect(await cli.run('prices', 'unpriced')).toBe(0)
  expect(cli.out()).toContain('alert(document.domain)')
  expect(cli.out()).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u)
})
