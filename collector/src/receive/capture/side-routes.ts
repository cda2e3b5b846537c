// What clients of the event wire ask besides, and an answer that keeps them quiet: no flags, no recording, no surveys. Nothing is read or stored.

export interface SideReply {
  contentType: string
  body: string
}

/** Everything that a client could switch on by itself is off. */
const OFF = {
  supportedCompression: ['gzip', 'gzip-js'],
  hasFeatureFlags: false,
  isAuthenticated: false,
  sessionRecording: false,
  surveys: false,
  productTours: false,
  conversations: { enabled: false },
  logs: { captureConsoleLogs: false },
  heatmaps: false,
  captureDeadClicks: false,
  capturePerformance: false,
  autocaptureExceptions: false,
  autocapture_opt_out: true,
  errorTracking: { autocaptureExceptions: false, suppressionRules: [] },
  defaultIdentifiedOnly: true,
  toolbarParams: {},
  editorParams: {},
  siteApps: [],
  siteAppsJS: [],
  elementsChainAsString: true,
} as const

const FLAGS = {
  ...OFF,
  flags: {},
  featureFlags: {},
  featureFlagPayloads: {},
  errorsWhileComputingFlags: false,
  quotaLimited: [],
} as const

const json = (value: unknown): SideReply => ({ contentType: 'application/json', body: JSON.stringify(value) })
const script = (body: string): SideReply => ({ contentType: 'application/javascript; charset=utf-8', body })

const TAKEN = json({ status: 1 })
const EMPTY_SCRIPT = script('')

/** First match answers. */
const ROUTES: readonly { path: RegExp; reply: (match: RegExpExecArray) => SideReply }[] = [
  { path: /^\/(?:flags|decide)\/?$/, reply: () => json(FLAGS) },
  { path: /^\/array\/[\w-]{1,200}\/config\/?$/, reply: () => json(OFF) },
  { path: /^\/array\/([\w-]{1,200})\/config\.js$/, reply: ([, token]) => configScript(token!) },
  { path: /^\/array\/[\w-]{1,200}\/array\.js$/, reply: () => EMPTY_SCRIPT },
  { path: /^\/static\/[\w./-]{1,200}\.js$/, reply: () => EMPTY_SCRIPT },
  { path: /^\/(?:s|engage|track)\/?$/, reply: () => TAKEN },
  { path: /^\/i\/v1\/(?:logs|metrics|traces)\/?$/, reply: () => json({}) },
  {
    path: /^\/api\/feature_flag\/local_evaluation\/?$/,
    reply: () => json({ flags: [], group_type_mapping: {}, cohorts: {} }),
  },
  { path: /^\/api\/surveys\/?$/, reply: () => json({ surveys: [] }) },
  { path: /^\/api\/product_tours\/?$/, reply: () => json({ product_tours: [] }) },
  { path: /^\/api\/early_access_features\/?$/, reply: () => json({ earlyAccessFeatures: [] }) },
  { path: /^\/api\/web_experiments\/?$/, reply: () => json({ experiments: [] }) },
]

/** Undefined: not one of theirs. */
export function sideReply(path: string): SideReply | undefined {
  for (const { path: pattern, reply } of ROUTES) {
    const match = pattern.exec(path)
    if (match) return reply(match)
  }
  return undefined
}

/** @param token letters, digits, _ and -, so that it can stand in a script */
const configScript = (token: string): SideReply =>
  script(
    `(function(){window._POSTHOG_REMOTE_CONFIG=window._POSTHOG_REMOTE_CONFIG||{};window._POSTHOG_REMOTE_CONFIG[${JSON.stringify(token)}]={config:${JSON.stringify(OFF)},siteApps:[]}})();`,
  )
