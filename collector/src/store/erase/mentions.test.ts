import { expect, it } from 'vitest'
import { mentions } from './mentions.ts'

const ID = '000102030405060708090a0b0c0d0e0f'
const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : Buffer.from(part))))
const trace = (id: string) => ({ subject: { kind: 'trace', value: id } as const, traces: new Set([id]) })
const user = (value: string) => ({ subject: { kind: 'user', value } as const, traces: new Set<string>() })

it('finds a trace id as a span and as a log record write it, and nowhere else', () => {
  expect(mentions(bytes([0x12, 0x40, 0x0a, 0x10], ID), trace(ID))).toBe(true)
  expect(mentions(bytes([0x10, 0x10, 0x4a, 0x10], ID), trace(ID))).toBe(true)
  expect(mentions(bytes([0x12, 0x10], ID), trace(ID))).toBe(false)
  expect(mentions(bytes([0x0a, 0x10], 'ff'.repeat(16)), trace(ID))).toBe(false)
  expect(mentions(bytes([0x0a, 0x10], ID.slice(0, 30)), trace(ID))).toBe(false)
})

it('finds a user by the whole value, not inside of another, also one longer than a byte can say', () => {
  const long = 'u'.repeat(300)
  const value = (text: string): Uint8Array =>
    Buffer.concat([Buffer.from(text.length < 128 ? [0x0a, text.length] : [0x0a, 0xac, 0x02]), Buffer.from(text)])
  expect(mentions(value('4'), user('4'))).toBe(true)
  expect(mentions(value('42'), user('4'))).toBe(false)
  expect(mentions(value(long), user(long))).toBe(true)
  expect(mentions(value(long), user('u'))).toBe(false)
})
