// Conversion of messages of about 2 KB to the canonical form, against JSON.parse + JSON.stringify of the same text in the same run.
import { canonicalText, indexedContent, looksCanonical } from '../semconv/src/index.ts'
import { type Contender, race } from './measure.ts'

const REPEATS = 200
const WORDS = 'The night train from Zurich to Vienna leaves at half past nine and arrives before eight in the morning. '

const call = {
  id: 'call_1',
  type: 'function',
  function: { name: 'find_train', arguments: '{"from":"Zurich","to":"Vienna"}' },
}
const chat = [
  { role: 'system', content: WORDS.repeat(4) },
  { role: 'user', content: [{ type: 'text', text: WORDS.repeat(3) }] },
  { role: 'assistant', content: null, tool_calls: [call] },
  { role: 'tool', tool_call_id: 'call_1', content: WORDS.repeat(5) },
  { role: 'assistant', content: WORDS.repeat(4) },
  { role: 'user', content: WORDS.repeat(2) },
]
const TEXTS: Readonly<Record<string, string>> = {
  'OpenAI Chat': JSON.stringify(chat),
  'request body': JSON.stringify({ model: 'gpt-5', messages: chat, temperature: 0.2, tools: [] }),
  Gemini: JSON.stringify({
    contents: [
      { role: 'user', parts: [{ text: WORDS.repeat(9) }] },
      { role: 'model', parts: [{ functionCall: { name: 'find_train', args: { to: 'Vienna' } } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'find_train', response: { said: WORDS.repeat(9) } } }] },
    ],
  }),
  'AI SDK': JSON.stringify([
    { role: 'user', content: [{ type: 'text', text: WORDS.repeat(9) }] },
    {
      role: 'assistant',
      content: [{ type: 'tool-call', toolCallId: '1', toolName: 'find_train', input: { to: 'Vienna' } }],
    },
    {
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          toolCallId: '1',
          toolName: 'find_train',
          output: { type: 'text', value: WORDS.repeat(9) },
        },
      ],
    },
  ]),
}
const CANONICAL = canonicalText(TEXTS['OpenAI Chat']!, 'input')!.text!

const INDEXED = chat.flatMap(({ role, content }, i): [string, string][] => [
  [`llm.input_messages.${i}.message.role`, role],
  [`llm.input_messages.${i}.message.content`, typeof content === 'string' ? content : ''],
])

const repeated = (name: string, run: () => unknown): Contender => ({
  name,
  run() {
    for (let i = 0; i < REPEATS; i++) run()
    return REPEATS
  },
})

function report(name: string, bytes: number, run: () => unknown, text: string): void {
  const [ours, json] = race([repeated(name, run), repeated('JSON', () => JSON.stringify(JSON.parse(text)))], {
    rounds: 5,
    roundSeconds: 0.15,
  })
  const [us, base] = [1e6 / ours!.rate, 1e6 / json!.rate]
  console.log(
    `  ${name.padEnd(14)} ${bytes} B  ${us.toFixed(2)} us  JSON parse + stringify ${base.toFixed(2)} us  (${(us / base).toFixed(2)}x)`,
  )
}

export function benchMessages(): void {
  console.log('\nMessages to the canonical form, CPU microseconds a conversion')
  for (const [name, text] of Object.entries(TEXTS)) report(name, text.length, () => canonicalText(text, 'input'), text)
  report('canonical', CANONICAL.length, () => looksCanonical(CANONICAL), CANONICAL)
  report('indexed', JSON.stringify(INDEXED).length, () => indexedContent(INDEXED), JSON.stringify(INDEXED))
}

if (import.meta.main) benchMessages()
