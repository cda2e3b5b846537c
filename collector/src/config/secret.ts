import { inspect } from 'node:util'

const MASK = '***'

/**
 * A value that no log line, error, JSON document or template string can show by accident.
 *
 * @example client({ password: config.clickhouse.password?.reveal() })
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** The text itself: call it where the value leaves the process, never earlier. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return MASK
  }

  toJSON(): string {
    return MASK
  }

  [inspect.custom](): string {
    return MASK
  }
}
