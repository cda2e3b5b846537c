// Every file below a data directory, searched for bytes that must be nowhere; the engine's compressed files are read back by SQL instead.
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { RunningCollector } from '../collector-process.ts'

/** Files that hold one of the texts, as `path: text`. */
export async function filesWith(directory: string, texts: readonly string[]): Promise<string[]> {
  const found: string[] = []
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    // Files of the engine come and go while it works.
    const bytes = await readFile(path).catch(() => Buffer.alloc(0))
    for (const text of texts) if (bytes.includes(text)) found.push(`${relative(directory, path)}: ${text}`)
  }
  return found
}

/** Tables with a row that has one of the texts in any of its columns, as `table: text`. */
export async function tablesWith(collector: RunningCollector, texts: readonly string[]): Promise<string[]> {
  const tables = await collector.sql<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = 'insights' AND engine LIKE '%MergeTree' ORDER BY name",
  )
  const found: string[] = []
  for (const { name } of tables) {
    for (const text of texts) {
      const [row] = await collector.sql<{ rows: number }>(
        `SELECT countIf(position(toString(tuple(*)), {text:String}) > 0) AS rows FROM insights.${name}`,
        { text },
      )
      if (row?.rows !== 0) found.push(`${name}: ${text}`)
    }
  }
  return found
}
