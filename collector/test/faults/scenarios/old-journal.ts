// F16: a journal with records that are owed to the store, as each earlier format left it when its collector was killed: its spans are stored once. One of
// a format that is not known yet keeps the collector from starting, with a reason, and stays as it is.
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { FORMAT_VERSION, SEGMENT_HEADER_BYTES } from '../../../src/journal/format.ts'
import { CollectorProcess, withDataDir } from '../../collector-process.ts'
import { judge, type Verdict } from '../accounts.ts'
import type { FaultScenario } from '../scenario.ts'
import { spawn } from '../scenario.ts'

const JOURNALS = join(import.meta.dirname, '../../fixtures/journals')
/** Spans in each: requests of ten, some sealed and sent to nobody, some not sealed. */
const SPANS = 50
/** So that the day of the recording never lies too far back. */
const ENV = { INSIGHTS_RETENTION_DAYS: '36500' }

const NUMBERS = new Set(Array.from({ length: SPANS }, (_, n) => n))
const RECORDED = { sent: SPANS, acknowledgedOnRecord: () => NUMBERS }

export const oldJournals: FaultScenario = {
  name: 'pending journals of earlier formats, and of one that is not known yet',
  async run({ cycles }) {
    const wrong: string[] = []
    const events: Record<string, number> = {}
    const total: Verdict = {
      sent: 0,
      acknowledged: 0,
      stored: 0,
      missing: 0,
      doubled: 0,
      altered: 0,
      phantom: 0,
      rollupsEqual: true,
    }
    for (let n = 0; n < cycles; n++) {
      for (const format of (await readdir(JOURNALS)).sort()) {
        add(total, await drain(join(JOURNALS, format)))
        wrong.push(...(await refuse(join(JOURNALS, format))).map((text) => `${format}, made newer: ${text}`))
        events[format] = (events[format] ?? 0) + 1
      }
    }
    return { ...total, cycles, events, wrong }
  },
}

function add(total: Verdict, verdict: Verdict): void {
  for (const name of ['sent', 'acknowledged', 'stored', 'missing', 'doubled', 'altered', 'phantom'] as const)
    total[name] += verdict[name]
  total.rollupsEqual &&= verdict.rollupsEqual
}

const drain = (recorded: string): Promise<Verdict> =>
  withDataDir(async (dataDir) => {
    await cp(recorded, join(dataDir, 'journal'), { recursive: true })
    const collector = await spawn({ dataDir, env: ENV }).ready()
    try {
      return await judge(collector, RECORDED)
    } finally {
      await collector.process.stop()
    }
  })

/** @returns what was not as it must be */
const refuse = (recorded: string): Promise<string[]> =>
  withDataDir(async (dataDir) => {
    const journal = join(dataDir, 'journal')
    await cp(recorded, journal, { recursive: true })
    for (const name of await readdir(journal)) if (name.endsWith('.wal')) await makeNewer(join(journal, name))
    const before = await read(journal)
    const collector = CollectorProcess.spawn({ dataDir, env: ENV })
    const started = await collector.ready().then(
      () => true,
      () => false,
    )
    await collector.kill()
    const wrong: string[] = []
    if (started) wrong.push('the collector started')
    if (!/format newer than/.test(collector.stderr)) wrong.push(`the reason was not told: ${collector.stderr}`)
    const after = await read(journal)
    for (const [name, bytes] of before) if (!after.get(name)?.equals(bytes)) wrong.push(`${name} was changed`)
    return wrong
  })

/** As a later version would write its header. */
async function makeNewer(path: string): Promise<void> {
  const bytes = await readFile(path)
  bytes.writeUInt16LE(FORMAT_VERSION + 1, 12)
  bytes.writeUInt32LE(crc32(bytes.subarray(12, SEGMENT_HEADER_BYTES)), 8)
  await writeFile(path, bytes)
}

async function read(journal: string): Promise<Map<string, Buffer>> {
  const names = (await readdir(journal)).filter((name) => name.endsWith('.wal'))
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(journal, name))] as const)))
}
