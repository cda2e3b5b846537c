// The dead-letter folder in; its files listed, shown, loaded once more, or dropped, out.
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { InsightsError } from '../telemetry/errors.ts'
import type { LoadTable } from './batch.ts'
import type { Store } from './client.ts'
import type { DayGate } from './day-gate.ts'
import { syncDirectory } from './dead-letter.ts'
import { deadRecordOf } from './dead-records.ts'
import { classifyFailure } from './failures.ts'
import { deadLetterRows, insertLedger } from './ledger.ts'

const FILE_NAME = /^(spans|log_events)-[0-9a-f]{32}\.jsonl$/

const lineSchema = z.object({
  time: z.string(),
  table: z.enum(['spans', 'log_events']),
  batch_id: z.string(),
  day: z.number(),
  row: z.number(),
  code: z.number().optional(),
  error: z.string(),
  columns: z.array(z.string()),
  native: z.string(),
})
export type DeadLetter = z.output<typeof lineSchema>

/** A line as it is shown: without the row, which is content. */
export type ShownLetter = Omit<DeadLetter, 'native'> & { size_bytes: number }

export interface DeadLetterFile {
  file: string
  table: string
  batch_id: string
  /** 2026-01-31 */
  day: string
  rows: number
  /** How many of each of ClickHouse's errors. */
  errors: Record<string, number>
  size_bytes: number
  /** When the first of them was refused. */
  time: string
}

export interface ReplayResult {
  file: string
  replayed: number
  /** Refused again; they stay, and nothing of them is in the table. */
  refused: number
  errors: Record<string, number>
}

export interface DeadLetters {
  list(): Promise<DeadLetterFile[]>
  show(file: string): Promise<ShownLetter[]>
  replay(file: string): Promise<ReplayResult>
  /** Deletes the file for good. @returns rows that were in it */
  drop(file: string): Promise<number>
  /** Every line, file by file. */
  letters(): AsyncIterable<{ file: string; letter: DeadLetter }>
}

export interface DeadLetterDeps {
  store: Store
  gate: DayGate
  dataDir: string
}

/** Each method rejects with INSIGHTS_NOT_FOUND when there is no such file. */
export function createDeadLetters(deps: DeadLetterDeps): DeadLetters {
  const directory = join(deps.dataDir, 'dead-letter')
  const read = (file: string): Promise<string[]> => readLines(directory, file)
  return {
    async list() {
      const files: DeadLetterFile[] = []
      for (const file of await names(directory)) files.push(await describe(directory, file))
      return files
    },
    async show(file) {
      return (await read(file)).map((text) => {
        const { native, ...rest } = parseLine(file, text)
        return { ...rest, size_bytes: Buffer.byteLength(native, 'base64') }
      })
    },
    async replay(file) {
      return await replay(directory, file, { ...deps, lines: await read(file) })
    },
    async drop(file) {
      const lines = await read(file)
      await unlink(join(directory, file))
      await syncDirectory(directory)
      return lines.length
    },
    async *letters() {
      for (const file of await names(directory)) {
        for (const text of await read(file)) yield { file, letter: parseLine(file, text) }
      }
    },
  }
}

async function names(directory: string): Promise<string[]> {
  const found = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return found.filter((name) => FILE_NAME.test(name)).sort()
}

async function readLines(directory: string, file: string): Promise<string[]> {
  const text = FILE_NAME.test(file) ? await readFile(join(directory, file), 'utf8').catch(absent) : undefined
  if (text === undefined) {
    throw new InsightsError('INSIGHTS_NOT_FOUND', 'cannot find this dead-letter file', {
      hint: 'insights deadletter list shows what there is',
    })
  }
  return text.split('\n').filter((line) => line !== '')
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

function parseLine(file: string, text: string): DeadLetter {
  try {
    return lineSchema.parse(JSON.parse(text))
  } catch {
    throw new InsightsError('INSIGHTS_STORE_MISMATCH', `cannot read ${file}: a line is not a dead letter`)
  }
}

async function describe(directory: string, file: string): Promise<DeadLetterFile> {
  const letters = (await readLines(directory, file)).map((text) => parseLine(file, text))
  const { size } = await stat(join(directory, file))
  const [table = '', rest = ''] = file.split('-')
  const day = letters[0]?.day ?? 0
  return {
    file,
    table,
    batch_id: rest.replace('.jsonl', ''),
    day: new Date(day * MS_PER_DAY).toISOString().slice(0, 10),
    rows: letters.length,
    errors: countBy(letters.map(({ error }) => error)),
    size_bytes: size,
    time: letters[0]?.time ?? '',
  }
}

const MS_PER_DAY = 86_400_000

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

type Outcome = { line: string; error: string | undefined }

/** A row's token is made of its line, so that a replay that was cut off, and is repeated, changes nothing but what is missing. */
async function replay(
  directory: string,
  file: string,
  { store, gate, lines }: DeadLetterDeps & { lines: readonly string[] },
): Promise<ReplayResult> {
  const outcomes: Outcome[] = []
  for (const line of lines) {
    const letter = parseLine(file, line)
    const error = await gate.share(letter.day, () => insertAgain(store, letter, line))
    outcomes.push({ line, error })
  }
  const refused = outcomes.filter(({ error }) => error !== undefined)
  const taken = outcomes.filter(({ error }) => error === undefined)
  if (taken.length > 0) await settleFile(directory, file, { taken, refused })
  return {
    file,
    replayed: taken.length,
    refused: refused.length,
    errors: countBy(refused.map(({ error }) => error ?? '')),
  }
}

/** @returns the name of ClickHouse's error when it still does not take the row; other failures are thrown, and nothing is moved then */
async function insertAgain(store: Store, letter: DeadLetter, line: string): Promise<string | undefined> {
  const hash = createHash('sha256').update(line).digest('hex')
  const block = Buffer.from(letter.native, 'base64')
  const table: LoadTable = letter.table
  try {
    await store.insertNative({ table, columns: letter.columns, bytes: block, token: `dead-${hash}` })
  } catch (cause) {
    const failure = classifyFailure(cause)
    if (failure.blame === 'rows') return failure.name
    throw new InsightsError(
      failure.blame === 'server' ? 'INSIGHTS_STORE_REJECTED' : 'INSIGHTS_STORE_UNREACHABLE',
      `cannot load a dead letter again: ${failure.name}`,
      { cause, hint: 'nothing is lost or doubled: try again when ClickHouse is well' },
    )
  }
  const record = deadRecordOf(table, { reason: letter.error, block })
  if (record) {
    const token = `dead-${hash}-ledger`
    await insertLedger(store, deadLetterRows([record], -1), { batchId: hash.slice(0, 32), token })
  }
  return undefined
}

/** What was taken goes to `done/`, what was not stays. */
async function settleFile(
  directory: string,
  file: string,
  { taken, refused }: { taken: readonly Outcome[]; refused: readonly Outcome[] },
): Promise<void> {
  const done = join(directory, 'done')
  await mkdir(done, { recursive: true, mode: 0o700 })
  const text = toText(taken)
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8)
  const target = join(done, file.replace('.jsonl', `-${hash}.jsonl`))
  if (refused.length === 0) await rename(join(directory, file), target)
  else {
    await writeDurably(target, text)
    await writeDurably(join(directory, file), toText(refused))
  }
  await syncDirectory(done)
  await syncDirectory(directory)
}

const toText = (outcomes: readonly Outcome[]): string => outcomes.map(({ line }) => `${line}\n`).join('')

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(`${path}.tmp`, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.tmp`, path)
}
