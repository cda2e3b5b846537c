// One tool call in, one `execute_tool` span and the message that the model reads next out.
import { SpanKind } from '@opentelemetry/api'
import { type Message, type Tool, type ToolCall, toolAnswers } from './messages.ts'
import type { Random } from './random.ts'
import type { Failure, Step } from './step.ts'

export interface Execution {
  readonly tool: Tool
  readonly call: ToolCall
  readonly result: unknown
  readonly medianMs: number
  readonly failure?: Failure | undefined
}

export function executeTool(parent: Step, random: Random, execution: Execution): Message {
  const { tool, call, failure } = execution
  const attributes = {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': tool.name,
    'gen_ai.tool.type': 'function',
    'gen_ai.tool.description': tool.description,
    'gen_ai.tool.call.id': call.id,
    'gen_ai.tool.call.arguments': JSON.stringify(call.arguments),
  }
  return parent.run(`execute_tool ${tool.name}`, { kind: SpanKind.INTERNAL, attributes }, (step) => {
    if (failure) {
      step.wait(5000)
      step.fail(failure)
      return toolAnswers(call.id, { error: failure.message })
    }
    step.wait(random.around(execution.medianMs))
    step.set({ 'gen_ai.tool.call.result': JSON.stringify(execution.result) })
    return toolAnswers(call.id, execution.result)
  })
}
