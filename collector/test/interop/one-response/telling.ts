// How one dialect tells of a call: a span's name, scope and attributes.
import type { PlainAttributes } from '../../../../semconv/test/conformance/payload.ts'

export interface Telling {
  readonly dialect: string
  /** Client, version or form, where a dialect has several. */
  readonly note?: string
  readonly scope?: string
  readonly version?: string
  /** `chat` where nothing is said. */
  readonly name?: string
  readonly attributes: PlainAttributes
}
