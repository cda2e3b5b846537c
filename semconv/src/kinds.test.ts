import { expect, it } from 'vitest'
import { kindOf, OPERATION_KINDS } from './kinds.ts'
import { KINDS } from './model.ts'

const nothing = { operation: '', hasToolName: false, hasModel: false, hasUsageOrContent: false }

it.each([
  ['chat', 'generation'],
  ['text_completion', 'generation'],
  ['embeddings', 'embedding'],
  ['execute_tool', 'tool'],
  ['invoke_agent', 'agent'],
  ['invoke_workflow', 'chain'],
  ['retrieval', 'retrieval'],
])('the operation %s is a %s whatever else is known', (operation, kind) => {
  expect(kindOf({ operation, hasToolName: true, hasModel: true, hasUsageOrContent: true })).toBe(kind)
})

it('goes by a tool name, then by a model that was used, when the operation says nothing', () => {
  expect(kindOf({ ...nothing, operation: 'made up', hasToolName: true, hasModel: true, hasUsageOrContent: true })).toBe(
    'tool',
  )
  expect(kindOf({ ...nothing, hasModel: true, hasUsageOrContent: true })).toBe('generation')
  expect(kindOf({ ...nothing, hasModel: true })).toBe('span')
  expect(kindOf({ ...nothing, hasUsageOrContent: true })).toBe('span')
  expect(kindOf({ ...nothing, operation: '__proto__' })).toBe('span')
})

it('knows only kinds that there are', () => {
  for (const kind of OPERATION_KINDS.values()) expect(KINDS).toContain(kind)
})
