// A data directory -> connections of the in-process ClickHouse. The only file that knows the chDB addon.
// We call the addon under `chdb` and not its JavaScript API, because that API refuses binary insert formats
// (Native, RowBinary, Parquet), serialises all bound-parameter queries, and installs exit hooks of its own.
// The supervisor's self-test guards the assumptions made here at every start.
import { mkdirSync, rmSync } from 'node:fs'
import { unlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** A finished statement. `bytes` is the output in the asked format; `resultRows` is what chDB calls rowsRead. */
export interface EngineResult {
  bytes: Uint8Array
  resultRows: number
  readBytes: number
  writtenRows: number
  writtenBytes: number
  elapsedSeconds: number
}

/** One native connection: own settings, own parameters, ONE statement at a time. Opening one costs about 0.2 ms. */
export interface EngineConnection {
  /** Runs SQL off the event loop. A FORMAT clause in the text wins over `format`. Rejects with the engine's exception text. */
  query(sql: string, format: string): Promise<EngineResult>
  /** Inserts bytes of any format; `data` must not change until settled. */
  insert(target: InsertTarget, data: Uint8Array): Promise<EngineResult>
  /** Only when no statement runs: closing under one aborts the whole process. */
  close(): void
}

/** An INSERT taken apart where its source belongs: `INSERT INTO t (a)`, `SETTINGS x = 1` or nothing, and the format's name. */
export interface InsertTarget {
  into: string
  settings: string
  format: string
}

/** The process-wide engine: one data directory per process. */
export interface EngineDatabase {
  connect(): EngineConnection
  close(): void
}

interface AddonResult {
  bytes?: Uint8Array
  rowsRead?: number
  bytesRead?: number
  rowsWritten?: number
  bytesWritten?: number
  elapsed: number
}

type Handle = { readonly chdbHandle: unique symbol }

interface Addon {
  CreateConnection(path: string, args: readonly string[]): Handle
  InsertRawAsyncConnection(handle: Handle, prefix: string, data: Uint8Array, countLines: boolean): Promise<AddonResult>
  CloseConnection(handle: Handle): void
  QueryAsyncConnection(handle: Handle, sql: string, format: string): Promise<AddonResult>
}

/** Opens the data directory. Throws when it is locked by another process or cannot be read (details go to stderr). */
export function openEngineDatabase(path: string, args: readonly string[]): EngineDatabase {
  const addon = loadAddon()
  const spool = `${path}-spool`
  // What a killed engine left behind was never inserted, or is known to be by whoever sent it.
  rmSync(spool, { recursive: true, force: true })
  mkdirSync(spool, { recursive: true, mode: 0o700 })
  // The engine lives as long as some connection does, so one is held that runs nothing.
  const keeper = addon.CreateConnection(path, args)
  return {
    connect: () => connection(addon, addon.CreateConnection(path, args), spool),
    close: () => addon.CloseConnection(keeper),
  }
}

let nextFile = 0
const NO_DATA = Buffer.alloc(0)

// Data go in by a file that lives for milliseconds and so hardly ever reaches the disk. chDB's raw insert would take them
// from memory, but it ends them at the first empty line, which binary blocks and prompts are full of.
function connection(addon: Addon, handle: Handle, spool: string): EngineConnection {
  return {
    query: async (sql, format) => toResult(await addon.QueryAsyncConnection(handle, sql, format)),
    insert: async (target, data) => {
      const file = join(spool, String(nextFile++))
      await writeFile(file, data, { mode: 0o600 })
      // On lines of their own: what comes before may end in a comment.
      const sql = `${target.into}\nFROM INFILE ${quote(file)}\n${target.settings}\nFORMAT ${target.format}`
      try {
        // The raw entry, with nothing beside the file: unlike the query entry it says how many rows were written.
        return toResult(await addon.InsertRawAsyncConnection(handle, `${sql} `, NO_DATA, false))
      } finally {
        await unlink(file)
      }
    },
    close: () => addon.CloseConnection(handle),
  }
}

function toResult(raw: AddonResult): EngineResult {
  return {
    bytes: raw.bytes ?? new Uint8Array(0),
    resultRows: raw.rowsRead ?? 0,
    readBytes: raw.bytesRead ?? 0,
    writtenRows: raw.rowsWritten ?? 0,
    writtenBytes: raw.bytesWritten ?? 0,
    elapsedSeconds: raw.elapsed,
  }
}

const quote = (text: string): string => `'${text.replace(/[\\']/g, (c) => `\\${c}`)}'`

// Relative to chdb's main file, since its package exports do not list the loader.
function loadAddon(): Addon {
  const main = createRequire(import.meta.url).resolve('chdb')
  const loader = createRequire(main)('./dist/loader.js') as { loadNative(): Addon }
  return loader.loadNative()
}
