// The kind or status of a span in; a small sign with its word for who cannot see it out. Colour is never the only sign.

interface Mark {
  letter: string
  tone: number
}

const KINDS: Readonly<Record<string, Mark>> = {
  generation: { letter: 'G', tone: 1 },
  embedding: { letter: 'E', tone: 7 },
  tool: { letter: 'T', tone: 3 },
  agent: { letter: 'A', tone: 4 },
  retrieval: { letter: 'R', tone: 2 },
  chain: { letter: 'C', tone: 8 },
  guardrail: { letter: '!', tone: 5 },
  evaluator: { letter: 'V', tone: 6 },
  rerank: { letter: 'K', tone: 2 },
  span: { letter: '·', tone: 8 },
}

/** Which of the eight colours a kind has. */
export const toneOf = (kind: string): number => KINDS[kind]?.tone ?? 8

export function Kind({ kind }: { kind: string }) {
  const { letter, tone } = KINDS[kind] ?? { letter: '·', tone: 8 }
  return (
    <span className={`kind kind-${tone}`} title={kind}>
      <span aria-hidden="true">{letter}</span>
      <span className="sr-only">{kind}</span>
    </span>
  )
}

export function Status({ status, detail }: { status: string | undefined; detail?: string | undefined }) {
  if (status === 'error') {
    return (
      <span className="badge bad" title={detail}>
        <span aria-hidden="true">✕</span> {detail ?? 'error'}
      </span>
    )
  }
  return (
    <span className="muted">
      <span aria-hidden="true">✓</span> ok
    </span>
  )
}
