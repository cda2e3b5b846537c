// How answers are kept and when they are asked for again.
import { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './client.ts'

const MAX_RETRIES = 2

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      // Only what may pass by itself: a collector that starts, a store that is away, a busy line.
      retry: (failures, problem) =>
        failures < MAX_RETRIES && problem instanceof ApiProblem && (problem.status === 503 || problem.status === 0),
      retryDelay: (failures, problem) =>
        problem instanceof ApiProblem && problem.retryAfterSeconds !== undefined
          ? Math.min(problem.retryAfterSeconds, 5) * 1000
          : 500 * 2 ** failures,
    },
  },
})
