import { expect, it } from 'vitest'
import { toolCallNames } from './tool-names.ts'
import { type Source, toSource } from './wire/bytes.ts'

function names(text: string): string[] {
  const found: string[] = []
  const bytes = Buffer.from(`{"name":"before"${text}"name":"after"}`)
  toolCallNames(toSource(bytes), 16, 16 + Buffer.byteLength(text), {
    toolName: (source: Source, start: number, end: number) => found.push(source.bytes.toString('utf8', start, end)),
  })
  return found
}
const output = (...parts: unknown[]): string => JSON.stringify([{ role: 'assistant', name: 'speaker', parts }])

it('finds the name on either side of the type', () => {
  expect(
    names(output({ type: 'tool_call', id: '1', name: 'after' }, { name: 'ahead', id: '2', type: 'tool_call' })),
  ).toEqual(['after', 'ahead'])
})

it('is not taken in by names in the arguments, whichever side they are on', () => {
  const args = { name: 'Ada', list: [{ name: 'Bob' }], text: '{"type":"tool_call","name":"quoted"}' }
  expect(names(output({ type: 'tool_call', arguments: args, name: 'real' }))).toEqual(['real'])
  expect(names(output({ type: 'tool_call', name: 'real', arguments: args }))).toEqual(['real'])
  // Go, Rust and others sort the keys.
  expect(names(output({ arguments: args, id: '1', name: 'sorted', type: 'tool_call' }))).toEqual(['sorted'])
})

it('finds nothing where no tool was called', () => {
  expect(names(output({ type: 'text', content: 'the "tool_call" of "name": "x"' }))).toEqual([])
  expect(names(output({ type: 'tool_call_response', id: '1', name: 'no' }))).toEqual([])
  expect(names(output({ type: 'tool_call', id: '1' }))).toEqual([])
  for (const text of [
    '',
    'tool_call',
    '"tool_call"',
    '[{"type":"tool_call"',
    '{"type":"tool_call","name":',
    '}}}"tool_call"',
  ]) {
    expect(names(text)).toEqual([])
  }
})

it('keeps the order of the calls and each of several of one name', () => {
  const call = (name: string) => ({ type: 'tool_call', name, arguments: { a: { b: {} } } })
  expect(names(output(call('a'), { type: 'text', content: 'x' }, call('b'), call('a')))).toEqual(['a', 'b', 'a'])
})
