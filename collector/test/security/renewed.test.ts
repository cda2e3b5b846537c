// A certificate that is renewed on disk, while connections go on.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, expect, it } from 'vitest'
import { watchTls } from '../../src/app-tls.ts'
import { loadConfig } from '../../src/config/load.ts'
import { startOtlpGrpc } from '../../src/receive/otlp-grpc.ts'
import { startOtlpHttp } from '../../src/receive/otlp-http.ts'
import { testDoor } from '../../src/receive/testing.ts'
import { createLog } from '../../src/telemetry/log.ts'
import { eventually } from '../collector-process.ts'

const FOLDER = join(import.meta.dirname, '../fixtures/tls')
const dir = mkdtempSync(join(tmpdir(), 'insights-renewed-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function makePair(name: string): { cert: string; key: string } {
  const [cert, key] = [join(dir, `${name}.pem`), join(dir, `${name}-key.pem`)]
  const subject = ['-subj', `/CN=${name}`, '-days', '2', '-keyout', key, '-out', cert]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...subject],
    {
      stdio: 'ignore',
    },
  )
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
}

const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false // the test says so by being skipped
  }
})()

/** Who answers, by the name in its certificate. */
function nameAt(address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      port: Number(address.split(':').at(-1)),
      host: '127.0.0.1',
      rejectUnauthorized: false,
      ALPNProtocols: ['h2', 'http/1.1'],
    })
    socket.on('error', reject)
    socket.on('secureConnect', () => {
      resolve(String(socket.getPeerCertificate().subject.CN))
      socket.destroy()
    })
  })
}

it.runIf(hasOpenssl)(
  'is used by every door from the next handshake on, and a pair that does not fit is not',
  async () => {
    const [certFile, keyFile] = [join(dir, 'tls.crt'), join(dir, 'tls.key')]
    copyFileSync(join(FOLDER, 'cert.pem'), certFile)
    copyFileSync(join(FOLDER, 'key.pem'), keyFile)
    const env = { INSIGHTS_TLS_CERT_FILE: certFile, INSIGHTS_TLS_KEY_FILE: keyFile }
    const watched = await watchTls(loadConfig({ env, cwd: dir }).config, createLog('silent'), 20)
    if (watched === undefined) throw new Error('there is no TLS')
    const doors = [
      await startOtlpHttp({ ...testDoor().options, tls: watched.tls }),
      await startOtlpGrpc({ ...testDoor().options, tls: watched.tls }),
    ]
    const names = () => Promise.all(doors.map(({ address }) => nameAt(address)))
    try {
      expect(await names()).toEqual(['localhost', 'localhost'])
      const renewed = makePair('renewed.example')
      writeFileSync(certFile, renewed.cert)
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(await names()).toEqual(['localhost', 'localhost'])
      writeFileSync(keyFile, renewed.key)
      await eventually('the renewed certificate', async () =>
        (await names()).every((name) => name === 'renewed.example') ? true : undefined,
      )
    } finally {
      await Promise.all(doors.map((door) => door.stop(0)))
      await watched.stop()
    }
  },
)
