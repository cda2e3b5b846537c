// Process events in, JSON lines on stderr out (stdout is kept for the ready line). Never one line per span.
import { destination, type Logger, pino } from 'pino'

/** A pino logger; `child({ stage })` names the stage. */
export type Log = Logger

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

const SECRET_PATHS = ['password', 'key', 'api_key', 'apiKey', 'authorization', '*.password', '*.authorization']

/** @param level ERROR = data lost or a human needed, WARN = odd but nothing lost. */
export function createLog(level: LogLevel): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_PATHS, censor: '***' },
    },
    destination({ fd: 2, sync: true }),
  )
}
