// Commands beside a collector with TLS: they trust its own certificate, whoever signed it, and no other.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useCollector } from '../collector-process.ts'
import { runCliWith } from '../run-cli.ts'

const FOLDER = join(import.meta.dirname, '../fixtures/tls')
const TLS = { INSIGHTS_TLS_CERT_FILE: join(FOLDER, 'cert.pem'), INSIGHTS_TLS_KEY_FILE: join(FOLDER, 'key.pem') }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'insights-cli-tls-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Check {
  name: string
  status: string
}

describe('a certificate', () => {
  const collector = useCollector(TLS)

  it('is trusted by commands that ask the API, as an operator and as a project, and by doctor', async () => {
    expect(await runCliWith(TLS, collector(), 'deadletter', 'list')).toMatchObject({ code: 0, result: [] })
    const look = ['erase', '--user', 'nobody', '--dry-run']
    expect(await runCliWith(TLS, collector(), ...look)).toMatchObject({ code: 0, result: { traces: 0 } })
    expect(await runCliWith(TLS, collector(), 'keys', 'list')).toMatchObject({ code: 0 })
    const doctor = await runCliWith<{ checks: Check[] }>(TLS, collector(), 'doctor')
    const found = Object.fromEntries(doctor.result.checks.map(({ name, status }) => [name, status]))
    expect(found).toMatchObject({ collector: 'ok', store: 'ok', 'round trip': 'ok' })
  })

  it('of another is not: a command does not send its key there', async () => {
    const other = join(folder, 'other.pem')
    await writeFile(other, rootCertificates[0] ?? '')
    const refused = await runCliWith({ ...TLS, INSIGHTS_TLS_CERT_FILE: other }, collector(), 'deadletter', 'list')
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('INSIGHTS_DATA_DIR_LOCKED')
  })
})

describe('where clients show a certificate', () => {
  const mutual = { ...TLS, INSIGHTS_TLS_CLIENT_CA_FILE: TLS.INSIGHTS_TLS_CERT_FILE }
  const collector = useCollector(mutual)

  it("commands show the collector's own", async () => {
    expect(await runCliWith(mutual, collector(), 'deadletter', 'list')).toMatchObject({ code: 0, result: [] })
    expect((await runCliWith(TLS, collector(), 'deadletter', 'list')).code).toBe(1)
  })
})
