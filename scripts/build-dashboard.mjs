// The dashboard's sources in; collector/dashboard/dist out, with .br and .gz beside each file. Does nothing when dist is of these very sources.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const ROOT = resolve(import.meta.dirname, '..')
const DASHBOARD = join(ROOT, 'collector/dashboard')
const DIST = join(DASHBOARD, 'dist')
const STAMP = join(DIST, '.built')
/** Tables of the API that the page is made with. */
const SHARED = [
  'collector/src/query/columns.ts',
  'collector/src/query/filter/fields.ts',
  'collector/src/query/sql/views.ts',
  'collector/src/query/money.ts',
  'collector/src/query/trace-tree.ts',
  'package-lock.json',
  'scripts/build-dashboard.mjs',
]

const stamp = hashOf([
  ...filesOf(join(DASHBOARD, 'src')),
  ...filesOf(join(DASHBOARD, 'public')),
  ...topFiles(),
  ...SHARED,
])
if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== stamp) build()

function build() {
  const began = Date.now()
  // Beside the old one and then in its place: who starts meanwhile finds a whole page.
  const made = join(DASHBOARD, `dist-${process.pid}`)
  const node = join(ROOT, 'node_modules/.bin/node')
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const args = [vite, 'build', '--config', join(DASHBOARD, 'vite.config.ts'), '--outDir', made, '--logLevel', 'warn']
  const { status } = spawnSync(existsSync(node) ? node : process.execPath, args, { stdio: ['ignore', 2, 2], cwd: ROOT })
  if (status !== 0) {
    rmSync(made, { recursive: true, force: true })
    console.error('cannot build the dashboard: see the message above')
    process.exit(status ?? 1)
  }
  for (const file of filesOf(made)) compress(file)
  writeFileSync(join(made, '.built'), stamp)
  rmSync(DIST, { recursive: true, force: true })
  renameSync(made, DIST)
  console.error(`Dashboard built in ${((Date.now() - began) / 1000).toFixed(1)} s`)
}

function compress(file) {
  const bytes = readFileSync(file)
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }))
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function topFiles() {
  return ['index.html', 'vite.config.ts', 'package.json'].map((name) => join(DASHBOARD, name))
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(file.replace(ROOT, ''))
      .update(readFileSync(resolve(ROOT, file)))
      .update('\0')
  return hash.digest('hex')
}
