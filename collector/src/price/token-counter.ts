// Text -> about how many tokens a model sees, by the optional package gpt-tokenizer. Loaded only when estimates are asked for.
import { InsightsError } from '../telemetry/errors.ts'

/** As text is given: an estimate, the same each time. Takes bounded time, whatever the text. */
export type CountTokens = (text: string) => number

/** Of OpenAI's models since gpt-4o; others cut text about as fine. A name of its own, so that nothing tries to load it before it is asked for. */
const MODULE: string = 'gpt-tokenizer/encoding/o200k_base'
/** So much is cut into tokens; of longer text the rest is taken to be alike. */
const MAX_SAMPLE_CHARS = 16_384
/** Byte pairs of one long run take time by its square: no run is longer than this. */
const MAX_RUN_CHARS = 128

/** @throws InsightsError INSIGHTS_CONFIG_INVALID when the package is not installed */
export async function loadTokenCounter(): Promise<CountTokens> {
  const loaded: unknown = await import(MODULE).catch((cause: unknown) => {
    throw new InsightsError(
      'INSIGHTS_CONFIG_INVALID',
      'cannot estimate tokens: the package gpt-tokenizer is not installed',
      {
        cause,
        hint: 'npm install gpt-tokenizer, or set estimate to off',
      },
    )
  })
  const countPiece = counterOf(loaded)
  return (text) => {
    const sample = text.length > MAX_SAMPLE_CHARS ? text.slice(0, MAX_SAMPLE_CHARS) : text
    let tokens = 0
    for (const piece of pieces(sample)) tokens += countPiece(piece)
    return sample.length === text.length ? tokens : Math.round((tokens * text.length) / sample.length)
  }
}

function counterOf(loaded: unknown): CountTokens {
  if (
    typeof loaded === 'object' &&
    loaded !== null &&
    'countTokens' in loaded &&
    typeof loaded.countTokens === 'function'
  ) {
    const { countTokens } = loaded
    // Text may spell a special token out; it is text all the same.
    return (text) => Number(countTokens(text, { disallowedSpecial: new Set() }))
  }
  throw new InsightsError(
    'INSIGHTS_CONFIG_INVALID',
    'cannot estimate tokens: gpt-tokenizer is another version than it should be',
  )
}

/** Cut before white space where there is some, as the tokenizer would itself. */
function* pieces(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + MAX_RUN_CHARS, text.length)
    if (end < text.length) {
      const space = text.lastIndexOf(' ', end)
      if (space > start) end = space
    }
    yield text.slice(start, end)
    start = end
  }
}
