// Vercel AI SDK: its own OpenTelemetry integration makes the spans; ours takes them, with the user and session of the trace.

import { openai } from '@ai-sdk/openai'
import { OpenTelemetry } from '@ai-sdk/otel'
import { HanzoInsights } from '@hanzo/insights'
import { generateText, registerTelemetry } from 'ai'

const insights = new HanzoInsights({ serviceName: 'recipe-vercel-ai-sdk' }).register()
registerTelemetry(new OpenTelemetry())

const { text } = await insights.trace({ name: 'answer', userId: 'user_123', sessionId: 'chat-7' }, () =>
  generateText({ model: openai('gpt-4o'), prompt: 'How large is Berlin?' }),
)

await insights.shutdown()
console.log(text)
