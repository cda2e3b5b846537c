import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { Client, credentials } from '@grpc/grpc-js'
import { afterEach, describe, expect, test } from 'vitest'
import { grpc } from '../../../proto/gen/rpc.js'
import { startOtlpGrpc } from './otlp-grpc.ts'
import { startOtlpHttp } from './otlp-http.ts'
import { testDoor } from './testing.ts'

const FOLDER = join(import.meta.dirname, '../../test/fixtures/tls')
const cert = readFileSync(join(FOLDER, 'cert.pem'), 'utf8')
const key = readFileSync(join(FOLDER, 'key.pem'), 'utf8')

let ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.reverse()) await end()
  ends = []
})

const portOf = (address: string): number => Number(address.split(':').at(-1))

async function openHttp(tls: { cert: string; key: string; ca?: string }) {
  const door = await startOtlpHttp({ ...testDoor().options, tls })
  ends.push(() => door.stop(0))
  return portOf(door.address)
}

function getStatus(port: number, own: { cert?: string; key?: string }): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: 'localhost', port, ca: cert, ...own }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

describe('item 86: TLS', () => {
  test('HTTP answers over TLS and refuses versions before 1.2', async () => {
    const port = await openHttp({ cert, key })
    expect(await getStatus(port, {})).toBe(200)
    const old = connect({ port, host: 'localhost', ca: cert, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })
    await expect(
      new Promise((resolve, reject) => old.on('error', reject).on('secureConnect', resolve)),
    ).rejects.toThrow()
  })

  test('HTTP with a CA lets in only clients that it signed', async () => {
    const port = await openHttp({ cert, key, ca: cert })
    expect(await getStatus(port, { cert, key })).toBe(200)
    await expect(getStatus(port, {})).rejects.toThrow()
  })

  test('gRPC answers over TLS with ALPN h2, and with a CA only to clients that it signed', async () => {
    const door = await startOtlpGrpc({ ...testDoor().options, tls: { cert, key, ca: cert } })
    ends.push(() => door.stop(0))
    const check = (own: [Buffer, Buffer] | []) => {
      const client = new Client(`localhost:${portOf(door.address)}`, credentials.createSsl(Buffer.from(cert), ...own))
      ends.push(() => client.close())
      const bytes = Buffer.from(grpc.health.v1.HealthCheckRequest.encode({}).finish())
      return new Promise((resolve, reject) => {
        const same = (message: Buffer): Buffer => message
        client.makeUnaryRequest('/grpc.health.v1.Health/Check', same, same, bytes, (error, reply) =>
          error ? reject(error) : resolve(grpc.health.v1.HealthCheckResponse.decode(reply!).status),
        )
      })
    }
    expect(await check([Buffer.from(key), Buffer.from(cert)])).toBe(1)
    await expect(check([])).rejects.toThrow()
  })
})
