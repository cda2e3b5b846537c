import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { REDACT_RULES, type RedactMode } from '../config/redaction.ts'
import { compilePolicy } from './compile-policy.ts'
import { TextRedactor } from './replace-text.ts'

function redactor(mode: RedactMode = 'mask', counts: string[] = []): (text: string) => string {
  const policy = compilePolicy({ rules: REDACT_RULES.map((name) => ({ name, mode })), fields: [], patterns: [] })
  const made = new TextRedactor(policy, Buffer.from('key'), (rule) => counts.push(rule))
  return (text) => made.redact(Buffer.from(text))?.toString() ?? text
}
const mask = redactor()

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dBjftJeZ4CVP_mB92K27uhbUJU1p1r'
const FOUND: readonly [text: string, becomes: string][] = [
  ['write to jane.doe+news@mail.example.co.uk, please', 'write to [email], please'],
  ['<jane@example.com>; mailto:joe@example.org?subject=x', '<[email]>; mailto:[email]?subject=x'],
  ['josé@exämple.de und 王@例え.jp', '[email] und 王@例え.jp'.replace('王@例え.jp', '[email]')],
  ['https://app.example/login?user=jane%40example.com&next=1', 'https://app.example/login?user=[email]&next=1'],
  ['{"to":"jane\\u0040example.com"}', '{"to":"[email]"}'],
  ['{"text":"Hi\\njane@example.com\\tbye"}', '{"text":"Hi\\n[email]\\tbye"}'],
  [
    '"{\\"a\\":\\"{\\\\\\"b\\\\\\":\\\\\\"x\\\\\\\\njane@example.com\\\\\\"}\\"}"',
    '"{\\"a\\":\\"{\\\\\\"b\\\\\\":\\\\\\"x\\\\\\\\n[email]\\\\\\"}\\"}"',
  ],
  ['+49 30 1234567, +14155550100 or +1 (415) 555-0100!', '[phone], [phone] or [phone]!'],
  ['(415) 555-0100 415-555-0100 415.555.0100 1-800-555-0199', '[phone] [phone] [phone] [phone]'],
  ['030 1234567, 0171/1234567, 06 12 34 56 78', '[phone], [phone], [phone]'],
  ['4111 1111 1111 1111 exp 12/28', '[card] exp 12/28'],
  ['4111-1111-1111-1111 12', '[card] 12'],
  ['order 12 5500000000000004', 'order 12 [card]'],
  ['378282246310005 6011111111111117 3530111333300000', '[card] [card] [card]'],
  ['{"card":4111111111111111,"cards":[ 5500000000000004 ]}', '{"card":0,"cards":[ 0 ]}'],
  ['{"card":"4111111111111111"}', '{"card":"[card]"}'],
  ['DE89 3704 0044 0532 0130 00, gb82west12345698765432.', '[iban], [iban].'],
  [`Authorization: Bearer ${TOKEN}`, 'Authorization: Bearer [jwt]'],
  ['sk-proj-abcdefghij1234567890_-ab', '[secret]'],
  ['sk-ant-api03-abcdefghijklmnop1234', '[secret]'],
  ['key=AKIAIOSFODNN7EXAMPLE;', 'key=[secret];'],
  [`AIza${'Ab1-_'.repeat(7)}`, '[secret]'],
  [`ghp_${'a1'.repeat(18)} xoxb-123456789012-abcdefghijkl`, '[secret] [secret]'],
  [`hf_${'aB'.repeat(17)} gsk_${'a1'.repeat(26)} r8_${'a1'.repeat(18)}`, '[secret] [secret] [secret]'],
  ['a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b', 'a [secret] b'],
  ['"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----"', '"[secret]"'],
]

const NOT_FOUND = [
  '',
  '@',
  'a@b',
  '@handle @scope/package a@1.2.3 user@localhost',
  '2026-01-31T12:00:00.123456789+02:00 1790000000000000000 1790000000000',
  '550e8400-e29b-41d4-a716-446655440000 4bf92f3577b34da6a3ce929d0e0e4736 a4111111111111111b',
  '[0.4532015112830366,-0.4916738273648271,12.4111111111111111]',
  '4111111111111112 1234567812345670 0000000000000000',
  '192.168.100.200 10.0.0.1:4318 v1.2.3-45 1,234,567,890 2026-01-31 10:30',
  'DE89370400440532013001 XX00123456789012',
  'task-list-of-many-words sk-this-is-a-rather-long-slug-of-words AKIA eyJ.eyJ.',
  'gpt-4o-mini-2024-07-18 claude-3-5-sonnet-20241022 call_abc123DEF456',
  '-----BEGIN CERTIFICATE-----',
]

describe('the rules', () => {
  it.each(FOUND)('find what %j holds', (text, becomes) => {
    expect(mask(text)).toBe(becomes)
  })

  it.each(NOT_FOUND)('leave %j alone', (text) => {
    expect(mask(text)).toBe(text)
  })

  it('count each place by its rule', () => {
    const counts: string[] = []
    redactor('mask', counts)('a@example.com b@example.com +49 30 1234567')
    expect(counts).toEqual(['email', 'email', 'phone'])
  })

  it('hash to one name what is one, however it is written, and drop what shall go', () => {
    const hash = redactor('hash')
    const [first, second, other] = [
      'DE89 3704 0044 0532 0130 00',
      'de89370400440532013000',
      'GB82WEST12345698765432',
    ].map(hash)
    expect(first).toMatch(/^\[iban:[0-9a-f]{16}\]$/)
    expect(second).toBe(first)
    expect(other).not.toBe(first)
    expect(redactor('drop')('mail jane@example.com now')).toBe('mail  now')
  })
})

describe('a JSON document', () => {
  const planted = fc.constantFrom(
    'jane@example.com',
    '+49 30 1234567',
    '4111 1111 1111 1111',
    'DE89370400440532013000',
    TOKEN,
    'AKIAIOSFODNN7EXAMPLE',
  )
  const SECRET = /jane@example|1234567|4111 1111|DE8937|eyJzdWI|AKIAIOS/
  const around = fc.oneof(
    fc.constantFrom('', ' ', '\n', '\t', '"', '\\', '/', ': ', '{"', '€', '\u2028'),
    fc.string({ maxLength: 5 }).map((text) => `${text} `),
  )
  const leaf = fc.tuple(around, planted, around).map(([before, secret, after]) => `${before} ${secret} ${after}`)
  const document = fc.dictionary(
    fc.string({ maxLength: 5 }),
    fc.oneof(
      leaf,
      fc.double(),
      fc.array(leaf, { maxLength: 2 }),
      fc.constant(4111111111111111),
      fc.record({ inner: leaf }).map((inner) => JSON.stringify(inner)),
    ),
    { minKeys: 1, maxKeys: 4 },
  )

  it('stays one, and what was planted is gone, also where it is JSON in a text of JSON', () => {
    fc.assert(
      fc.property(document, fc.boolean(), (made, twice) => {
        const text = twice ? JSON.stringify(JSON.stringify(made)) : JSON.stringify(made)
        const result = mask(text)
        expect(result).not.toMatch(SECRET)
        const read: unknown = JSON.parse(result)
        if (twice) JSON.parse(read as string)
      }),
      { numRuns: 500 },
    )
  })
})

it('takes time in proportion to the text, whatever it is made of', () => {
  const hostile = ['@', 'a@', '4', '4 ', '+4', '\\', '%', 'sk-', '-----BEGIN ', 'eyJ', 'DE89', 'a.', '(4', '0 1', '-']
  for (const part of hostile) {
    const time = (bytes: number): number => {
      const text = part.repeat(Math.ceil(bytes / part.length))
      const began = performance.now()
      mask(text)
      return performance.now() - began
    }
    time(50_000)
    expect([part, time(400_000)]).toEqual([part, expect.toSatisfy((ms: number) => ms < 2_000)])
  }
})
