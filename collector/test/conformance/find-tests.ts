// Test files in; the items that the names of their tests carry out. A name begins with the numbers of what it proves: `14: …`, `items 6, 8: …`.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..', '..')
const FOLDERS = ['collector/src/receive', 'collector/test']

const NUMBERS = /^(?:items? )?(\d{1,2}(?:, \d{1,2})*): /
const TITLE = /(['"`])((?:items? )?\d{1,2}(?:, \d{1,2})*: )/g

/** The items that a name of a test, or of what is around it, begins with. */
export function itemsOf(title: string): number[] {
  const [, list] = NUMBERS.exec(title) ?? []
  return list === undefined ? [] : list.split(', ').map(Number)
}

/** Item -> files with a test of it, relative to the root, in order. */
export function findTests(): Map<number, string[]> {
  const found = new Map<number, Set<string>>()
  for (const file of FOLDERS.flatMap(testFiles)) {
    for (const [, , title = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(TITLE)) {
      for (const item of itemsOf(title)) found.set(item, (found.get(item) ?? new Set()).add(file))
    }
  }
  return new Map([...found].map(([item, files]) => [item, [...files].sort()]))
}

function testFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts') && entry.name !== 'results.test.ts')
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort()
}
