// .proto files in, gen/*.js and gen/*.d.ts out: static protobufjs code for the cold paths (error bodies, replies, tests).
// `--check` writes nothing and exits 1 when the checked-in code differs from what the .proto files say.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pbjs from 'protobufjs-cli/pbjs.js'

const HERE = import.meta.dirname
const BUNDLES = {
  otlp: [
    'opentelemetry/proto/collector/trace/v1/trace_service.proto',
    'opentelemetry/proto/collector/logs/v1/logs_service.proto',
    'opentelemetry/proto/collector/metrics/v1/metrics_service.proto',
  ],
  rpc: ['google/rpc/status.proto', 'google/rpc/error_details.proto', 'grpc/health/v1/health.proto'],
}
const FLAGS = ['--target', 'static-module', '--wrap', 'esm', '--dependency', 'protobufjs/minimal.js']
// Only plain encode and decode (and toObject for tests): services, type URLs and delimited forms are never called.
const LEAVE_OUT = ['--no-verify', '--no-delimited', '--no-typeurl', '--no-service', '--no-beautify']

const run = promisify(pbjs.main)

/** @returns {Promise<Map<string, string>>} file name -> text */
async function generate() {
  const outDir = await mkdtemp(join(tmpdir(), 'insights-proto-'))
  const made = new Map()
  try {
    for (const [bundle, protos] of Object.entries(BUNDLES)) {
      const out = join(outDir, `${bundle}.js`)
      const options = [...FLAGS, ...LEAVE_OUT, '--root', `insights-${bundle}`, '--path', HERE, '--out', out]
      const sources = protos.map((path) => join(HERE, path))
      // The types are read from the comments of the code; the code itself is half the size without them.
      await run([...options, '--dts', ...sources])
      await run([...options, '--no-comments', ...sources])
      for (const name of [`${bundle}.js`, `${bundle}.d.ts`]) made.set(name, await readFile(join(outDir, name), 'utf8'))
    }
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
  return made
}

const made = await generate()
const different = []
for (const [name, text] of made) {
  const path = join(HERE, 'gen', name)
  const current = await readFile(path, 'utf8').catch(() => '')
  if (current !== text) different.push(name)
}
if (!process.argv.includes('--check')) {
  await mkdir(join(HERE, 'gen'), { recursive: true })
  for (const [name, text] of made) await writeFile(join(HERE, 'gen', name), text)
  console.log(`wrote ${[...made.keys()].join(', ')} (${different.length} changed)`)
} else if (different.length > 0) {
  console.error(`proto/gen differs from the .proto files: ${different.join(', ')}. Run: npm run proto`)
  process.exitCode = 1
}
