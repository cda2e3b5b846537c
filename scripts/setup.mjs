// Makes `npm start` and `npm test` work on a fresh clone: installs when node_modules is missing or older than the lock file.
// Plain JavaScript, because this one file runs on the Node that the machine has.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

const marker = 'node_modules/.package-lock.json'
const lock = 'package-lock.json'
const fresh =
  existsSync(marker) && existsSync('node_modules/.bin/node') && statSync(marker).mtimeMs >= statSync(lock).mtimeMs

if (!fresh) {
  console.error('Installing dependencies (once; about 300 MB, mostly the embedded ClickHouse engine) …')
  const result = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (result.status !== 0) {
    console.error('cannot install the dependencies: see the npm message above')
    process.exit(result.status ?? 1)
  }
}
