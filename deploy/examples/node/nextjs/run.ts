// What Next.js does with the two files beside this one, so that they can be tried without it.
import { POST } from './app/api/chat/route.ts'
import { insights, register } from './instrumentation.ts'

register()
const body = JSON.stringify({ question: 'How large is Berlin?', userId: 'user_123', sessionId: 'chat-7' })
const response = await POST(new Request('http://localhost/api/chat', { method: 'POST', body }))
console.log(await response.text())
await insights.shutdown()
