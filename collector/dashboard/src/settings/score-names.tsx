// What values scores of a name may have, in; a table of it, and for who may administer the ways to say and to forget it, out.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send, sendJson } from '../api/client.ts'
import { boundsText, type ScoreConfig } from '../scores/score-value.ts'
import { SCORE_CONFIGS_PATH, useScoreConfigs } from '../scores/use-scores.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { PageState } from '../ui/page-state.tsx'
import { TableHead } from '../ui/table-head.tsx'

export function ScoreNames({ isAdmin }: { isAdmin: boolean }) {
  const client = useQueryClient()
  const configs = useScoreConfigs()
  const refresh = () => client.invalidateQueries({ queryKey: ['json', SCORE_CONFIGS_PATH] })
  const remove = useMutation({
    mutationFn: (name: string) => send(pathOf(name), { method: 'DELETE' }),
    onSuccess: refresh,
  })
  const rows = configs.data?.data ?? []
  return (
    <section className="card stack" aria-label="Names of scores">
      <h2>Names of scores</h2>
      <PageState of={[configs]}>
        {() =>
          rows.length === 0 ? (
            <p className="muted">None is configured: scores may have any name and value.</p>
          ) : (
            <div className="scroll-x" tabIndex={0} role="region" aria-label="Configured names">
              <table className="plain-table">
                <TableHead names={['Name', 'Values', 'Meaning', '(Forget)']} />
                <tbody>
                  {rows.map((config) => (
                    <tr key={config.name}>
                      <th scope="row">{config.name}</th>
                      <td>{valuesText(config)}</td>
                      <td>{config.description}</td>
                      <td className="end">
                        {isAdmin && (
                          <button type="button" className="button small" onClick={() => remove.mutate(config.name)}>
                            Any value again<span className="sr-only"> for {config.name}</span>
                          </button>
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
      {remove.error !== null && <ErrorState problem={remove.error} />}
      {isAdmin && <Configure onSaved={refresh} />}
    </section>
  )
}

const pathOf = (name: string): string => `${SCORE_CONFIGS_PATH}/${encodeURIComponent(name)}`

function valuesText(config: ScoreConfig): string {
  if (config.type === 'boolean') return 'yes or no'
  if (config.type === 'numeric') return `numbers${boundsText(config) === undefined ? '' : `, ${boundsText(config)}`}`
  return config.categories.length === 0 ? 'any category' : config.categories.join(', ')
}

const TYPES = [
  ['numeric', 'numbers'],
  ['boolean', 'yes or no'],
  ['categorical', 'categories'],
] as const
const EMPTY = { name: '', type: 'numeric', min: '', max: '', categories: '', description: '' }

function Configure({ onSaved }: { onSaved: () => unknown }) {
  const [draft, setDraft] = useState(EMPTY)
  const edit = (patch: Partial<typeof EMPTY>) => setDraft({ ...draft, ...patch })
  const save = useMutation({
    mutationFn: () => sendJson<ScoreConfig>(pathOf(draft.name.trim()), bodyOf(draft), { method: 'PUT' }),
    onSuccess: () => {
      setDraft(EMPTY)
      return onSaved()
    },
  })
  const field = (name: keyof typeof EMPTY, title: string, size: number) => (
    <label>
      {title}
      <input
        type="text"
        size={size}
        value={draft[name]}
        onChange={(event) => edit({ [name]: event.target.value })}
        inputMode={name === 'min' || name === 'max' ? 'decimal' : 'text'}
      />
    </label>
  )
  return (
    <form
      className="row add-price"
      aria-label="Configure a name"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      {field('name', 'Name of the score', 14)}
      <label>
        Its values
        <select value={draft.type} onChange={(event) => edit({ type: event.target.value })}>
          {TYPES.map(([type, words]) => (
            <option key={type} value={type}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {draft.type === 'numeric' && field('min', 'At least', 5)}
      {draft.type === 'numeric' && field('max', 'At most', 5)}
      {draft.type === 'categorical' && field('categories', 'Categories, by commas', 24)}
      {field('description', 'Meaning', 24)}
      <button type="submit" className="button primary" disabled={draft.name.trim() === '' || save.isPending}>
        Save
      </button>
      {save.error !== null && <ErrorState problem={save.error} />}
    </form>
  )
}

/** What is no number is sent as it is: the collector says what is wrong with it. */
function bodyOf({ type, min, max, categories, description }: typeof EMPTY): object {
  const bound = (text: string) => (Number.isNaN(Number(text)) ? text : Number(text))
  return {
    type,
    ...(type === 'numeric' && min.trim() !== '' ? { min: bound(min) } : {}),
    ...(type === 'numeric' && max.trim() !== '' ? { max: bound(max) } : {}),
    ...(type === 'categorical'
      ? {
          categories: categories
            .split(',')
            .map((one) => one.trim())
            .filter(Boolean),
        }
      : {}),
    description: description.trim(),
  }
}
