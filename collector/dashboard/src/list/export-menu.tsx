// A list and its filter in; a file of it out: NDJSON, CSV or Parquet, as the API writes them.
import { useState } from 'react'
import { apiPath, type Params, send } from '../api/client.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { Popover } from '../ui/popover.tsx'
import type { ListSpec } from './lists.ts'

const FORMATS = [
  ['csv', 'CSV'],
  ['ndjson', 'NDJSON'],
  ['parquet', 'Parquet'],
] as const

export function ExportMenu({ spec, params }: { spec: ListSpec; params: Params }) {
  const [problem, setProblem] = useState<unknown>()
  const save = async (format: string): Promise<void> => {
    setProblem(undefined)
    const { from, to, q, fields } = params
    const answer = await send(apiPath(`/api/v1/export/${spec.name}`, { format, from, to, q, fields }))
    const url = URL.createObjectURL(await answer.blob())
    const link = document.createElement('a')
    link.href = url
    link.download = `${spec.name}.${format}`
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <Popover label="Export" align="end">
      {(close) => (
        <>
          <ul className="menu">
            {FORMATS.map(([format, name]) => (
              <li key={format}>
                <button type="button" onClick={() => void save(format).then(close, setProblem)}>
                  {name}, at most 100,000 rows
                </button>
              </li>
            ))}
          </ul>
          {problem !== undefined && <ErrorState problem={problem} />}
        </>
      )}
    </Popover>
  )
}
