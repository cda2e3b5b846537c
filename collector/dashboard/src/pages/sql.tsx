// The query of the URL in; its result as a table and a chart out. The address is the permalink.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem } from '../api/client.ts'
import { sqlQuery } from '../api/queries.ts'
import { Editor } from '../sql/editor.tsx'
import { Result } from '../sql/result.tsx'
import { Schema } from '../sql/schema.tsx'
import { useUrlState } from '../state/search.ts'
import '../styles/sql.css'
import { CopyMenu } from '../ui/copy-menu.tsx'
import { ErrorState } from '../ui/error-state.tsx'

const FIRST = `SELECT model, count() AS calls, sum(total_tokens) AS tokens, sum(cost_usd) AS usd
FROM generations_v1
WHERE counts_usage = 1 AND start_time > now() - INTERVAL 1 DAY
GROUP BY model
ORDER BY usd DESC`

export function Sql() {
  const url = useUrlState()
  const asked = url.get('query')
  const [text, setText] = useState(asked ?? FIRST)
  const [seen, setSeen] = useState(asked)
  if (seen !== asked) {
    setSeen(asked)
    if (asked !== undefined) setText(asked)
  }
  const query = useQuery({
    ...sqlQuery(asked ?? ''),
    enabled: asked !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const run = () => {
    if (text === asked) void query.refetch()
    else url.set({ query: text })
  }
  const insert = (name: string) => setText((before) => `${before}${/\s$|^$/.test(before) ? '' : ' '}${name}`)
  return (
    <div className="fill">
      <div className="page-head">
        <h1>SQL</h1>
        <p className="muted">Read-only, over the views, held to your project.</p>
        <div className="end">
          <CopyMenu path="/api/v1/sql" body={{ query: text }} json={() => query.data} />
        </div>
      </div>
      <div className="sql-page">
        <Schema onPick={insert} />
        <div className="sql-main">
          <Editor text={text} onChange={setText} onRun={run} isRunning={query.isFetching} />
          {query.error !== null ? (
            <>
              <ErrorState problem={query.error} />
              <Place problem={query.error} text={asked ?? ''} />
            </>
          ) : query.data !== undefined ? (
            <Result answer={query.data} />
          ) : (
            <p className={query.isFetching ? 'muted loading' : 'muted'}>
              {query.isFetching ? 'Running …' : 'Ctrl Enter runs it.'}
            </p>
          )}
        </div>
      </div>
    </div>
  )
}

/** Where in the query the fault is. */
function Place({ problem, text }: { problem: unknown; text: string }) {
  if (!(problem instanceof ApiProblem) || problem.position === undefined) return null
  return (
    <pre className="plain">
      {text.slice(0, problem.position)}
      <mark>{text.slice(problem.position, problem.position + 1) || ' '}</mark>
      {text.slice(problem.position + 1)}
    </pre>
  )
}
