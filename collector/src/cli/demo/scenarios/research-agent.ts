// An agent that loops over model and tools, its history growing with each turn and read from the prompt cache.
import { SpanKind } from '@opentelemetry/api'
import {
  RESEARCH_SYSTEM,
  RESEARCH_TASKS,
  RESEARCH_TOOLS,
  type ResearchStep,
  type ResearchTask,
} from '../content/research.ts'
import { maybeFail, TOOL_TIMEOUT } from '../failures.ts'
import { assistantCalls, assistantSays, type Message, type ToolCall, userSays } from '../messages.ts'
import { callModel, type ModelCall, type PromptCache } from '../model-call.ts'
import { MODELS, type Model } from '../models.ts'
import type { Random } from '../random.ts'
import type { Scenario } from '../scenario.ts'
import type { Step } from '../step.ts'
import { countTokens } from '../tokens.ts'
import { executeTool } from '../tool-call.ts'

/** Tokens of the skills and examples that the framework puts before everything else, and caches. */
const FIXED_PREFIX_TOKENS = 3200

export const researchAgent: Scenario = {
  service: 'research-agent',
  version: '0.9.2',
  scope: 'research-agent',
  weight: 12,
  run({ random, trace }) {
    const task = random.pick(RESEARCH_TASKS)
    const attributes = {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'research-analyst',
      'gen_ai.agent.id': 'agent_research',
      'gen_ai.agent.version': '0.9',
      'gen_ai.input.messages': JSON.stringify([userSays(task.question)]),
    }
    trace('invoke_agent research-analyst', { kind: SpanKind.INTERNAL, attributes }, (agent) => {
      const model: Model = random.pick([MODELS.sonnet, MODELS.sonnet, MODELS.gpt5, MODELS.geminiPro])
      const done = research(agent, random, task, model)
      if (done) agent.set({ 'gen_ai.output.messages': JSON.stringify([assistantSays(task.report)]) })
      else agent.fail({ type: 'model_unavailable', exception: 'AgentError', message: 'stopped: a model call failed' })
    })
  },
}

function research(agent: Step, random: Random, task: ResearchTask, model: Model): boolean {
  const history: Message[] = [userSays(task.question)]
  let cachedTokens = 0
  const ask = (reply: Message, isLast: boolean): boolean => {
    const cache = model.provider === 'anthropic' ? cacheFor(history, cachedTokens) : undefined
    cachedTokens = cache ? cache.readTokens + cache.writeTokens : 0
    const call: ModelCall = {
      model,
      system: RESEARCH_SYSTEM,
      tools: RESEARCH_TOOLS,
      history: [...history],
      reply,
      maxTokens: 8192,
      stream: isLast,
      failure: maybeFail(random, 0.02),
      ...(cache ? { cache } : {}),
    }
    return callModel(agent, random, call)
  }
  for (const step of task.steps) {
    const call: ToolCall = { id: `toolu_${random.code(22)}`, name: step.tool, arguments: step.arguments }
    const turn = assistantCalls([call], step.thought)
    if (!ask(turn, false)) return false
    history.push(turn, useTool(agent, random, step, call))
  }
  return ask(assistantSays(task.report), true)
}

function useTool(agent: Step, random: Random, step: ResearchStep, call: ToolCall): Message {
  const tool = RESEARCH_TOOLS.find((it) => it.name === step.tool) ?? RESEARCH_TOOLS[0]
  const failure = random.chance(0.04) ? TOOL_TIMEOUT : undefined
  return executeTool(agent, random, { tool, call, result: { text: step.result }, medianMs: 900, failure })
}

/** What the turn before has written is read now; what was added since is written for the next turn. */
function cacheFor(history: readonly Message[], cachedTokens: number): PromptCache {
  const prefixTokens = FIXED_PREFIX_TOKENS + countTokens(JSON.stringify(history))
  return { readTokens: cachedTokens, writeTokens: prefixTokens - cachedTokens, ttl: '5m' }
}
