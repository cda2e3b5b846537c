// Names of columns in; the head of a table out. A name in brackets is for who cannot see, a number's ends with >.

/** `Model`, `Cost >` for a column of numbers, `(Revoke)` for one without a visible name. */
export function TableHead({ names }: { names: readonly string[] }) {
  return (
    <thead>
      <tr>
        {names.map((name) => {
          const [, hidden] = /^\((.*)\)$/.exec(name) ?? []
          if (hidden !== undefined)
            return (
              <th scope="col" key={name}>
                <span className="sr-only">{hidden}</span>
              </th>
            )
          return (
            <th scope="col" key={name} className={name.endsWith(' >') ? 'end' : undefined}>
              {name.replace(/ >$/, '')}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
