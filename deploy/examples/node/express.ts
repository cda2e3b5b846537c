// Express: one trace a request; the page gets the trace's id and sends it back with the user's opinion.
import { HanzoInsights } from '@hanzo/insights'
import express from 'express'
import OpenAI from 'openai'

const insights = new HanzoInsights({ serviceName: 'recipe-express' })
const openai = insights.openai(new OpenAI())

export const app = express()
app.use(express.json())

app.post('/chat', async (request, response) => {
  const { question, userId, sessionId } = request.body
  await insights.trace({ name: 'POST /chat', userId, sessionId, input: question }, async (trace) => {
    const reply = await openai.responses.create({ model: 'gpt-4o', input: question })
    trace.update({ output: reply.output_text })
    response.json({ answer: reply.output_text, traceId: trace.traceId })
  })
})

app.post('/feedback', async (request, response) => {
  const { traceId, userId, stars, comment } = request.body
  const arrived = await insights.feedback({ traceId, userId, stars, comment })
  response.status(arrived ? 204 : 503).end()
})

const server = app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  const address = server.address()
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
})

// What is left is sent before the process goes.
process.once('SIGTERM', () => {
  server.close(() => void insights.shutdown())
  server.closeAllConnections()
})
