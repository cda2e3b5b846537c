// `npm run bench`: every claim of speed and memory, in one run.
import { benchAllocation } from './allocation.ts'
import { benchIngest } from './ingest.ts'
import { benchWalk } from './walk.ts'

console.log(`Node ${process.version}, ${process.platform} ${process.arch}`)
benchWalk()
await benchAllocation()
await benchIngest()
