// A name in; what this browser keeps under it out. Storage that is switched off keeps nothing, and nothing breaks.

interface Kept {
  get(): string | undefined
  /** undefined forgets. */
  set(value: string | undefined): void
}

export const keptForGood = (name: string): Kept => keptIn(() => localStorage, name)
export const keptForTab = (name: string): Kept => keptIn(() => sessionStorage, name)

function keptIn(storage: () => Storage, name: string): Kept {
  const key = `insights.${name}`
  return {
    get() {
      try {
        return storage().getItem(key) ?? undefined
      } catch {
        return undefined
      }
    },
    set(value) {
      try {
        if (value === undefined) storage().removeItem(key)
        else storage().setItem(key, value)
      } catch {
        // it holds for this page then
      }
    },
  }
}
