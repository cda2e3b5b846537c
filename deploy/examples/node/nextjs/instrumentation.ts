// Next.js, 1 of 2: `instrumentation.ts` at the root of the app. Next calls it once, before anything else.
import { HanzoInsights } from '@hanzo/insights'

export const insights = new HanzoInsights({ serviceName: 'recipe-nextjs' })

export function register(): void {
  insights.register()
}
