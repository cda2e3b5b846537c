// What the query stage is told of scores that are given, and of what a project allows of them.

export interface ScoreWish {
  id: string | undefined
  traceId: string | undefined
  spanId: string | undefined
  sessionId: string | undefined
  name: string
  /** Undefined: only a comment. */
  value: number | boolean | string | undefined
  comment: string | undefined
  source: 'human' | 'evaluator' | 'api'
  author: string | undefined
  userId: string | undefined
  environment: string | undefined
  metadata: Readonly<Record<string, string>>
}

/** As it will be read. */
export interface GivenScore {
  score_id: string
  trace_id: string | null
  span_id: string | null
  session_id: string | null
  time: string
  name: string
  type: 'numeric' | 'boolean' | 'categorical' | 'text'
  value: number | null
  label: string | null
}

export interface ScoreConfigState {
  name: string
  type: 'numeric' | 'boolean' | 'categorical'
  min: number | undefined
  max: number | undefined
  categories: readonly string[]
  description: string
}

export interface ProjectScores {
  /**
   * Durable when it resolves, and readable a moment later. Rejects with INSIGHTS_REQUEST_INVALID when one of them is not allowed (none is kept
   * then), and with a retryable error when they cannot be kept now.
   */
  give(project: string, wishes: readonly ScoreWish[]): Promise<GivenScore[]>
  /** @returns false when the project has no such score */
  remove(project: string, scoreId: string): Promise<boolean>
  configs(project: string): readonly ScoreConfigState[]
  /** In force everywhere within seconds; scores that were given before stay. */
  putConfig(project: string, config: ScoreConfigState): Promise<void>
  /** @returns false when there is none */
  removeConfig(project: string, name: string): Promise<boolean>
}
