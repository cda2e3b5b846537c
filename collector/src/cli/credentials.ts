// Flags, variable, data directory and configuration in; the headers by which a command is let in, best first, out.
import { InvalidArgumentError } from 'commander'
import type { Config } from '../config/schema.ts'

/** Flags that name a project to the API. */
export interface ApiFlags {
  readonly project?: string
  readonly apiKey?: string
}

export type Credential = Readonly<Record<string, string>>

interface Found {
  fromEnv: string | undefined
  /** Of the collector that runs on the data directory of the configuration. */
  operatorKey: string | undefined
}

/** @throws when a project is named and nothing here opens it */
export function credentialsOf(config: Config, flags: ApiFlags, { fromEnv, operatorKey }: Found): readonly Credential[] {
  if (flags.apiKey !== undefined) return [withKey(flags.apiKey)]
  if (flags.project === undefined && fromEnv) return [withKey(fromEnv)]
  const project = flags.project ?? config.apiKeys[0]?.project
  const configured = config.apiKeys.filter((entry) => entry.project === project).map(({ key }) => withKey(key.reveal()))
  const operator = operatorKey === undefined ? [] : [withKey(operatorKey, project)]
  const all = [...operator, ...configured]
  if (flags.project !== undefined && all.length === 0 && config.apiKeys.length > 0)
    throw new InvalidArgumentError(`no key of project ${flags.project} is configured: give --api-key.`)
  // Where no key is asked for, nobody has to show one.
  return config.auth === 'none' && flags.project === undefined ? [{}, ...all] : all
}

const withKey = (key: string, project?: string): Credential => ({
  authorization: `Bearer ${key}`,
  ...(project === undefined ? {} : { 'x-insights-project': project }),
})
