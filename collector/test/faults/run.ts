// Arguments in; each chosen fault run with a seed, one line of counts a fault, and an exit code that says whether all held, out.
//
//   npm run faults -- --fault F1,F7 --cycles 500 --seed 42
import { parseArgs } from 'node:util'
import { FAULTS, type NumberedFault, SHORT_SEED } from './faults.ts'
import { type FaultReport, isClean } from './scenario.ts'

const USAGE = `npm run faults -- [--fault ${Object.keys(FAULTS).join(',')}] [--seed N] [--cycles N]`

const COLUMNS = ['cycles', 'sent', 'acknowledged', 'stored', 'missing', 'doubled', 'altered', 'phantom'] as const

interface Chosen {
  readonly id: string
  readonly fault: NumberedFault
}

function choose(list: string | undefined): Chosen[] {
  return (list?.split(',') ?? Object.keys(FAULTS)).map((name) => {
    const id = name.trim().toUpperCase()
    const fault = FAULTS[id]
    if (!fault) throw new RangeError(`no fault ${name}; usage: ${USAGE}`)
    return { id, fault }
  })
}

function line(report: FaultReport): string {
  const counts = COLUMNS.map((column) => `${column} ${report[column]}`)
  return [...counts, `rollups ${report.rollupsEqual ? 'equal' : 'DIFFER'}`].join(', ')
}

async function runOne({ id, fault }: Chosen, seed: number, cycles: number): Promise<boolean> {
  const start = performance.now()
  print(`${id} ${fault.name}: ${cycles} cycles, seed ${seed}`)
  const onCycle = (n: number, acknowledged: number): void => {
    if (n % TELL_EVERY === 0) print(`   ${n} cycles, ${acknowledged} acknowledged, ${secondsSince(start)} s`)
  }
  const report = await fault.run({ seed, cycles, onCycle })
  const held = isClean(report)
  print(`${id} ${held ? 'held' : 'BROKEN'}: ${line(report)}, ${secondsSince(start)} s`)
  print(
    `   ${Object.entries(report.events)
      .map(([event, n]) => `${event} ${n}`)
      .join(', ')}`,
  )
  for (const wrong of report.wrong) print(`   WRONG: ${wrong}`)
  return held
}

const TELL_EVERY = 25
const secondsSince = (start: number): string => ((performance.now() - start) / 1000).toFixed(1)

const print = (text: string): void => void process.stdout.write(`${text}\n`)

const { values } = parseArgs({
  options: { fault: { type: 'string' }, seed: { type: 'string' }, cycles: { type: 'string' } },
})
const seed = Number(values.seed ?? SHORT_SEED)
const broken: string[] = []
for (const chosen of choose(values.fault)) {
  const held = await runOne(chosen, seed, Number(values.cycles ?? chosen.fault.shortCycles))
  if (!held) broken.push(chosen.id)
}
print(broken.length === 0 ? 'all held' : `BROKEN: ${broken.join(', ')}`)
process.exitCode = broken.length === 0 ? 0 : 1
