// `npm run bench`: every claim of speed and memory, in one run.
import { benchAllocation } from './allocation.ts'
import { benchDialects } from './dialects.ts'
import { benchDurability } from './durability.ts'
import { benchExporter } from './exporter.ts'
import { benchIngest } from './ingest.ts'
import { benchMessages } from './messages.ts'
import { benchQuery } from './query.ts'
import { benchRedact } from './redact.ts'
import { benchReprice } from './reprice.ts'
import { benchSettle } from './settle.ts'
import { benchWalk } from './walk.ts'

console.log(`Node ${process.version}, ${process.platform} ${process.arch}`)
benchWalk()
benchDialects()
benchMessages()
benchRedact()
await benchAllocation()
await benchDurability()
await benchIngest()
await benchReprice()
await benchSettle()
benchExporter()
await benchQuery({ rows: 1_000_000, tries: 10 })
