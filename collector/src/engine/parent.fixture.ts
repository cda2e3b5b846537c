// Test help: a collector reduced to its engine, as a process of its own that a test can kill. Prints its engine as JSON.
import { startTestEngine } from './engine.fixture.ts'

const { engine } = await startTestEngine(process.argv[2] ?? '')
process.stdout.write(`${JSON.stringify({ pid: engine.pid(), url: engine.url })}\n`)
setInterval(() => undefined, 60_000)
