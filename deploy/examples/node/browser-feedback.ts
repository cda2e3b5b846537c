// A feedback button in the browser: a public key, the id of the trace that the answer came with, and one call. Bundle it with your page.
import { HanzoInsights } from '@hanzo/insights'

/** @param host and apiKey the collector's address and a public key of the project (`insights keys create --public`) */
export function feedbackButtons(host: string, apiKey?: string) {
  const insights = new HanzoInsights({ host, apiKey })
  return {
    /** For `onclick`. The same user's later word replaces the earlier; what is under way when the page goes still leaves. */
    rate: (traceId: string, userId: string, rating: 'positive' | 'negative') =>
      insights.feedback({ traceId, userId, rating, name: 'thumbs' }),
    comment: (traceId: string, userId: string, comment: string) =>
      insights.feedback({ traceId, userId, comment, name: 'comment' }),
  }
}

// In a page: document.querySelector('#up').onclick = () => buttons.rate(traceId, userId, 'positive')
if (import.meta.main) {
  const buttons = feedbackButtons(process.env['HANZO_HOST'] ?? 'http://localhost:4318')
  const traceId = process.argv[2] ?? '0af7651916cd43dd8448eb211c80319c'
  await buttons.rate(traceId, 'user_123', 'positive')
  await buttons.rate(traceId, 'user_123', 'negative')
  await buttons.comment(traceId, 'user_123', 'Berlin has grown since.')
}
