// Scores that the API gives go the way of all telemetry; what values a name may have is the same at every door of every collector of a store.
import { type Process, stageOf } from './app-process.ts'
import type { Ingest } from './ingest/ingest.ts'
import type { GivenScore, ProjectScores, ScoreWish } from './query/score-deps.ts'
import { spanIdOf, traceIdOf } from './receive/capture/ids.ts'
import { encodeScores, type ScoreRecord, scoreIdOf, verdictOf } from './receive/capture/score.ts'
import { objectionTo } from './receive/capture/score-config.ts'
import type { Store } from './store/client.ts'
import { readScoreConfigs, type StoredScoreConfig, writeScoreConfig } from './store/score-configs.ts'
import { InsightsError } from './telemetry/errors.ts'

/** How long another collector of the same store may take values that are no longer allowed. */
const REFRESH_MS = 5_000

export interface ScoreBook {
  /** Says why a project does not take a score. */
  check(project: string, score: ScoreRecord): string | undefined
  /** What the API does, once there is somewhere to keep it. */
  through(accept: Ingest['accept']): ProjectScores
  /** Puts the configurations of a store in force, and looks for changes until `stop`. */
  connect(store: Store): Promise<void>
  stop(): void
}

export function openScores(self: Process): ScoreBook {
  const { clock } = self
  const { log } = stageOf(self, 'scores')
  let configs = new Map<string, StoredScoreConfig>()
  let store: Store | undefined
  let timer: NodeJS.Timeout | undefined
  const refresh = async (): Promise<void> => {
    if (store === undefined) return
    configs = new Map((await readScoreConfigs(store)).map((config) => [keyOf(config.project, config.name), config]))
  }
  const opened = (): Store => {
    if (store === undefined)
      throw new InsightsError('INSIGHTS_STORE_UNREACHABLE', 'cannot do this yet: the store is not open')
    return store
  }
  const change = async (config: StoredScoreConfig & { deleted: boolean }): Promise<void> => {
    await writeScoreConfig(opened(), config, clock.nowMs())
    await refresh()
  }
  const check: ScoreBook['check'] = (project, score) => objectionTo(score, configs.get(keyOf(project, score.name)))
  const keep = async (accept: Ingest['accept'], project: string, scores: readonly ScoreRecord[]): Promise<void> => {
    const outcome = await accept({ project, signal: 'logs', encoding: 'protobuf', bytes: encodeScores(scores) })
    if (outcome.status === 'stored' && outcome.rejected === 0) return
    const code = outcome.status === 'unavailable' ? 'INSIGHTS_STORE_UNREACHABLE' : 'INSIGHTS_REQUEST_INVALID'
    throw new InsightsError(code, `cannot keep the scores: ${outcome.message}`)
  }
  return {
    check,
    through: (accept) => ({
      async give(project, wishes) {
        const scores = wishes.map((wish) => recordOf(wish, BigInt(clock.nowMs()) * 1_000_000n))
        for (const score of scores) {
          const objection = check(project, score)
          if (objection !== undefined)
            throw new InsightsError('INSIGHTS_REQUEST_INVALID', `cannot take the score: ${objection}`)
        }
        await keep(accept, project, scores)
        return scores.map(toGiven)
      },
      async remove(project, scoreId) {
        const targets = await opened().select<{ trace: string; span: string; name: string }>(FIND, {
          project,
          id: scoreId,
        })
        const now = BigInt(clock.nowMs()) * 1_000_000n
        const gone = targets.map((target) => tombstoneOf(scoreId, target, now))
        if (gone.length > 0) await keep(accept, project, gone)
        return gone.length > 0
      },
      configs: (project) => [...configs.values()].filter((config) => config.project === project),
      putConfig: (project, config) => change({ ...config, project, deleted: false }),
      async removeConfig(project, name) {
        const config = configs.get(keyOf(project, name))
        if (config) await change({ ...config, deleted: true })
        return config !== undefined
      },
    }),
    async connect(to) {
      store = to
      await refresh()
      timer = setInterval(() => {
        refresh().catch((error: unknown) =>
          log.debug({ err: error }, 'cannot look for changed score configurations now'),
        )
      }, REFRESH_MS)
    },
    stop: () => clearInterval(timer),
  }
}

const keyOf = (project: string, name: string): string => `${project}\0${name}`

const FIND =
  'SELECT trace_id AS trace, span_id AS span, name FROM scores_v1 WHERE project_id = {project:String} AND score_id = {id:String} LIMIT 100'

function recordOf(wish: ScoreWish, timeUnixNano: bigint): ScoreRecord {
  const { name, source, author, userId, environment, comment } = wish
  const target = {
    traceId: wish.traceId === undefined ? undefined : traceIdOf(wish.traceId),
    spanId: wish.spanId === undefined ? undefined : spanIdOf(wish.spanId),
    sessionId: wish.sessionId,
  }
  const verdict = wish.value === undefined ? undefined : verdictOf(wish.value)
  return {
    ...target,
    ...(verdict ?? { type: 'text', value: undefined, label: undefined }),
    id: wish.id ?? scoreIdOf(target, { name, source, user: userId ?? author }),
    ...{ name, source, userId, environment, comment, timeUnixNano },
    author: author === userId ? undefined : author,
    isDeleted: false,
    metadata: Object.entries(wish.metadata).filter(([key]) => !OURS.test(key)),
  }
}
/** Words of the record that a score becomes. */
const OURS = /^(?:insights\.|gen_ai\.|event\.name$|user\.id$|session\.id$)/

function tombstoneOf(
  id: string,
  target: { trace: string; span: string; name: string },
  timeUnixNano: bigint,
): ScoreRecord {
  const idBytes = (hex: string): Buffer | undefined => (hex === '' ? undefined : Buffer.from(hex, 'hex'))
  const nothing = { value: undefined, label: undefined, comment: undefined, author: undefined, userId: undefined }
  return {
    ...nothing,
    ...{ id, name: target.name, type: 'text', source: 'api', timeUnixNano, isDeleted: true, metadata: [] },
    traceId: idBytes(target.trace),
    spanId: idBytes(target.span),
    sessionId: undefined,
    environment: undefined,
  }
}

const toGiven = (score: ScoreRecord): GivenScore => ({
  score_id: score.id,
  trace_id: score.traceId?.toString('hex') ?? null,
  span_id: score.spanId?.toString('hex') ?? null,
  session_id: score.sessionId ?? null,
  time: new Date(Number(score.timeUnixNano / 1_000_000n)).toISOString(),
  name: score.name,
  type: score.type,
  value: score.value ?? null,
  label: score.label ?? null,
})
