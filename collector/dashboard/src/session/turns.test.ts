import { describe, expect, it } from 'vitest'
import { turnsOf } from './turns.ts'

const say = (role: string, content: string) => ({ role, parts: [{ type: 'text', content }] })
const call = (input: object[], output: object[]) => ({
  kind: 'generation',
  input: JSON.stringify(input),
  output: JSON.stringify(output),
})

describe('a turn', () => {
  it('is what the user said last and what was answered last, of calls that come newest first', () => {
    const second = call([say('user', 'old'), say('user', 'now'), say('tool', 'x')], [say('assistant', 'the end')])
    const first = call([say('user', 'old'), say('user', 'now')], [say('assistant', 'let me look')])
    const messages = turnsOf({ input_preview: 'p', output_preview: 'q' }, [second, first])
    expect(messages.map(({ role, parts }) => [role, parts[0]])).toEqual([
      ['user', { kind: 'text', text: 'now' }],
      ['assistant', { kind: 'text', text: 'the end' }],
    ])
  })

  it('is told by the previews of the trace where no call has content', () => {
    expect(turnsOf({ input_preview: 'hi', output_preview: null }, [])).toEqual([
      { role: 'user', parts: [{ kind: 'text', text: 'hi' }], finish: undefined },
    ])
  })
})
