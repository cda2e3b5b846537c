// A whole app in a process of its own: ends one span and runs to its end. Arguments: host, and whether to await shutdown.
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { HanzoSpanExporter } from '../src/index.ts'

const [host = '', awaitShutdown = ''] = process.argv.slice(2)
const exporter = new HanzoSpanExporter({ host, timeoutMs: 1500 })
const provider = new TracerProvider({ spanProcessors: [exporter] })
provider.getTracer('script').startSpan('last words').end()
if (awaitShutdown === 'shutdown') await provider.shutdown()
process.on('exit', () => process.stdout.write(`dropped ${exporter.dropped}`))
