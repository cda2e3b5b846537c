// Next.js, 2 of 2: a route that streams. The trace ends with the stream; `after` of next/server may call `insights.flush()` on platforms that freeze.
import OpenAI from 'openai'
import { insights } from '../../../instrumentation.ts'

const openai = insights.openai(new OpenAI())

export async function POST(request: Request): Promise<Response> {
  const { question, userId, sessionId } = (await request.json()) as Record<string, string>
  const trace = insights.trace({ name: 'POST /api/chat', userId, sessionId, input: question })
  const stream = await trace.within(() =>
    openai.chat.completions.create({
      model: 'gpt-4o',
      messages: [{ role: 'user', content: question ?? '' }],
      stream: true,
    }),
  )
  const text = trace.stream(
    (async function* () {
      for await (const chunk of stream) yield chunk.choices[0]?.delta.content ?? ''
    })(),
  )
  const body = ReadableStream.from(text).pipeThrough(new TextEncoderStream())
  return new Response(body, { headers: { 'x-trace-id': trace.traceId } })
}
