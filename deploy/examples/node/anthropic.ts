// Anthropic: a tool loop; each call of the model and of the tool is a step.
import Anthropic from '@anthropic-ai/sdk'
import { HanzoInsights } from '@hanzo/insights'

const insights = new HanzoInsights({ serviceName: 'recipe-anthropic' })
const anthropic = insights.anthropic(new Anthropic())

const weather = insights.observe(async ({ city }: { city: string }) => `Sunny in ${city}`, {
  name: 'weather',
  kind: 'tool',
})

await insights.trace(
  { name: 'agent', kind: 'agent', userId: 'user_123', input: 'Weather in Berlin?' },
  async (trace) => {
    const message = await anthropic.messages.create({
      model: 'claude-haiku-4-5',
      max_tokens: 500,
      tools: [{ name: 'weather', input_schema: { type: 'object', properties: { city: { type: 'string' } } } }],
      messages: [{ role: 'user', content: 'Weather in Berlin?' }],
    })
    for (const block of message.content) {
      if (block.type === 'tool_use') trace.update({ output: await weather(block.input as { city: string }) })
    }
  },
)

await insights.shutdown()
