// Items, the files that test them and how they ended in; RESULTS.md out.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ROOT } from './find-tests.ts'
import { ITEMS } from './items.ts'

export type Result = 'pass' | 'fail' | 'no test'

export const RESULTS = join(import.meta.dirname, 'RESULTS.md')

const INTRO = `# Conformance of the receivers

What a receiver of OTLP has to do, in 90 items, each with the tests that carry its number. Made by \`npm run conformance:otlp\` from a run of those tests against the
real doors, with sockets and frames of our own where a client library would be too polite. A test fails while an item has none, or while this page is not of them.
`

const SENDERS = `
## Senders (item 88)

Unmodified, from npm, in each run: the OpenTelemetry SDK for JavaScript 3.1 and 2.12 with the exporters for gRPC, HTTP with protobuf and HTTP with JSON, plain and
gzip; the Langfuse SDK 5.11 by \`/api/public/otel\`; our own exporter on both SDKs ([senders.test.ts](../interop/senders.test.ts),
[langfuse.test.ts](../interop/langfuse.test.ts), [otel-senders.test.ts](../../src/receive/otel-senders.test.ts)).

Unmodified instrumentations from npm, in each run, around a provider on loopback ([instrumentations.test.ts](../interop/instrumentations.test.ts)): OpenInference
for OpenAI 4.2.7, Traceloop for OpenAI 0.27.0, Vercel AI SDK 7.0.173 with its OpenTelemetry integration; the OpenAI client 7.57. The rows say what each tells:
OpenInference and Traceloop tell of no tokens where an answer is a stream, Traceloop of no cached ones.

Recorded from unmodified senders that ran against a collector, and written to the doors again byte for byte in each run
([recorded-senders.test.ts](../interop/recorded-senders.test.ts)): RECORDED.

Payloads of instrumentations, recorded with the answers of the providers, over HTTP with protobuf and JSON ([live-fixtures.test.ts](../interop/live-fixtures.test.ts)): LIVE.

Not run: SDKs for .NET and Rust, Vector, Fluent Bit.

## Other languages (items 36, 37, 38, 42, 88)

\`npm run interop:languages\` runs unmodified clients at the real doors; it installs what \`interop/languages\` pins, so it is no part of \`npm test\`, and a language
that the machine does not have is skipped with a line that says so. Each waits as long as UNAVAILABLE and RESOURCE_EXHAUSTED say (2.9 s, twice; measured at the
door), and each delivers 25 spans once through a disk that is full for 2.5 s.

| client | version | RetryInfo | |
|---|---|---|---|
| Go, otlptracegrpc | GO | read from \`grpc-status-details-bin\` | pass |
| OpenTelemetry Collector, otlpexporter | OTELCOL | read from \`grpc-status-details-bin\` | pass |
| OpenTelemetry Collector, otlphttpexporter | OTELCOL_HTTP | Retry-After | pass |
| Python, opentelemetry-exporter-otlp-proto-grpc | PYTHON | read from \`google.rpc.retryinfo-bin\` alone | pass |
| Python, grpcio-status | STATUS | read from \`grpc-status-details-bin\` | pass |
| Java, grpc-java | GRPC | read from \`grpc-status-details-bin\` | pass |
| Java, opentelemetry-exporter-otlp | JAVA | not read: it has waits of its own | pass: delivers once |

OpenInference for OpenAI in Python (OPENINFERENCE, with the client OPENAI) tells over gRPC of a call, a stream and a tool: rows with what the provider answered.
`

/** What stands for a version in SENDERS, the file that pins it, and where in it. */
const PINS: readonly [name: string, file: string, version: RegExp][] = [
  ['GO', 'go/go.mod', /otlptracegrpc v(\S+)/],
  ['OTELCOL', 'otelcol/go.mod', /otlpexporter v(\S+)/],
  ['OTELCOL_HTTP', 'otelcol/go.mod', /otlphttpexporter v(\S+)/],
  ['PYTHON', 'python/requirements.txt', /^opentelemetry-exporter-otlp-proto-grpc==(\S+)$/m],
  ['OPENINFERENCE', 'python/requirements.txt', /^openinference-instrumentation-openai==(\S+)$/m],
  ['OPENAI', 'python/requirements.txt', /^openai==(\S+)$/m],
  ['STATUS', 'python/requirements.txt', /^grpcio-status==(\S+)$/m],
  ['GRPC', 'java/pom.xml', /<artifactId>grpc-protobuf<\/artifactId>\s*<version>(.+)<\/version>/],
  ['JAVA', 'java/pom.xml', /<artifactId>opentelemetry-exporter-otlp<\/artifactId>\s*<version>(.+)<\/version>/],
]

export function renderResults(
  tests: ReadonlyMap<number, readonly string[]>,
  results: ReadonlyMap<number, Result>,
): string {
  const passed = ITEMS.filter((_, i) => results.get(i + 1) === 'pass').length
  const rows = ITEMS.map((what, i) => {
    const files = (tests.get(i + 1) ?? []).map(link).join('<br>')
    return `| ${i + 1} | ${what} | ${files} | ${results.get(i + 1) ?? 'no test'} |`
  })
  const table = ['| | what | tests | result |', '|---|---|---|---|', ...rows].join('\n')
  const senders = SENDERS.replace('RECORDED', names('senders')).replace('LIVE', names('live'))
  return `${INTRO}\n**${passed} of ${ITEMS.length} items pass.**\n\n${table}\n${withVersions(senders)}`
}

const withVersions = (text: string): string =>
  PINS.reduce((done, [name, file, version]) => {
    const [, pinned = '?'] = version.exec(readFileSync(join(ROOT, 'interop/languages', file), 'utf8')) ?? []
    return done.replace(new RegExp(`\\b${name}\\b`), pinned)
  }, text)

function link(file: string): string {
  const name = file.split('/').at(-1)?.replace('.test.ts', '')
  return `[${name}](${relative(import.meta.dirname, join(ROOT, file))})`
}

const names = (folder: string): string =>
  readdirSync(join(ROOT, 'collector/test/fixtures', folder))
    .map((name) => `\`${name.replace('.bin', '')}\``)
    .sort()
    .join(', ')
