// OpenAI: wrap the client once, use it as before.
import { HanzoInsights } from '@hanzo/insights'
import OpenAI from 'openai'

const insights = new HanzoInsights({ serviceName: 'recipe-openai' })
const openai = insights.openai(new OpenAI())

const answer = await insights.trace({ name: 'answer', userId: 'user_123', sessionId: 'chat-7' }, async (trace) => {
  const stream = await openai.chat.completions.create({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: 'How large is Berlin?' }],
    stream: true,
  })
  let text = ''
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
  trace.update({ output: text })
  return { text, traceId: trace.traceId }
})

await insights.feedback({ traceId: answer.traceId, userId: 'user_123', rating: 'positive', comment: 'Great answer!' })
await insights.shutdown()
console.log(answer.text)
