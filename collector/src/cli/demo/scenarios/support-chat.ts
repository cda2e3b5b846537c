// A customer asks, an agent looks it up with a tool and answers; sometimes the tool or the model fails.
import { SpanKind } from '@opentelemetry/api'
import { PRODUCTS, SUPPORT_CASES, SUPPORT_SYSTEM, SUPPORT_TOOLS, type SupportCase } from '../content/support.ts'
import { isTransient, maybeFail, TOOL_TIMEOUT } from '../failures.ts'
import { assistantCalls, assistantSays, type Message, type ToolCall, userSays } from '../messages.ts'
import { callModel, type ModelCall } from '../model-call.ts'
import { MODELS } from '../models.ts'
import type { Random } from '../random.ts'
import type { Scenario } from '../scenario.ts'
import type { Step } from '../step.ts'
import { executeTool } from '../tool-call.ts'

const AGENT = {
  'gen_ai.operation.name': 'invoke_agent',
  'gen_ai.agent.name': 'support-agent',
  'gen_ai.agent.id': 'agent_support_v3',
}

export const supportChat: Scenario = {
  service: 'support-assistant',
  version: '3.4.1',
  scope: '@opentelemetry/instrumentation-openai',
  weight: 30,
  run({ random, trace }) {
    const http = { 'http.request.method': 'POST', 'http.route': '/api/chat', 'url.path': '/api/chat' }
    trace('POST /api/chat', { kind: SpanKind.SERVER, attributes: http }, (request) => {
      request.wait(random.around(6))
      const ok = request.run('invoke_agent support-agent', { attributes: AGENT }, (agent) => assist(agent, random))
      request.wait(random.around(3))
      request.set({ 'http.response.status_code': ok ? 200 : 502 })
    })
  },
}

function assist(agent: Step, random: Random): boolean {
  const fill = slots(random)
  const topic = random.pick(SUPPORT_CASES)
  // Two versions of the prompt run side by side, so that the dashboard has something to compare.
  const isNewPrompt = random.chance(0.4)
  const call: Omit<ModelCall, 'history' | 'reply'> = {
    model: isNewPrompt ? MODELS.gpt4oMini : random.pick([MODELS.gpt4o, MODELS.gpt4o, MODELS.gpt4oMini]),
    system: SUPPORT_SYSTEM,
    tools: Object.values(SUPPORT_TOOLS),
    prompt: { name: 'support-agent', version: isNewPrompt ? '8' : '7' },
  }
  const toolCall: ToolCall = {
    id: `call_${random.code(20)}`,
    name: topic.tool,
    arguments: fillAll(topic.arguments, fill),
  }
  const asked: Message[] = [userSays(fill(topic.question))]
  const wantsTool = assistantCalls([toolCall])
  if (!callWithRetry(agent, random, { ...call, history: asked, reply: wantsTool })) {
    agent.fail({ type: 'model_unavailable', exception: 'AgentError', message: 'the model call failed twice' })
    return false
  }
  const looked = lookUp(agent, random, topic, toolCall)
  const answer = assistantSays(looked.failed ? APOLOGY : fill(topic.answer))
  const filtered = random.chance(0.015)
  callModel(agent, random, {
    ...call,
    history: [...asked, wantsTool, looked.message],
    reply: filtered ? assistantSays('') : answer,
    stream: true,
    ...(filtered ? { finishReason: 'content_filter' } : {}),
  })
  return true
}

const APOLOGY =
  'I cannot reach our order system right now. Could you try again in a few minutes? I am sorry for the trouble.'

function lookUp(
  agent: Step,
  random: Random,
  topic: SupportCase,
  call: ToolCall,
): { message: Message; failed: boolean } {
  const failed = random.chance(0.05)
  const message = executeTool(agent, random, {
    tool: SUPPORT_TOOLS[topic.tool],
    call,
    result: topic.result,
    medianMs: 140,
    failure: failed ? TOOL_TIMEOUT : undefined,
  })
  return { message, failed }
}

/** What client libraries do: once more after a pause when the failure may pass. */
function callWithRetry(agent: Step, random: Random, call: ModelCall): boolean {
  const failure = maybeFail(random, 0.05)
  if (callModel(agent, random, { ...call, failure })) return true
  if (!failure || !isTransient(failure)) return false
  agent.wait(random.around(1200))
  return callModel(agent, random, { ...call, failure: maybeFail(random, 0.2) })
}

/** Fills `{order}` and `{product}` with the same values wherever they stand in one conversation. */
function slots(random: Random): (template: string) => string {
  const order = `FF-${random.int(10_000, 99_999)}`
  const product = random.pick(PRODUCTS)
  return (template) => template.replaceAll('{order}', order).replaceAll('{product}', product)
}

function fillAll(values: Readonly<Record<string, string>>, fill: (template: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fill(value)]))
}
