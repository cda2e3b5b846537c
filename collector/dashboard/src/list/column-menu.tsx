// The columns of a list in; those that the URL names out.
import { useUrlState } from '../state/search.ts'
import { Popover } from '../ui/popover.tsx'
import { headerOf, type ListSpec, VIRTUAL } from './lists.ts'

export function ColumnMenu({ spec, shown }: { spec: ListSpec; shown: readonly string[] }) {
  const url = useUrlState()
  const names = [
    ...(spec.columns['input_tokens'] === undefined ? [] : Object.keys(VIRTUAL)),
    ...Object.keys(spec.columns),
  ]
  const offered = names.filter(
    (name) => !['project_id', 'input', 'output', 'system_instructions', 'tool_definitions'].includes(name),
  )
  const toggle = (name: string) => {
    const next = shown.includes(name) ? shown.filter((one) => one !== name) : [...shown, name]
    url.set({ cols: next.join(',') === spec.shown.join(',') ? undefined : next.join(',') }, { replace: true })
  }
  return (
    <Popover label="Columns" align="end">
      {() => (
        <div className="column-menu">
          <button
            type="button"
            className="button quiet"
            onClick={() => url.set({ cols: undefined }, { replace: true })}
          >
            As at first
          </button>
          {offered.map((name) => (
            <label className="check" key={name}>
              <input
                type="checkbox"
                checked={shown.includes(name)}
                disabled={shown.length === 1 && shown.includes(name)}
                onChange={() => toggle(name)}
              />
              {headerOf(name)}
            </label>
          ))}
        </div>
      )}
    </Popover>
  )
}
