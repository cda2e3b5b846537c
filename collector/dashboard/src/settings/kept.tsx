// What is configured for the project in; how long it is kept, what is taken out of it, and how each is changed, out.

import { useQuery } from '@tanstack/react-query'
import type { ProjectSettings } from '../../../src/query/settings-route.ts'
import { jsonQuery } from '../api/queries.ts'
import { bytes } from '../format/numbers.ts'
import { PageState } from '../ui/page-state.tsx'
import { Snippet } from '../ui/snippet.tsx'
import { TableHead } from '../ui/table-head.tsx'

export function Kept() {
  const query = useQuery(jsonQuery<ProjectSettings>('/api/v1/settings'))
  return (
    <>
      <section className="card stack">
        <h2>Retention</h2>
        <PageState of={[query]}>{() => query.data && <Retention settings={query.data} />}</PageState>
      </section>
      <section className="card stack">
        <h2>Redaction</h2>
        <PageState of={[query]}>{() => query.data && <Redacted settings={query.data} />}</PageState>
      </section>
    </>
  )
}

/** A key of YAML is plain, or in quotes. */
const yamlKey = (text: string): string => (/^[A-Za-z][\w-]*$/.test(text) ? text : JSON.stringify(text))

/** What these two are changed by, alike. */
function HowTo({ yaml, label }: { yaml: string; label: string }) {
  return (
    <details>
      <summary>How to change it</summary>
      <div className="stack how-to">
        <p>
          In <code>insights.yaml</code>, then start the collector again; <code>npm run insights -- config print</code>{' '}
          says which setting came from where.
        </p>
        <Snippet label={label} text={yaml} />
      </div>
    </details>
  )
}

function Retention({ settings: { project, retention, limits } }: { settings: ProjectSettings }) {
  return (
    <>
      <dl className="facts">
        <div>
          <dt>Spans are kept</dt>
          <dd>{retention.days === 1 ? '1 day' : `${retention.days.toLocaleString('en-US')} days`}</dd>
        </div>
        <div>
          <dt>Set for</dt>
          <dd>{retention.from === 'project' ? 'this project' : 'all projects'}</dd>
        </div>
        <div>
          <dt>Largest request</dt>
          <dd>{bytes(limits.max_body_bytes)}</dd>
        </div>
        <div>
          <dt>With a public key</dt>
          <dd>{bytes(limits.max_public_body_bytes)}</dd>
        </div>
      </dl>
      <p className="muted">
        What is stored goes by the days that held when it came; a change holds from the next span on.
      </p>
      <HowTo label="retention in insights.yaml" yaml={`retention:\n  ${yamlKey(project)}: ${retention.days}`} />
    </>
  )
}

const MODES = {
  keep: 'stays as it is',
  mask: 'is replaced by its name',
  hash: 'is replaced by a hash: equal values stay equal',
  drop: 'is gone',
} as const

function Redacted({ settings: { project, redaction } }: { settings: ProjectSettings }) {
  const rows =
    redaction === null
      ? []
      : [
          ...redaction.rules.map(({ name, mode }) => ({ what: 'rule', name, mode })),
          ...redaction.patterns.map(({ name, mode }) => ({ what: 'pattern', name, mode })),
          ...redaction.fields.map(({ key, mode }) => ({ what: 'field', name: key, mode })),
        ]
  return (
    <>
      {rows.length === 0 ? (
        <p>Nothing is taken out: what is sent is stored as it comes.</p>
      ) : (
        <>
          <p>
            Before anything is written anywhere, this is taken out of what{' '}
            {redaction?.from === 'project' ? 'this project sends' : 'every project without rules of its own sends'}:
          </p>
          <table className="plain-table">
            <TableHead names={['What', 'Name', 'Becomes']} />
            <tbody>
              {rows.map(({ what, name, mode }) => (
                <tr key={`${what} ${name}`}>
                  <td>{what}</td>
                  <th scope="row">
                    <code>{name}</code>
                  </th>
                  <td>
                    <span className="badge">{mode}</span> {MODES[mode]}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <HowTo
        label="redact in insights.yaml"
        yaml={`redact:\n  ${yamlKey(project)}:\n    rules: [email, card, secret]\n    fields:\n      user.id: hash`}
      />
    </>
  )
}
