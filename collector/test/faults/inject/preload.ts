// Loaded into a collector by `node --import`, by tests only: wraps the seams of the process, so that nothing of this is in the product.
import { ClientRequest, ServerResponse } from 'node:http'
import { DiskJournal } from '../../../src/journal/disk-journal.ts'
import { nodeFiles, type OpenFile } from '../../../src/journal/files.ts'
import { createFaults } from '../../../src/journal/testing/faulty-files.ts'
import { FAULTS_VARIABLE, type Failpoint, type Injection } from './faults.ts'

const PRODUCT_INSERT_TIMEOUT_MS = 120_000

let injection: Injection = {}
let passes = 0
const disk = createFaults({ ...nodeFiles })

function pass(at: Failpoint): void {
  const { failpoint } = injection
  if (failpoint?.at === at && ++passes >= failpoint.pass) process.kill(process.pid, 'SIGKILL')
}

function inject(next: Injection): void {
  injection = { ...injection, ...next }
  for (const operation of ['write', 'datasync'] as const) {
    const errno = injection.disk?.[operation]
    if (errno === undefined) delete disk[operation]
    else disk[operation] = errno
  }
}

function wrapDisk(): void {
  const watch = (file: OpenFile): OpenFile => ({
    ...file,
    async write(buffers, position) {
      await file.write(buffers, position)
      pass('journal-written')
    },
    async datasync() {
      if (injection.syncDelayMs) await new Promise((done) => setTimeout(done, injection.syncDelayMs))
      await file.datasync()
      pass('journal-synced')
    },
  })
  const { open } = disk.files
  Object.assign(nodeFiles, disk.files, {
    open: async (...args: Parameters<typeof open>) => watch(await open(...args)),
  })
}

function wrapJournal(): void {
  const { seal, commit } = DiskJournal.prototype
  DiskJournal.prototype.seal = async function (input) {
    const sealed = await seal.call(this, input)
    pass('sealed')
    return sealed
  }
  DiskJournal.prototype.commit = function (sealId, batchIndex) {
    pass('inserted')
    commit.call(this, sealId, batchIndex)
    // Its record is written with the next group, or within a second: now it is in memory only.
    pass('committed')
  }
}

function wrapHttp(): void {
  const { end: reply } = ServerResponse.prototype
  ServerResponse.prototype.end = function (this: ServerResponse, ...args: unknown[]) {
    if (this.statusCode === 200 && this.req.url === '/v1/traces') this.once('finish', () => pass('acknowledged'))
    return Reflect.apply(reply, this, args)
  } as typeof reply
  const { end: send } = ClientRequest.prototype
  ClientRequest.prototype.end = function (this: ClientRequest, ...args: unknown[]) {
    if (/query=INSERT/.test(this.path)) this.once('finish', () => pass('insert-sent'))
    return Reflect.apply(send, this, args)
  } as typeof send
}

function wrapTime(): void {
  const { now } = Date
  const { timeout } = AbortSignal
  let stoodAt: number | undefined
  Date.now = () => {
    stoodAt = injection.clockFrozen ? (stoodAt ?? now()) : undefined
    return (stoodAt ?? now()) + (injection.clockShiftMs ?? 0)
  }
  AbortSignal.timeout = (ms) => {
    return timeout.call(AbortSignal, ms === PRODUCT_INSERT_TIMEOUT_MS ? (injection.insertTimeoutMs ?? ms) : ms)
  }
}

wrapDisk()
wrapJournal()
wrapHttp()
wrapTime()
inject(JSON.parse(process.env[FAULTS_VARIABLE] ?? '{}') as Injection)
process.on('message', (message) => {
  inject(message as Injection)
  process.send?.('injected')
})
// The channel alone must not keep a collector alive that wants to end.
process.channel?.unref()
