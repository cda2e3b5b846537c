import { describe, expect, it } from 'vitest'
import { createHostCheck, isSameOrigin } from './host.ts'

const OURS = ['localhost', 'localhost:4320', 'x.localhost', 'LOCALHOST.', '127.0.0.1:1', '127.9.9.9', '[::1]:4320']
const FOREIGN = [
  'evil.example',
  'evil.example:4320',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  'notlocalhost',
  'localhost@evil.example',
  'localhost:4320@evil.example',
  '127.0.0.1:4320/../evil.example',
  'evil.example#localhost',
  '0x7f000001.evil.example',
  '',
  ' ',
  'localhost ',
  'localhost:',
  'localhost:99999999',
  '[::1',
  '::1',
]

describe('a Host header', () => {
  it('on a loopback address must name this machine, or be configured', () => {
    const serves = createHostCheck({ isLoopback: true, isOpen: true, allowed: ['collector.test'] })
    for (const host of [...OURS, 'collector.test', 'Collector.Test:4320', 'collector.test.'])
      expect([host, serves(host)]).toEqual([host, true])
    for (const host of [...FOREIGN, '192.168.1.4:4320', '[fd00::1]', 'collector'])
      expect([host, serves(host)]).toEqual([host, false])
  })

  it('elsewhere without keys may be an address or a name of the own network, never a public name', () => {
    const serves = createHostCheck({ isLoopback: false, isOpen: true, allowed: [] })
    for (const host of [...OURS, '10.0.0.3:4320', '[fd00::1]', 'collector:4320', 'insights.ns.svc', 'nas.local'])
      expect([host, serves(host)]).toEqual([host, true])
    for (const host of ['evil.example', '10.0.0.3.evil.example', 'local.evil.example', '', 'a b'])
      expect([host, serves(host)]).toEqual([host, false])
  })

  it('elsewhere with keys may be any, unless names were configured', () => {
    const any = createHostCheck({ isLoopback: false, isOpen: false, allowed: [] })
    expect(['insights.example', '10.0.0.3', 'localhost'].map(any)).toEqual([true, true, true])
    expect(['', 'a b', 'x/y'].map(any)).toEqual([false, false, false])
    const named = createHostCheck({ isLoopback: false, isOpen: false, allowed: ['insights.example'] })
    expect(['insights.example:443', '10.0.0.3', 'localhost', 'evil.example'].map(named)).toEqual([
      true,
      true,
      true,
      false,
    ])
  })
})

it('an origin is ours when its host is the one that was asked, whatever the scheme', () => {
  expect(isSameOrigin('http://localhost:4320', 'localhost:4320')).toBe(true)
  expect(isSameOrigin('https://insights.example', 'Insights.Example')).toBe(true)
  expect(isSameOrigin('https://insights.example', 'insights.example:443')).toBe(true)
  expect(isSameOrigin('http://[::1]:4320', '[::1]:4320')).toBe(true)
  for (const [origin, host] of [
    ['http://localhost:3000', 'localhost:4320'],
    ['http://localhost.evil.example:4320', 'localhost:4320'],
    ['null', 'localhost'],
    ['', 'localhost'],
    ['file://', ''],
    ['http://evil.example', 'insights.example'],
  ] as const)
    expect([origin, isSameOrigin(origin, host)]).toEqual([origin, false])
})
