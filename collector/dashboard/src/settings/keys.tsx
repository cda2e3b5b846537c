// The keys of the project in; a list with what each may and sent, and the ways to make and revoke one, out.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { sendJson } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import { bytes, count } from '../format/numbers.ts'
import { ago } from '../format/time.ts'
import { AskTwice } from '../ui/ask-twice.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { PageState } from '../ui/page-state.tsx'
import { Snippet } from '../ui/snippet.tsx'
import { TableHead } from '../ui/table-head.tsx'

interface KeyState {
  key_id: string
  name: string
  kind: string
  prefix: string
  scopes: string[]
  created_time: string
  expires_time: string | null
  revoked_time: string | null
  last_used_time: string | null
  bytes_this_month: number
  spans_this_month: number
}

const PATH = '/api/v1/keys'

export function Keys() {
  const client = useQueryClient()
  const keys = useQuery(jsonQuery<{ data: KeyState[] }>(PATH))
  const refresh = () => client.invalidateQueries({ queryKey: ['json', PATH] })
  const revoke = useMutation({
    mutationFn: (id: string) =>
      sendJson<KeyState>(`${PATH}/${encodeURIComponent(id)}`, undefined, { method: 'DELETE' }),
    onSuccess: refresh,
  })
  return (
    <section className="card stack">
      <h2>Keys of this project</h2>
      <PageState of={[keys]}>
        {() =>
          keys.data?.data.length === 0 ? (
            <p className="muted">None were made here. Keys in the configuration are not listed.</p>
          ) : (
            <div className="scroll-x">
              <table className="plain-table">
                <TableHead names={['Name', 'Key', 'May', 'Last used', 'This month >', '(Revoke)']} />
                <tbody>
                  {keys.data?.data.map((key) => (
                    <tr key={key.key_id}>
                      <th scope="row">{key.name}</th>
                      <td>
                        <code>{key.prefix}…</code> {key.kind === 'public' && <span className="badge">public</span>}
                      </td>
                      <td>{key.scopes.join(', ')}</td>
                      <td>{key.last_used_time === null ? 'never' : ago(Date.parse(key.last_used_time))}</td>
                      <td className="end">
                        {count(key.spans_this_month)} spans, {bytes(key.bytes_this_month)}
                      </td>
                      <td className="end">
                        {key.revoked_time !== null ? (
                          <span className="badge">revoked</span>
                        ) : (
                          <AskTwice
                            first="Revoke …"
                            sure="Revoke for good"
                            of={key.name}
                            onSure={() => revoke.mutate(key.key_id)}
                          />
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </PageState>
      {revoke.error !== null && <ErrorState problem={revoke.error} />}
      <MakeKey onMade={refresh} />
    </section>
  )
}

const SCOPES = ['ingest', 'read', 'admin'] as const

function MakeKey({ onMade }: { onMade: () => unknown }) {
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly string[]>(['ingest', 'read'])
  const make = useMutation({
    mutationFn: () => sendJson<KeyState & { key: string }>(PATH, { name: name.trim(), scopes }),
    onSuccess: () => {
      setName('')
      return onMade()
    },
  })
  return (
    <>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault()
          make.mutate()
        }}
      >
        <input
          type="text"
          aria-label="Name of the new key"
          placeholder="Name, such as checkout service"
          size={28}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        {SCOPES.map((scope) => (
          <label className="check" key={scope}>
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={() =>
                setScopes(scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope])
              }
            />
            {scope}
          </label>
        ))}
        <button
          type="submit"
          className="button primary"
          disabled={name.trim() === '' || scopes.length === 0 || make.isPending}
        >
          Make a key
        </button>
      </form>
      {make.data !== undefined && (
        <div role="status" className="stack">
          <p>The key of {make.data.name}. Copy it now: nobody can tell it again.</p>
          <Snippet label="new key" text={make.data.key} />
        </div>
      )}
      {make.error !== null && <ErrorState problem={make.error} />}
    </>
  )
}
