// The document of a project's own prices in; its rules and other names as tables, each with the way to take it out, out.

import { AskTwice } from '../ui/ask-twice.tsx'
import { TableHead } from '../ui/table-head.tsx'

/** A line of the document, as docs/pricing.md has it. What the page does not know of stays in it. */
interface Rule {
  name: string
  match: string
  provider?: string
  start?: string
  end?: string
  multiplier?: string | number
  per_million?: Readonly<Record<string, string | number>>
  tiers?: readonly object[]
  service_tiers?: object
}

interface Alias {
  match: string
  model?: string
  provider?: string
}

export interface PricesDocument {
  version: number
  prices: Rule[]
  aliases: Alias[]
}

interface OwnTableProps {
  document: PricesDocument
  onChange: (document: PricesDocument) => void
}

export function OwnTable({ document, onChange }: OwnTableProps) {
  const { prices, aliases } = document
  if (prices.length + aliases.length === 0) return null
  const without = <Row,>(rows: readonly Row[], index: number): Row[] => rows.filter((_, at) => at !== index)
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="Own prices">
      <table className="plain-table">
        <TableHead names={['Name', 'For', 'Holds', 'US dollars a million', '(Take out)']} />
        <tbody>
          {prices.map((rule, index) => (
            <tr key={`${index} ${rule.name}`}>
              <th scope="row">{rule.name}</th>
              <td>
                <code>{rule.match}</code> {rule.provider && <span className="muted">of {rule.provider}</span>}
              </td>
              <td className="nowrap">{holds(rule)}</td>
              <td>{rates(rule)}</td>
              <td className="end">
                <AskTwice
                  first="Take out …"
                  sure="Take it out"
                  of={rule.name}
                  isQuiet
                  onSure={() => onChange({ ...document, prices: without(prices, index) })}
                />
              </td>
            </tr>
          ))}
          {aliases.map((alias, index) => (
            <tr key={`${index} ${alias.match}`}>
              <th scope="row">
                <span className="badge">other name</span>
              </th>
              <td>
                <code>{alias.match}</code>
              </td>
              <td>always</td>
              <td>
                as <code>{alias.model ?? '–'}</code>{' '}
                {alias.provider && <span className="muted">of {alias.provider}</span>}
              </td>
              <td className="end">
                <AskTwice
                  first="Take out …"
                  sure="Take it out"
                  of={alias.match}
                  isQuiet
                  onSure={() => onChange({ ...document, aliases: without(aliases, index) })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function holds({ start, end }: Rule): string {
  if (start === undefined && end === undefined) return 'always'
  if (end === undefined) return `from ${start}`
  return start === undefined ? `before ${end}` : `${start}, before ${end}`
}

function rates({ per_million: perMillion, multiplier, tiers, service_tiers: serviceTiers }: Rule): string {
  const parts = Object.entries(perMillion ?? {}).map(([bucket, rate]) => `${bucket.replaceAll('_', ' ')} $${rate}`)
  if (multiplier !== undefined) parts.push(`× ${multiplier}`)
  if (tiers !== undefined) parts.push('more above a length')
  if (serviceTiers !== undefined) parts.push('others by service tier')
  return parts.join(', ')
}
