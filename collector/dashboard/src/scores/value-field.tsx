// The type of a score and what is allowed of it in; the field that takes such a value out.
import { boundsText, type ScoreConfig, type ScoreType } from './score-value.ts'

const TYPES: readonly [ScoreType, string][] = [
  ['numeric', 'a number'],
  ['boolean', 'yes or no'],
  ['categorical', 'a category'],
  ['comment', 'only a comment'],
]

export function TypeField({ type, onChange }: { type: ScoreType; onChange: (type: ScoreType) => void }) {
  return (
    <label>
      It is
      <select
        value={type}
        onChange={(event) => onChange(TYPES.find(([name]) => name === event.target.value)?.[0] ?? 'numeric')}
      >
        {TYPES.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}

interface ValueFieldProps {
  type: ScoreType
  config: ScoreConfig | undefined
  value: string
  onChange: (value: string) => void
}

export function ValueField(props: ValueFieldProps) {
  const { type, config, value, onChange } = props
  if (type === 'comment') return null
  if (type === 'boolean') return <Choices {...props} choices={['yes', 'no']} />
  if (type === 'categorical' && config !== undefined && config.categories.length > 0)
    return <Choices {...props} choices={config.categories} />
  const bounds = boundsText(config)
  return (
    <label>
      {bounds === undefined ? 'Value' : `Value, ${bounds}`}
      <input
        type="text"
        inputMode={type === 'numeric' ? 'decimal' : 'text'}
        maxLength={256}
        size={10}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}

/** Few are seen at a glance, many are chosen from a list. */
const MAX_RADIOS = 5

function Choices({ choices, value, onChange }: ValueFieldProps & { choices: readonly string[] }) {
  if (choices.length > MAX_RADIOS)
    return (
      <label>
        Value
        <select value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">–</option>
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      </label>
    )
  return (
    <fieldset className="choices">
      <legend>Value</legend>
      {choices.map((choice) => (
        <label className="check" key={choice}>
          <input type="radio" name="score-value" checked={value === choice} onChange={() => onChange(choice)} />
          {choice}
        </label>
      ))}
    </fieldset>
  )
}
