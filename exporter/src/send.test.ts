import { afterEach, describe, expect, it } from 'vitest'
import { type OtlpServer, startOtlpServer } from '../test/otlp-server.ts'
import { createSender, type Sender } from './send.ts'

describe('a sender whose page goes away', () => {
  let server: OtlpServer
  let sender: Sender
  afterEach(async () => {
    sender.stop()
    await server.close()
  })

  async function senderTo(compression: 'gzip' | 'none', refusals: number): Promise<Sender> {
    server = await startOtlpServer((response, index) => {
      response.writeHead(index < refusals ? 503 : 200, { 'retry-after': '60' }).end()
    })
    const url = `${server.url}/batch/`
    const rest = {
      headers: {},
      contentType: 'application/json',
      isKeyInBody: true,
      timeoutMs: 5000,
      retryForMs: 90_000,
    }
    return createSender({ url, compression, ...rest })
  }

  const body = (name: string) => new TextEncoder().encode(JSON.stringify({ batch: [{ event: name }] }))
  const names = () => server.requests.flatMap(({ json }) => json?.batch.map(({ event }) => event) ?? [])
  async function until(requests: number): Promise<void> {
    while (server.requests.length < requests) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  it('hands over what is still being packed, once', async () => {
    sender = await senderTo('gzip', 0)
    const sent = sender.send(body('packed'))
    sender.beacon([body('queued')])
    expect(await sent).toEqual({ sent: true, rejectedSpans: 0, detail: '' })
    await until(2)
    expect(names().sort()).toEqual(['packed', 'queued'])
  })

  it('hands over what waits for a retry, and does not send it again', async () => {
    sender = await senderTo('none', 1)
    const sent = sender.send(body('refused'))
    await until(1)
    // The answer is read a moment after the server has written it.
    await new Promise((resolve) => setTimeout(resolve, 50))
    sender.beacon([])
    expect(await sent).toMatchObject({ sent: true })
    await until(2)
    expect(names()).toEqual(['refused', 'refused'])
  })
})
