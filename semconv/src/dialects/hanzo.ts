// What the manual SDK (`HanzoInsights`) writes where the conventions have no word: content of plain steps, tags, metadata, guardrails.
import { defineDialect } from '../dialect.ts'

export const hanzo = defineDialect({
  name: 'hanzo',
  source: '@hanzo/insights 0.1',
  scopes: ['@hanzo/insights'],
  marks: ['hanzo.'],
  inputIncludesCache: true,
  keys: [
    { key: 'hanzo.input', field: 'input' },
    { key: 'hanzo.output', field: 'output' },
    { key: 'hanzo.tags', field: 'tags' },
  ],
  metadata: ['hanzo.metadata.'],
  kinds: {},
  kindKeys: [{ key: 'hanzo.kind', strength: 'strong', kinds: { guardrail: 'guardrail' } }],
})
