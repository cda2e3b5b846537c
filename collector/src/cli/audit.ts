// `insights audit [--repair] [--from --to]`: what slipped through, found and, if asked, put right; by the running collector, or on the store.
import type { CommandCall } from './command-call.ts'
import { EXIT } from './output.ts'
import { table } from './table.ts'
import { withUpkeep } from './upkeep-client.ts'
import type { AuditResult } from './upkeep-interface.ts'

const MS_PER_DAY = 86_400_000

export async function runAudit(call: CommandCall): Promise<number> {
  const { command, output } = call
  const flags = command.opts<{ from?: string; to?: string; repair?: boolean }>()
  const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
  const to = flags.to ?? isoDay(Date.now())
  const from = flags.from ?? isoDay(Date.parse(`${to}T00:00:00Z`) - MS_PER_DAY)
  if (to < from) return output.fail(`cannot audit: --to ${to} is before --from ${from}`)
  return await withUpkeep(call, async (work) => {
    const request = { from, to, repair: flags.repair === true }
    const result = await work.audit(request, (day, done, total) => output.note(`${done}/${total}  ${day}`))
    output.result(result, resultText(result))
    // What was found and is still there is what a cron job must hear of.
    return result.findings.every(({ repaired }) => repaired) ? EXIT.ok : EXIT.failed
  })
}

function resultText({ from, to, days, batches, findings }: AuditResult): string {
  const looked = `${from} to ${to}: ${days} days with spans, ${batches === undefined ? 'no journal' : `${batches} inserts of the journal`}`
  if (findings.length === 0) return `${looked}; nothing found`
  const rows = findings.map(({ day, reason, count, repaired }) => [
    day,
    reason,
    String(count),
    repaired ? 'repaired' : 'NOT repaired',
  ])
  return `${looked}\n${table(['DAY', 'FOUND', 'COUNT', ''], rows)}`
}
