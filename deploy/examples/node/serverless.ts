// Serverless: nothing runs after the handler has returned, so what it made is sent before.
import { HanzoInsights } from '@hanzo/insights'
import OpenAI from 'openai'

// Outside of the handler: made once, used by every call that finds the function warm.
const insights = new HanzoInsights({ serviceName: 'recipe-serverless' })
const openai = insights.openai(new OpenAI())

export async function handler(event: { body: string }): Promise<{ statusCode: number; body: string }> {
  const { texts, userId } = JSON.parse(event.body) as { texts: string[]; userId: string }
  try {
    const { data } = await insights.trace({ name: 'embed', userId }, () =>
      openai.embeddings.create({ model: 'text-embedding-3-small', input: texts }),
    )
    return { statusCode: 200, body: JSON.stringify({ vectors: data.length }) }
  } finally {
    // At most flushTimeoutMs; on Vercel and Cloudflare give it to `waitUntil` instead of waiting.
    await insights.flush()
  }
}

// What the platform does.
if (import.meta.main) console.log(await handler({ body: JSON.stringify({ texts: ['Berlin'], userId: 'user_123' }) }))
